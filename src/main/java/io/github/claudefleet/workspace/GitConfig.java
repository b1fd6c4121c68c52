package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import java.util.List;

/** Text of git's config files. */
final class GitConfig {

    private GitConfig() {}

    /** Returns the lines of the section with a commit author. */
    static List<String> user(CommitAuthor author) {
        return List.of("[user]", "\tname = " + quoted(author.name()), "\temail = " + quoted(author.email()));
    }

    /** Quotes a value; a line break becomes a space. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }
}
