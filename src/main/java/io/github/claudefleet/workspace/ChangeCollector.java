package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects an agent's changes with a git directory that the agent never saw ({@link QuarantineRepository}). Its objects
 * are borrowed and its files are read, but none of its settings, hooks or filters apply. The results become refs and a
 * branch of the user's repository.
 */
final class ChangeCollector {

    static final String FOUND = "refs/heads/found";

    /** Commit that was last published on the agent's branch. */
    private static final String PUBLISHED = "refs/heads/published";

    private static final String CUT_OFF =
            "its start from the branches of other agents was cut off before it began to work;"
                    + " nothing is published, because its files are theirs";

    private static final String TAKEN = "refs/heads/taken";

    private final AgentWorkspace workspace;
    private final WorkspaceLayout place;
    private final QuarantineRepository quarantine;
    private final Git git;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, String> fileTrees = new HashMap<>();
    private Map<String, String> last = Map.of();

    private ChangeCollector(AgentWorkspace workspace) {
        this.workspace = workspace;
        this.place = workspace.place();
        this.quarantine = QuarantineRepository.of(workspace);
        this.git = quarantine.git();
    }

    /** Part of the changes that is published on the agent's branch. */
    enum Publish {
        ALL,
        COMMITS,
        NOTHING
    }

    /** Collects all changes, committed or not. */
    static Changes of(AgentWorkspace workspace) {
        return of(workspace, Publish.ALL);
    }

    static Changes of(AgentWorkspace workspace, Publish publish) {
        return WorkspaceLock.holding(workspace.place(), () -> new ChangeCollector(workspace).collect(publish));
    }

    /** Returns the changes as a patch for {@code git apply}, including binary files. */
    static byte[] patch(AgentWorkspace workspace, Changes changes) {
        return new ChangeCollector(workspace).patch(changes.base(), changes.head());
    }

    /** Returns the changes collected last as such a patch. */
    static byte[] patchOf(AgentWorkspace workspace) {
        return new ChangeCollector(workspace).patch(workspace.base(), FOUND);
    }

