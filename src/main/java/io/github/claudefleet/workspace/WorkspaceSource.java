package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.WorkspaceOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Source of a new workspace.
 *
 * @param repository repository of its files; for a plain directory, backed by the quarantine
 * @param base commit to start from, which may contain what the user has not committed
 */
record WorkspaceSource(Repository repository, String base) {

    /**
     * Reads a source. A plain directory gets a git directory in the workspace.
     *
     * @param spec resolved fleet
     * @param around repository around the source's directory, if any
     * @param place location of the new workspace
     */
    static WorkspaceSource of(
            FleetSpec spec, WorkspaceOrigin origin, Optional<Repository> around, WorkspaceLayout place) {
        Repository repository = around.orElseGet(() -> plain(origin, place));
        return new WorkspaceSource(repository, base(repository, origin, notForAgents(spec, origin)));
    }

    private static Repository plain(WorkspaceOrigin origin, WorkspaceLayout place) {
        try {
            return QuarantineRepository.plain(origin.directory(), place.quarantine());
        } catch (IOException e) {
            throw new UncheckedIOException(origin.directory() + " can't be copied: " + FileProblem.of(e), e);
        }
    }

    /** Returns directories within the project that agents must not get: the login, and other agents' workspaces. */
    private static List<Path> notForAgents(FleetSpec spec, WorkspaceOrigin origin) {
        return spec.login().mode() == LoginMode.LOGIN
                ? List.of(origin.root(), spec.login().directory())
                : List.of(origin.root());
    }

    private static String base(Repository repository, WorkspaceOrigin origin, List<Path> without) {
        if (origin.start().isPresent() || !(origin.uncommitted() || repository.isPlain())) {
            return repository.commit(origin.start().orElse("HEAD"));
        }
        try {
            Path scratch = Files.createTempDirectory("claude-fleet-snapshot-");
            try {
                return repository.snapshot(scratch, without);
            } finally {
                FileTrees.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is not committed can't be taken along: " + FileProblem.of(e), e);
        }
    }
}
