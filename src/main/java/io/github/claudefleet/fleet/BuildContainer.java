package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.spec.FleetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Container of a build that uses the engine through its mounted socket, as CI jobs do. The build's process can't be
 * seen from outside, and its watchdog dies with the container. The engine knows whether the container still runs.
 */
record BuildContainer(ContainerEngine engine) {

    private static final Set<ContainerState> OVER = Set.of(ContainerState.EXITED, ContainerState.DEAD);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Adds the build's container to the fleet's id, if the engine has that container: an engine that never had it can't
     * notice its end.
     *
     * @param container id of the container, as this process sees it; empty if it is in none
     */
    FleetId mark(FleetId fleet, Optional<String> container) throws InterruptedException {
        Optional<String> run = container.flatMap(engine.containers()::find).flatMap(BuildContainer::run);
        return run.isPresent() && isThisOne(container.get()) ? fleet.madeIn(run.get()) : fleet;
    }

    /**
     * Returns true if a run of a container has ended, with all its processes. The container may have been started
     * again.
     *
     * @param run value that {@link #mark} stored
     */
    boolean isOver(String run) {
        Optional<ContainerObservation> container = engine.containers().find(run.split(" ")[0]);
        return container.isEmpty()
                || OVER.contains(container.get().state())
                || container
                        .flatMap(BuildContainer::run)
                        .filter(now -> !now.equals(run))
                        .isPresent();
    }

    /** Identifies the container's current run by id and start time. A restart begins another run. */
    private static Optional<String> run(ContainerObservation container) {
        return container.startedAt().map(Instant::toString).map(start -> container.id() + " " + start);
    }

    /**
     * Proves by a marker file that this process runs in the container. A container that shares another one's network
     * looks like that one from inside, but has other files. If no file can be written, there is no proof, and the
     * container is not used.
     */
    private boolean isThisOne(String container) throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        try {
            Path file = Files.createTempFile("claude-fleet-", ".mark");
            try {
                Files.writeString(file, mark);
                ExecRequest request = ExecRequest.of(container, "cat", file.toString());
                return engine.processes().run(request, LIMIT).output().equals(mark);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (EngineException | IOException e) {
            return false;
        }
    }
}
