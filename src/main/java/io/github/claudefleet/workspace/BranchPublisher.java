package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Publishes an agent's changes on a branch. A branch is only fast-forwarded from where it was published last, and only
 * while it is not checked out. Otherwise, a numbered branch is created beside it. A user's commits on an agent's branch
 * therefore stay as they are.
 */
final class BranchPublisher {

    private static final int MOST_NUMBERS = 10_000;

    private final AgentWorkspace workspace;
    private final RunRefs refs;

    BranchPublisher(AgentWorkspace workspace) {
        this.workspace = workspace;
        this.refs = new RunRefs(workspace);
    }

    /**
     * Branch that contains a workspace's changes, with the commit published last and the branch's commit before that.
     */
    record Published(String branch, String commit, String before) {

        static Optional<Published> of(WorkspaceLayout place) {
            if (!Files.isRegularFile(place.published())) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            try (var in = Files.newBufferedReader(place.published(), StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(place.published() + " can't be read: " + FileProblem.of(e), e);
            }
            return Optional.ofNullable(properties.getProperty("branch"))
                    .map(branch -> new Published(
                            branch, properties.getProperty("commit"), properties.getProperty("before", "")));
        }

        void write(WorkspaceLayout place) {
            Properties properties = new Properties();
            properties.setProperty("branch", branch);
            properties.setProperty("commit", commit);
            properties.setProperty("before", before);
            try {
                WorkspaceRecord.write(place.published(), properties);
            } catch (IOException e) {
                throw new UncheckedIOException(place.published() + " can't be written: " + FileProblem.of(e), e);
            }
        }

        boolean isAt(String at) {
            return at.equals(commit) || at.equals(before);
        }
    }

    /**
     * Points a branch to a commit that the repository has.
     *
     * @return name of the branch
     */
    String publish(String head) {
        Optional<Published> last = Published.of(workspace.place());
        SortedMap<String, String> known = refs.allBranches();
        List<String> all = List.copyOf(known.keySet());
        Set<String> used = checkedOut();
        for (int number = 0; number < MOST_NUMBERS; number++) {
            String name = name(number, last, all);
            String at = known.get(name);
            if (head.equals(at)) {
                remember(name, head, at);
                return name;
            }
            if (at == null ? !RefNames.isFree(name, all) : used.contains(name) || !mayMove(name, at, head, last)) {
                continue;
            }
            // Recorded first: after a kill, the branch is known to be ours.
            remember(name, head, at);
            if (refs.update("refs/heads/" + name, head, at)) {
                return name;
            }
        }
        throw new GitException(
                "no branch could be made for agent " + workspace.place().agent() + " in "
                        + workspace.repository().root() + ". Its work is at " + refs.head(),
                null);
    }

    private void remember(String name, String head, String before) {
        new Published(name, head, Objects.requireNonNullElse(before, "")).write(workspace.place());
    }

    /** Returns the candidate for a number. 0 is the last published branch, or else the unnumbered one. */
    private String name(int number, Optional<Published> last, List<String> all) {
        return number == 0
                ? last.map(Published::branch).orElse(workspace.branch())
                : RefNames.beside(workspace.branch(), number, all);
    }

    private boolean mayMove(String name, String at, String head, Optional<Published> last) {
        boolean ours =
                last.filter(one -> one.branch().equals(name) && one.isAt(at)).isPresent();
        if (ours || isOfAnEarlierRun(at)) {
            return workspace.repository().isAncestor(at, head) || !ours && new MergedWork(workspace).isIn(at);
        }
        return false;
    }

    private boolean isOfAnEarlierRun(String commit) {
        return refs.all().values().stream().anyMatch(run -> commit.equals(run.get("head")));
    }

    /** Returns the branches that are checked out or being rebased in any working tree of the repository. */
    Set<String> checkedOut() {
        Set<String> branches = new HashSet<>();
        String heads = "refs/heads/";
        Git git = workspace.repository().alone();
        git.ask("worktree", "list", "--porcelain")
                .lines()
                .filter(line -> line.startsWith("branch " + heads))
                .forEach(line -> branches.add(line.substring("branch ".length() + heads.length())));
        Path common = workspace.repository().gitDirectory();
        addRebased(common, branches);
        if (Files.isDirectory(common.resolve("worktrees"))) {
            try (Stream<Path> fileTrees = Files.list(common.resolve("worktrees"))) {
                fileTrees.forEach(tree -> addRebased(tree, branches));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the worktrees of " + common + " can't be listed: " + FileProblem.of(e), e);
            }
        }
        return branches;
    }

    private static void addRebased(Path gitDirectory, Set<String> branches) {
        for (String file : List.of("rebase-merge/head-name", "rebase-apply/head-name")) {
            try {
                branches.add(Files.readString(gitDirectory.resolve(file), StandardCharsets.ISO_8859_1)
                        .strip()
                        .replaceFirst("^refs/heads/", ""));
            } catch (IOException e) {
                // No rebase is in progress there.
                continue;
            }
        }
    }

    /**
     * Removes the agent's branches that have only its own commits and are not checked out.
     *
     * @param own commits that its runs published
     * @param goes condition for a commit to be removed
     * @return branches that stay
     */
    List<String> remove(Map<String, SortedMap<String, String>> own, java.util.function.Predicate<String> goes) {
        Set<String> heads = new HashSet<>();
        own.values().forEach(run -> Optional.ofNullable(run.get("head")).ifPresent(heads::add));
        Published.of(workspace.place()).ifPresent(last -> heads.addAll(List.of(last.commit(), last.before())));
        SortedMap<String, String> branches = refs.branches();
        Set<String> used = branches.isEmpty() ? Set.of() : checkedOut();
        return branches.entrySet().stream()
                .filter(branch -> !heads.contains(branch.getValue())
                        || used.contains(branch.getKey())
                        || !goes.test(branch.getValue())
                        || !refs.update("refs/heads/" + branch.getKey(), null, branch.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
