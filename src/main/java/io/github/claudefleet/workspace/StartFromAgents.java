package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Start of an agent's workspace from the branches of other agents, merged in order. The workspace exists already, as
 * the agent's container has mounted it; so its files are replaced in place, before the agent has worked.
 */
public final class StartFromAgents {

    private static final String START = "refs/heads/start";
    private static final String WITH_CONFLICTS = " with conflicts";

    private final AgentWorkspace workspace;
    private final WorkspaceLayout place;
    private final Workspaces.Ownership ownership;
    private final ContainerUser user;

    private StartFromAgents(AgentWorkspace workspace, Workspaces.Ownership ownership, ContainerUser user) {
        this.workspace = workspace;
        this.place = workspace.place();
        this.ownership = ownership;
        this.user = user;
    }

    /**
     * Moves a workspace to the merge of what other agents have committed. Does nothing if its agent has worked already,
     * but finishes what a killed build began.
     *
     * @param place workspace with a git repository
     * @param others workspaces of the other agents, in the order in which they are merged
     * @param leaveConflicts true to leave conflicting files, with git's markers, to the agent
     * @param ownership changes the owner of the files to the containers' user
     * @return files with conflicts, also those of an earlier start; if they are not left to the agent, nothing was
     *     changed
     * @throws IllegalStateException if an agent has no workspace with branches
     * @throws GitException if git fails
     */
    public static List<String> apply(
            WorkspaceLayout place,
            List<WorkspaceLayout> others,
            boolean leaveConflicts,
            Workspaces.Ownership ownership,
            ContainerUser user) {
        List<String> heads =
                others.stream().map(other -> CurrentChanges.in(other).commit()).toList();
        AgentWorkspace workspace = WorkspaceRecord.workspaceIn(place)
                .filter(AgentWorkspace::hasGit)
                .orElseThrow(() -> new IllegalStateException("agent " + place.agent()
                        + " has no workspace with a git repository, from which it could start"));
        return WorkspaceLock.holding(place, () -> {
            StartFromAgents start = new StartFromAgents(finished(workspace, ownership, user), ownership, user);
            boolean worked = !ChangeCollector.of(start.workspace, ChangeCollector.Publish.NOTHING)
                    .isNothing();
            List<String> conflicts = worked ? List.of() : start.start(heads, leaveConflicts);
            return conflicts.isEmpty() && leaveConflicts ? start.conflictsOfBase() : conflicts;
        });
    }

    /** Finishes a move that was cut off. The run's base ref tells where to, unless it was cut off before that was set. */
    private static AgentWorkspace finished(
            AgentWorkspace workspace, Workspaces.Ownership ownership, ContainerUser user) {
        if (!WorkspaceRecord.isStarting(workspace.place())) {
            return workspace;
        }
        Optional<String> begun = new RunRefs(workspace).base();
        if (begun.isEmpty() || begun.get().equals(workspace.base())) {
            new WorkspaceRecord(workspace, WorkspaceRecord.State.READY).store();
            return workspace;
        }
        return new StartFromAgents(workspace, ownership, user).moveTo(begun.get());
    }

    private List<String> start(List<String> heads, boolean leaveConflicts) {
        Path scratch = place.check();
        try {
            FileTrees.delete(scratch);
            Merged merged = merge(scratch, heads, leaveConflicts);
            boolean moves = merged.conflicts().isEmpty() || leaveConflicts;
            if (moves && !merged.commit().equals(workspace.base())) {
                QuarantineRepository.of(workspace).git().run("update-ref", START, merged.commit());
                moveTo(merged.commit());
            }
            return merged.conflicts();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace of agent " + place.agent() + " can't be started: " + FileProblem.of(e), e);
        } finally {
            delete(scratch);
        }
    }

    /**
     * Merge of all heads.
     *
     * @param conflicts files with conflicts
     */
    private record Merged(String commit, List<String> conflicts) {}

