package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MergeChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings home what agents did, one after the other. */
final class ChangeIntegrator {

    private final Path directory;
    private Optional<AgentWorkspace> stoppedAt = Optional.empty();

    /** @param directory where patches and tables are written */
    ChangeIntegrator(Path directory) {
        this.directory = directory;
    }

    /** Brings home one agent's work; its failure is its own, and is told. */
    Home integrate(AgentWorkspace workspace) {
        try {
            return WorkspaceLock.holding(workspace.place(), () -> bring(workspace));
        } catch (GitException | UncheckedIOException | InvalidPathException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return new Home(
                    workspace,
                    Changes.unknown(workspace, e.getMessage()),
                    workspace.home().merge(),
                    Home.Outcome.FAILED,
                    e.getMessage());
        }
    }

    private Home bring(AgentWorkspace workspace) {
        MergeChoice merge = workspace.home().merge();
        Changes changes = ChangeCollector.of(workspace, publish(workspace));
        write(workspace, changes);
        if (changes.isNothing()) {
            return new Home(workspace, changes, merge, Home.Outcome.NOTHING, "");
        }
        return switch (merge) {
            case NONE -> new Home(workspace, changes, merge, Home.Outcome.KEPT, "");
            case PATCH -> new Home(workspace, changes, merge, Home.Outcome.PATCH, "");
            case BRANCH -> new Home(workspace, changes, merge, branchOrPatch(workspace), "");
            case MERGE -> merged(workspace, changes);
            case PUSH -> pushed(workspace, changes);
        };
    }

    private static ChangeCollector.Publish publish(AgentWorkspace workspace) {
        return switch (workspace.home().merge()) {
            case NONE, PATCH -> ChangeCollector.Publish.NOTHING;
            case BRANCH, MERGE, PUSH ->
                workspace.home().commitsTheRest() ? ChangeCollector.Publish.ALL : ChangeCollector.Publish.COMMITS;
        };
    }

    private static Home.Outcome branchOrPatch(AgentWorkspace workspace) {
        return workspace.hasGit() ? Home.Outcome.BRANCH : Home.Outcome.PATCH;
    }

    private Home merged(AgentWorkspace workspace, Changes changes) {
        if (stoppedAt.isPresent()) {
            return refused(
                    workspace,
                    changes,
                    "it was not tried, after " + stoppedAt.get().place().agent() + "'s");
        }
        try {
            AgentsWork.take(workspace, changes);
            return new Home(workspace, changes, MergeChoice.MERGE, Home.Outcome.MERGED, "");
        } catch (NotTakenException e) {
            stoppedAt = Optional.of(workspace);
            return refused(workspace, changes, e.getMessage());
        }
    }

    private static Home pushed(AgentWorkspace workspace, Changes changes) {
        if (changes.base().equals(changes.head())) {
            return new Home(workspace, changes, MergeChoice.PUSH, Home.Outcome.BRANCH, "");
        }
        BranchPush.Outcome outcome = new BranchPush(workspace).push(changes.branch());
        return outcome.reason().isEmpty()
                ? new Home(workspace, changes.on(outcome.branch()), MergeChoice.PUSH, Home.Outcome.PUSHED, "")
                : refused(workspace, changes, outcome.reason());
    }

    private static Home refused(AgentWorkspace workspace, Changes changes, String reason) {
        return new Home(workspace, changes, workspace.home().merge(), Home.Outcome.REFUSED, reason);
    }

    private void write(AgentWorkspace workspace, Changes changes) {
        Path folder = directory.resolve(workspace.place().agent().value());
        Path patch = folder.resolve("changes.patch");
        Path table = folder.resolve("changes.txt");
        try {
            if (changes.base().equals(changes.head()) || workspace.home().merge() == MergeChoice.NONE) {
                // Those of an earlier run would be taken for this one's.
                Files.deleteIfExists(patch);
                Files.deleteIfExists(table);
            } else {
                Files.createDirectories(folder);
                Files.write(patch, ChangeCollector.patch(workspace, changes));
                Files.writeString(table, changes.stat());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the changes can't be written to " + folder + ": " + FileProblem.of(e), e);
        }
    }
}
