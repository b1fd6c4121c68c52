package io.github.claudefleet.workspace;

/**
 * Who commits.
 *
 * @param email may be empty
 */
public record Author(String name, String email) {

    /** Nobody in particular. */
    public static final Author FLEET = new Author("claude-fleet", "claude-fleet@localhost");

    Git in(Git git) {
        return git.with("GIT_AUTHOR_NAME", name)
                .with("GIT_AUTHOR_EMAIL", email)
                .with("GIT_COMMITTER_NAME", name)
                .with("GIT_COMMITTER_EMAIL", email);
    }
}