    /** Merges in a scratch directory, whose new objects go to the quarantine. */
    private Merged merge(Path scratch, List<String> heads, boolean leaveConflicts) throws IOException {
        Git git = scratchGit(scratch);
        List<String> conflicts = new ArrayList<>();
        git.run("checkout", "--quiet", "--detach", workspace.base());
        for (String head : heads) {
            Git.Answer answer = git.attempt(new byte[0], "merge", "--quiet", "--no-edit", "-m", title(), head);
            if (!answer.isFine()) {
                List<String> unmerged =
                        git.run("diff", "--name-only", "--diff-filter=U", "-z").parts();
                if (unmerged.isEmpty()) {
                    throw new GitException("git can't merge for agent " + place.agent() + ": " + answer.reason(), null);
                }
                conflicts.addAll(unmerged);
                if (!leaveConflicts) {
                    return new Merged(head, conflicts);
                }
                git.run("add", "--all");
                git.run("commit", "--quiet", "--no-verify", "-m", title() + WITH_CONFLICTS);
            }
        }
        if (!conflicts.isEmpty()) {
            git.run(
                    FileNames.bytes(
                            FileNames.raw(title() + WITH_CONFLICTS + "\n\n" + String.join("\n", conflicts) + "\n")),
                    "commit",
                    "--quiet",
                    "--no-verify",
                    "--amend",
                    "--cleanup=verbatim",
                    "--file=-");
        }
        return new Merged(git.ask("rev-parse", "HEAD"), conflicts);
    }

    private String title() {
        return "Start agent " + place.agent();
    }

    /** Returns the files with conflicts that the base has, if it is a start with conflicts. */
    private List<String> conflictsOfBase() {
        List<String> message = workspace
                .repository()
                .alone()
                .ask("log", "-1", "--format=%B", "--encoding=UTF-8", workspace.base())
                .lines()
                .toList();
        return message.stream().limit(1).anyMatch((title() + WITH_CONFLICTS)::equals)
                ? message.stream().skip(1).filter(line -> !line.isBlank()).toList()
                : List.of();
    }

    private Git scratchGit(Path scratch) throws IOException {
        Repository repository = workspace.repository();
        Files.createDirectories(scratch);
        Path directory = scratch.resolve(".git");
        Git.alone(scratch)
                .run(
                        "init",
                        "--quiet",
                        "--template=",
                        "--object-format=" + repository.objectFormat(),
                        scratch.toString());
        FileTrees.copyIfThere(repository.gitDirectory().resolve("shallow"), directory.resolve("shallow"));
        return repository
                .likePerson(Git.alone(scratch))
                .by(workspace.author())
                .with("GIT_DIR", directory.toString())
                .with("GIT_WORK_TREE", scratch.toString())
                .with(
                        "GIT_OBJECT_DIRECTORY",
                        place.quarantine().resolve("objects").toString());
    }

    /**
     * Moves the workspace's base ref, files, index, branch and record. The record is marked before and moved last, so
     * that a build that is killed in between is found out by the next one.
     */
    private AgentWorkspace moveTo(String commit) {
        AgentWorkspace moved = new AgentWorkspace(
                workspace.repository(),
                place,
                workspace.strategy(),
                workspace.branch(),
                commit,
                workspace.home(),
                workspace.run());
        RunRefs refs = new RunRefs(moved);
        new WorkspaceRecord(workspace, WorkspaceRecord.State.STARTING).store();
        Git.Answer taken = refs.take(START, refs.name(moved.run(), "base"));
        if (!taken.isFine()) {
            new WorkspaceRecord(workspace, WorkspaceRecord.State.READY).store();
            throw new GitException("git refuses the merge for agent " + place.agent() + ": " + taken.reason(), null);
        }
        try {
            Files.deleteIfExists(place.indexLock());
            // Files that are cut off, or whose owner has changed, look changed.
            QuarantineRepository.of(workspace)
                    .git(place.tree(), place.index())
                    .run("read-tree", "--reset", "-u", commit);
            new AgentGitDirectory(moved).move(moved);
            new WorkspaceRecord(moved, WorkspaceRecord.State.READY).write();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace of agent " + place.agent() + " can't be started: " + FileProblem.of(e), e);
        }
        moved.lent().forEach(file -> ownership.give(file, user));
        return moved;
    }

    private static void delete(Path scratch) {
        try {
            if (Files.exists(scratch, LinkOption.NOFOLLOW_LINKS)) {
                FileTrees.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(scratch + " can't be removed: " + FileProblem.of(e), e);
        }
    }
}
