package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A working tree and branch of its own for an agent. On this machine it is an ordinary worktree of the repository, which the agent
 * can't get at; in the container, git finds the agent's own git directory ({@link AgentGit}) in its place.
 *
 * @param repository what it is of
 * @param place where it is
 * @param branch its branch, such as {@code claude-fleet/shop/fixer-1}
 * @param base the commit that it started from
 * @param author of its commits
 */
public record Worktree(Repository repository, Place place, String branch, String base, CommitAuthor author) {

    static final String BRANCHES = "claude-fleet/";

    private static final String INCLUDE = ".worktreeinclude";

    /**
     * Makes one.
     *
     * @param base the commit to start from
     * @throws GitException if git can't
     */
    static Worktree make(Repository repository, Place place, String branch, String base, CommitAuthor author) {
        Worktree worktree = new Worktree(repository, place, branch, base, author);
        try {
            Files.createDirectories(place.directory());
            repository.alone(repository.root()).run("worktree", "prune");
            worktree.setOldBranchAside();
            repository
                    .alone(repository.root())
                    .run(
                            "worktree",
                            "add",
                            "--quiet",
                            "-b",
                            branch,
                            place.tree().toString(),
                            base);
            Path index = Path.of(Git.asPerson(place.tree()).ask("rev-parse", "--absolute-git-dir"))
                    .resolve("index");
            new AgentGit(place).make(worktree, index);
            Files.writeString(place.pointer(), AgentGit.pointer());
            worktree.include();
            worktree.remember();
            return worktree;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be made: " + e.getMessage(), e);
        }
    }

    /** The one that was made in a place before, if there is one. */
    static Optional<Worktree> in(Place place) {
        if (!Files.isRegularFile(place.record())) {
            return Optional.empty();
        }
        Properties record = new Properties();
        try (var in = Files.newBufferedReader(place.record(), StandardCharsets.UTF_8)) {
            record.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace's " + place.record() + " can't be read", e);
        }
        Repository repository =
                new Repository(Path.of(record.getProperty("repository")), Path.of(record.getProperty("git")));
        CommitAuthor author = new CommitAuthor(record.getProperty("author.name"), record.getProperty("author.email"));
        return Optional.of(
                new Worktree(repository, place, record.getProperty("branch"), record.getProperty("base"), author));
    }

    private void remember() throws IOException {
        Properties record = new Properties();
        record.setProperty("repository", repository.root().toString());
        record.setProperty("git", repository.gitDirectory().toString());
        record.setProperty("branch", branch);
        record.setProperty("base", base);
        record.setProperty("author.name", author.name());
        record.setProperty("author.email", author.email());
        record.setProperty("made", Instant.now().toString());
        try (var out = Files.newBufferedWriter(place.record(), StandardCharsets.UTF_8)) {
            record.store(out, null);
        }
    }

    /** Whose it is, as the branch has it: fleet and agent. */
    String owner() {
        return branch.substring(BRANCHES.length());
    }

    /** The branches of what was done here before, which had to make room. */
    List<String> earlierBranches() {
        return repository
                .asPerson()
                .ask("for-each-ref", "--format=%(refname:short)", "refs/heads/" + branch + "@*")
                .lines()
                .toList();
    }

    /** Whether all of a branch is in what is checked out. */
    boolean isMerged(String name) {
        return repository
                .asPerson()
                .find("merge-base", "--is-ancestor", name, "HEAD")
                .isPresent();
    }

    /**
     * Removes the workspace, and its branches as far as they are merged.
     *
     * @param givenUp whether branches that are not merged go as well
     * @return the branches that stay
     */
    public List<String> clean(boolean givenUp) {
        List<String> kept = new ArrayList<>();
        List<String> branches = new ArrayList<>(earlierBranches());
        branches.add(branch);
        if (givenUp || isMerged(branch)) {
            remove(false);
        }
        for (String one : branches) {
            if (givenUp || isMerged(one)) {
                repository.alone(repository.root()).find("branch", "--quiet", "--delete", "--force", one);
            } else {
                kept.add(one);
            }
        }
        return kept;
    }

    /** What an agent did before is never given up for a new one: its branch gets a number. */
    private void setOldBranchAside() {
        Git git = repository.alone(repository.root());
        if (git.find("rev-parse", "--verify", "--quiet", "refs/heads/" + branch).isEmpty()) {
            return;
        }
        if (git.find("merge-base", "--is-ancestor", branch, "HEAD").isPresent()) {
            git.run("branch", "--quiet", "--delete", "--force", branch);
            return;
        }
        int number = 1;
        while (git.find("rev-parse", "--verify", "--quiet", "refs/heads/" + branch + "@" + number)
                .isPresent()) {
            number++;
        }
        git.run("branch", "--move", branch, branch + "@" + number);
    }

    /** Files that git ignores and the agent needs nevertheless, such as a local settings file: {@code .worktreeinclude} names them. */
    private void include() throws IOException {
        Path list = repository.root().resolve(INCLUDE);
        if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Git git = repository.asPerson();
        Set<String> wanted =
                new TreeSet<>(git.run("ls-files", "-z", "--others", "--ignored", "--exclude-from=" + INCLUDE)
                        .parts());
        wanted.retainAll(git.run("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
                .parts());
        for (String file : wanted) {
            Path to = place.tree().resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(
                    repository.root().resolve(file), to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /**
     * Makes room for a new one; its branch stays.
     *
     * @param kept whether its files stay, beside its place, since not all of them are on the branch
     */
    void remove(boolean kept) {
        Git git = repository.alone(repository.root());
        try {
            if (Worktrees.gitDirectory(this).isEmpty()) {
                // Somebody has removed it in another way.
                Trees.delete(place.tree());
                git.run("worktree", "prune");
            } else if (kept) {
                int number = 1;
                while (Files.exists(aside(number))) {
                    number++;
                }
                git.run(
                        "worktree",
                        "move",
                        place.tree().toString(),
                        aside(number).toString());
            } else {
                git.run("worktree", "remove", "--force", "--force", place.tree().toString());
            }
            Trees.delete(place.agentGit());
            Trees.delete(place.inspection());
            Files.deleteIfExists(place.pointer());
            Files.deleteIfExists(place.record());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be removed: " + e.getMessage(), e);
        }
    }

    private Path aside(int number) {
        return place.directory().resolveSibling(place.directory().getFileName() + "@" + number);
    }
}