    private byte[] patch(String from, String to) {
        return git.run("diff", "--binary", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", from, to)
                .bytes();
    }

    /** Records that the user has the changes collected last. */
    static void take(AgentWorkspace workspace) {
        new ChangeCollector(workspace).git.run("update-ref", TAKEN, FOUND);
    }

    /** Checks whether the user has all changes collected last; true if there are none. */
    static boolean isTaken(AgentWorkspace workspace) {
        Git git = new ChangeCollector(workspace).git;
        return git.find("rev-parse", "--verify", "--quiet", FOUND + "^{tree}")
                .map(found -> found.equals(git.ask("rev-parse", workspace.base() + "^{tree}"))
                        || git.find("rev-parse", "--verify", "--quiet", TAKEN + "^{tree}")
                                .filter(found::equals)
                                .isPresent())
                .orElse(true);
    }

    /** Returns the commits collected last: the one with all changes, and those outside the branch. */
    static List<String> found(AgentWorkspace workspace) {
        return new ChangeCollector(workspace)
                .git
                .ask("for-each-ref", "--format=%(objectname)", FOUND, AgentCommits.OTHER)
                .lines()
                .toList();
    }

    private Changes collect(Publish publish) {
        if (!workspace.isAttached()) {
            throw new GitException(
                    "the repository " + workspace.repository().root() + ", which the workspace "
                            + place.directory() + " is of, is gone or another one by now: it lacks commit "
                            + workspace.base(),
                    null);
        }
        if (WorkspaceRecord.isStarting(place)) {
            return Changes.nothing(workspace, List.of(CUT_OFF));
        }
        TransferRecord.in(place).ifPresent(record -> {
            leftOut.addAll(record.warnings());
            warnings.addAll(record.warnings());
        });
        try {
            quarantine.prepare(workspace.author());
            return take(publish);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be looked at: " + FileProblem.of(e), e);
        }
    }

    private Changes take(Publish publish) throws IOException {
        AgentCommits commits = new AgentCommits(workspace, git, warnings, leftOut);
        if (workspace.hasGit() && Files.exists(place.agentGit(), LinkOption.NOFOLLOW_LINKS)) {
            commits.borrow(quarantine);
        }
        String committed = commits.head();
        boolean there = Files.isDirectory(place.tree(), LinkOption.NOFOLLOW_LINKS);
        Optional<String> changed =
                there ? new AgentFiles(workspace, quarantine, warnings, leftOut).tree(committed) : Optional.empty();
        String files = changed.orElseGet(() -> treeOf(committed));
        last = QuarantineRepository.refs(git);
        boolean publishes = workspace.hasGit() && publish != Publish.NOTHING;
        boolean joins = publishes && publish == Publish.ALL;
        String head = commit(FOUND, files, committed, joins);
        Optional<String> before = Optional.ofNullable(last.get(FOUND));
        boolean news = commits.keepOthers(head, last);
        if (!before.equals(Optional.of(head))) {
            git.run("update-ref", FOUND, head);
        }
        boolean isNew = news || !before.orElse(workspace.base()).equals(head);
        String branch = publishes
                ? publish(joins ? head : commit(PUBLISHED, treeOf(committed), committed, true), head)
                : workspace.branch();
        return changes(branch, head, isNew, publishes ? commits.publishOthers() : commits.others());
    }

    private Changes changes(String branch, String head, boolean isNew, List<String> others) {
        String base = workspace.base();
        if (base.equals(head)) {
            return new Changes(
                    branch, base, head, isNew, 0, 0, "", others, List.copyOf(leftOut), List.copyOf(warnings));
        }
        List<ChangedFile> files = ChangedFile.between(git, base, head);
        warnings.addAll(AutoExecutedFiles.among(files));
        return new Changes(
                branch,
                base,
                head,
                isNew,
                Integer.parseInt(git.ask("rev-list", "--count", base + ".." + head)),
                files.size(),
                new String(
                        git.run("diff", "--stat=100", "--no-ext-diff", "--no-textconv", base, head)
                                .bytes(),
                        StandardCharsets.UTF_8),
                others,
                List.copyOf(leftOut),
                List.copyOf(warnings));
    }

    /**
     * Returns a commit of these files: the agent's own one if it has exactly these.
     *
     * @param joins true if it must also descend from the commit published last. Work that the agent has rewritten, or
     *     had not committed then, is never removed from a branch
     */
    private String commit(String ref, String files, String committed, boolean joins) {
        Optional<String> before = Optional.ofNullable(last.get(PUBLISHED)).filter(commit -> joins);
        Optional<String> known =
                known(ref, files, committed).filter(commit -> before.isEmpty() || isAncestor(before.get(), commit));
        if (known.isPresent()) {
            return known.get();
        }
        boolean differs = !files.equals(treeOf(committed));
        boolean forks = before.isPresent() && !isAncestor(before.get(), committed);
        if (!differs && !forks) {
            return committed;
        }
        List<String> words = new ArrayList<>(List.of("commit-tree", files, "-p", committed));
        if (forks) {
            words.addAll(List.of("-p", before.get()));
        }
        String title = (differs ? "Work of agent " : "Join earlier work of agent ") + agent();
        words.addAll(List.of("-m", message(title)));
        return git.ask(words.toArray(String[]::new));
    }

    /** Returns the last commit if it has these files and that parent, so that a merged commit stays merged. */
    private Optional<String> known(String ref, String files, String parent) {
        return Optional.ofNullable(last.get(ref))
                .filter(commit -> files.equals(treeOf(commit)))
                .filter(commit -> commit.equals(parent)
                        || git.find("rev-parse", "--verify", "--quiet", commit + "^1")
                                .filter(parent::equals)
                                .isPresent());
    }

    private String treeOf(String commit) {
        return fileTrees.computeIfAbsent(commit, one -> git.ask("rev-parse", one + "^{tree}"));
    }

    private boolean isAncestor(String commit, String of) {
        return commit.equals(of)
                || git.find("merge-base", "--is-ancestor", commit, of).isPresent();
    }

    private String agent() {
        return workspace.owner().substring(workspace.owner().indexOf('/') + 1);
    }

    private String message(String title) {
        return title + "\n\nClaude-Fleet: " + workspace.owner() + "\n";
    }

    /**
     * Fetches the commit into the user's repository, and publishes it on a branch.
     *
     * @param found commit that already has a branch in the quarantine
     */
    private String publish(String head, String found) {
        if (head.equals(workspace.base())) {
            return workspace.branch();
        }
        RunRefs refs = new RunRefs(workspace);
        String from = head.equals(found) ? FOUND : AgentCommits.RUN + "head";
        if (!head.equals(found)) {
            git.run("update-ref", from, head);
        }
        Git.Answer taken = refs.take(from, refs.head());
        if (!taken.isFine()) {
            throw new GitException(
                    "git refuses what agent " + place.agent() + " committed: " + taken.reason() + ". Its files are in "
                            + place.tree(),
                    null);
        }
        String branch = new BranchPublisher(workspace).publish(head);
        git.run("update-ref", PUBLISHED, head);
        return branch;
    }
}
