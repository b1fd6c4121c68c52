package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.Homecoming;
import io.github.claudefleet.spec.MergeChoice;
import io.github.claudefleet.spec.WorkspaceStrategy;
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
 * Files of its own for an agent. Where git is on this machine for them the agent can't get at it: in the container, git finds the
 * agent's own git directory ({@link AgentGit}) in its place.
 *
 * @param repository what it is of; of ours, where there is none
 * @param place where it is
 * @param strategy how the files came to be there
 * @param branch its branch, such as {@code claude-fleet/shop/fixer-1}, which a copy has in name only
 * @param base the commit that it started from
 * @param home how its changes come home
 */
public record OwnTree(
        Repository repository, Place place, WorkspaceStrategy strategy, String branch, String base, Homecoming home) {

    static final String BRANCHES = "claude-fleet/";

    private static final String INCLUDE = ".worktreeinclude";

    /**
     * Makes it.
     *
     * @throws GitException if git can't
     */
    OwnTree make() {
        try {
            Files.createDirectories(place.directory());
            if (hasGit()) {
                setOldBranchAside();
            } else {
                new OurGit(place.inspection()).make(repository, true);
            }
            Kind kind = Kind.of(strategy);
            kind.make(this);
            if (hasGit()) {
                Path git = kind.gitDirectory(this)
                        .orElseThrow(() -> new GitException(place.tree() + " was not made by git", null));
                new AgentGit(this).make(this, git.resolve("index"));
                Files.writeString(place.pointer(), AgentGit.pointer());
            }
            include();
            remember();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be made: " + FileProblem.of(e), e);
        }
    }

    /** Whether the agent has git there, and a branch in the repository. */
    public boolean hasGit() {
        return strategy != WorkspaceStrategy.COPY;
    }

    /** The one that was made in a place before, if there is one. */
    static Optional<OwnTree> in(Place place) {
        if (!Files.isRegularFile(place.record())) {
            return Optional.empty();
        }
        Properties record = new Properties();
        try (var in = Files.newBufferedReader(place.record(), StandardCharsets.UTF_8)) {
            record.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace's " + place.record() + " can't be read", e);
        }
        Repository repository = new Repository(
                Path.of(record.getProperty("repository")),
                Path.of(record.getProperty("git")),
                Boolean.parseBoolean(record.getProperty("plain")));
        return Optional.of(new OwnTree(
                repository,
                place,
                WorkspaceStrategy.of(record.getProperty("strategy")),
                record.getProperty("branch"),
                record.getProperty("base"),
                new Homecoming(
                        MergeChoice.of(record.getProperty("merge")),
                        Boolean.parseBoolean(record.getProperty("commit")),
                        record.getProperty("remote"),
                        Optional.of(new CommitAuthor(
                                record.getProperty("author.name"), record.getProperty("author.email"))))));
    }

    private void remember() throws IOException {
        Properties record = new Properties();
        record.setProperty("repository", repository.root().toString());
        record.setProperty("git", repository.gitDirectory().toString());
        record.setProperty("plain", String.valueOf(repository.isPlain()));
        record.setProperty("strategy", strategy.word());
        record.setProperty("branch", branch);
        record.setProperty("base", base);
        record.setProperty("merge", home.merge().word());
        record.setProperty("commit", String.valueOf(home.commitsTheRest()));
        record.setProperty("remote", home.remote());
        record.setProperty("author.name", author().name());
        record.setProperty("author.email", author().email());
        record.setProperty("made", Instant.now().toString());
        try (var out = Files.newBufferedWriter(place.record(), StandardCharsets.UTF_8)) {
            record.store(out, null);
        }
    }

    CommitAuthor author() {
        return home.authorOr(place.agent());
    }

    /** Where a person finds what was changed. */
    public String where(int commits) {
        boolean onBranch = hasGit() && home.merge().compareTo(MergeChoice.BRANCH) >= 0;
        return onBranch
                ? "branch " + branch + " (" + commits + (commits == 1 ? " commit)" : " commits)")
                : place.tree().toString();
    }

    /** What of it the agent can write, or has to be able to read. */
    List<Path> lent() {
        return hasGit() ? List.of(place.tree(), place.agentGit(), place.pointer()) : List.of(place.tree());
    }

    /** Whose it is, as the branch has it: fleet and agent. */
    String owner() {
        return branch.substring(BRANCHES.length());
    }

    /**
     * Removes the workspace, and its branches as far as they are merged.
     *
     * @param givenUp whether what is not merged goes as well
     * @return what stays: branches, a copy, and what is kept of files that no branch has
     */
    public List<String> clean(boolean givenUp) {
        List<String> kept = new ArrayList<>();
        if (givenUp) {
            giveUpAsides();
        }
        if (givenUp || isDoneWith()) {
            remove(false);
        } else if (!hasGit()) {
            kept.add(place.tree().toString());
        }
        if (hasGit()) {
            kept.addAll(cleanBranches(givenUp));
        }
        asides().forEach(aside -> kept.add(aside.toString()));
        return kept;
    }

    private boolean isDoneWith() {
        return hasGit() ? isMerged(branch) : Inspection.isTaken(this);
    }

    private List<String> cleanBranches(boolean givenUp) {
        List<String> kept = new ArrayList<>();
        for (String one : branches()) {
            if (givenUp || isMerged(one)) {
                repository.alone().find("branch", "--quiet", "--delete", "--force", one);
            } else {
                kept.add(one);
            }
        }
        return kept;
    }

    /** Its branch, and those of what was done here before, which had to make room. */
    private List<String> branches() {
        return repository
                .asPerson()
                .ask("for-each-ref", "--format=%(refname:short)", "refs/heads/" + branch, "refs/heads/" + branch + "@*")
                .lines()
                .toList();
    }

    /** Whether all of a branch is in what is checked out, or it has nothing but what it began with. */
    boolean isMerged(String name) {
        Optional<String> commit = repository.asPerson().find("rev-parse", "--verify", "--quiet", name + "^{commit}");
        return commit.equals(Optional.of(base)) || isCheckedOut(name);
    }

    private boolean isCheckedOut(String name) {
        return repository
                .asPerson()
                .find("merge-base", "--is-ancestor", name, "HEAD")
                .isPresent();
    }

    /** What an agent did before is never given up for a new one: its branch gets a number. */
    private void setOldBranchAside() {
        Git git = repository.alone();
        if (git.find("rev-parse", "--verify", "--quiet", "refs/heads/" + branch).isEmpty()) {
            return;
        }
        if (isMerged(branch)) {
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
     * @return where they are then
     */
    Optional<Path> remove(boolean kept) {
        Optional<Path> aside = Optional.empty();
        try {
            if (Files.isDirectory(place.tree()) && kept) {
                int number = 1;
                while (Files.exists(aside(number))) {
                    number++;
                }
                aside = Optional.of(aside(number));
                Kind.of(strategy).move(this, aside.get());
            } else {
                Kind.of(strategy).remove(this);
            }
            Trees.delete(place.agentGit());
            Trees.delete(place.inspection());
            Files.deleteIfExists(place.pointer());
            if (asides().isEmpty()) {
                Files.deleteIfExists(place.record());
            }
            return aside;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be removed: " + FileProblem.of(e), e);
        }
    }

    /** Within its own place: what an agent made is never taken for a place. */
    private Path aside(int number) {
        return place.directory().resolve("kept-" + number);
    }

    /** What had to make room and is nowhere else. */
    private List<Path> asides() {
        List<Path> asides = new ArrayList<>();
        for (int number = 1; Files.exists(aside(number)); number++) {
            asides.add(aside(number));
        }
        return asides;
    }

    private void giveUpAsides() {
        try {
            for (Path aside : asides()) {
                Trees.delete(aside);
            }
            if (hasGit()) {
                repository.alone().run("worktree", "prune");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what is kept in " + place.directory() + " can't be removed: " + FileProblem.of(e), e);
        }
    }
}
