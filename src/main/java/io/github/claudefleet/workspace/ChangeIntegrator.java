package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MergePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Integrates the agents' changes, one agent after the other. */
final class ChangeIntegrator {

    private final Path directory;
    private final WorkspaceRefresh refresh;
    private Optional<AgentWorkspace> stoppedAt = Optional.empty();

    /**
     * @param directory directory for patches and diffstats
     * @param refresh fetches the agents' newest files
     */
    ChangeIntegrator(Path directory, WorkspaceRefresh refresh) {
        this.directory = directory;
        this.refresh = refresh;
    }

    /** Integrates one agent's changes. A failure is reported in its result and does not affect other agents. */
    IntegrationResult integrate(AgentWorkspace workspace) {
        try {
            return WorkspaceLock.holding(workspace.place(), () -> bring(workspace));
        } catch (GitException | UncheckedIOException | InvalidPathException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return new IntegrationResult(
                    workspace,
                    Changes.unknown(workspace, e.getMessage()),
                    workspace.home().merge(),
                    IntegrationResult.Outcome.FAILED,
                    e.getMessage());
        }
    }

    private IntegrationResult bring(AgentWorkspace workspace) {
        refresh.fetch(workspace.place());
        MergePolicy merge = workspace.home().merge();
        Changes changes = ChangeCollector.of(workspace, publish(workspace));
        write(workspace, changes);
        if (changes.isNothing()) {
            return new IntegrationResult(workspace, changes, merge, IntegrationResult.Outcome.NOTHING, "");
        }
        return switch (workspace.home().current()) {
            case NONE -> new IntegrationResult(workspace, changes, merge, IntegrationResult.Outcome.KEPT, "");
            case PATCH -> new IntegrationResult(workspace, changes, merge, IntegrationResult.Outcome.PATCH, "");
            case BRANCH ->
                new IntegrationResult(
                        workspace,
                        changes,
                        merge,
                        branchOrPatch(workspace),
                        workspace.home().onlyBranch() ? "another attempt was chosen, or none" : "");
            case MERGE -> merged(workspace, changes);
            case PUSH -> pushed(workspace, changes);
        };
    }

    /** Returns the part of the changes that the merge policy publishes. */
    static ChangeCollector.Publish publish(AgentWorkspace workspace) {
        return switch (workspace.home().merge()) {
            case NONE, PATCH -> ChangeCollector.Publish.NOTHING;
            case BRANCH, MERGE, PUSH ->
                workspace.home().commitsTheRest() ? ChangeCollector.Publish.ALL : ChangeCollector.Publish.COMMITS;
        };
    }

    private static IntegrationResult.Outcome branchOrPatch(AgentWorkspace workspace) {
        return workspace.hasGit() ? IntegrationResult.Outcome.BRANCH : IntegrationResult.Outcome.PATCH;
    }

    private IntegrationResult merged(AgentWorkspace workspace, Changes changes) {
        if (stoppedAt.isPresent()) {
            return refused(
                    workspace,
                    changes,
                    "it was not tried, after " + stoppedAt.get().place().agent() + "'s");
        }
        try {
            FleetChanges.take(workspace, changes);
            return new IntegrationResult(workspace, changes, MergePolicy.MERGE, IntegrationResult.Outcome.MERGED, "");
        } catch (IntegrationException e) {
            stoppedAt = Optional.of(workspace);
            return refused(workspace, changes, e.getMessage());
        }
    }

    private static IntegrationResult pushed(AgentWorkspace workspace, Changes changes) {
        if (changes.base().equals(changes.head())) {
            return new IntegrationResult(workspace, changes, MergePolicy.PUSH, IntegrationResult.Outcome.BRANCH, "");
        }
        BranchPush.Outcome outcome = new BranchPush(workspace).push(changes.branch());
        return outcome.reason().isEmpty()
                ? new IntegrationResult(
                        workspace, changes.on(outcome.branch()), MergePolicy.PUSH, IntegrationResult.Outcome.PUSHED, "")
                : refused(workspace, changes, outcome.reason());
    }

    private static IntegrationResult refused(AgentWorkspace workspace, Changes changes, String reason) {
        return new IntegrationResult(
                workspace, changes, workspace.home().merge(), IntegrationResult.Outcome.REFUSED, reason);
    }

    private void write(AgentWorkspace workspace, Changes changes) {
        Path folder = directory.resolve(workspace.place().agent().value());
        Path patch = folder.resolve("changes.patch");
        Path table = folder.resolve("changes.txt");
        try {
            if (changes.base().equals(changes.head()) || workspace.home().merge() == MergePolicy.NONE) {
                // Files of an earlier run would be mistaken for this one's.
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
