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
 * The container in which a build runs that uses the engine by its mounted socket, as jobs of a CI do. Nobody outside can see the build's
 * process, and all that watches over it dies with the container; the engine knows whether that is there.
 */
record BuildContainer(ContainerEngine engine) {

    private static final Set<ContainerState> OVER = Set.of(ContainerState.EXITED, ContainerState.DEAD);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * The fleet with the container that its build is in, if that is one of the engine's: an engine that never knew it can't miss it.
     *
     * @param container its id, as this process sees it; empty where it is in none
     */
    FleetId mark(FleetId fleet, Optional<String> container) throws InterruptedException {
        Optional<String> run = container.flatMap(engine::container).flatMap(BuildContainer::run);
        return run.isPresent() && isThisOne(container.get()) ? fleet.madeIn(run.get()) : fleet;
    }

    /**
     * Whether a container has ended, with all that ran in it. It may be there again.
     *
     * @param run as {@link #mark} has it
     */
    boolean isOver(String run) {
        Optional<ContainerObservation> container = engine.container(run.split(" ")[0]);
        return container.isEmpty()
                || OVER.contains(container.get().state())
                || container
                        .flatMap(BuildContainer::run)
                        .filter(now -> !now.equals(run))
                        .isPresent();
    }

    /** One life of a container, which has another one once it was started again. */
    private static Optional<String> run(ContainerObservation container) {
        return container.startedAt().map(Instant::toString).map(start -> container.id() + " " + start);
    }

    /**
     * From inside, a container whose network another one shares looks like that one; it has other files. Where no file can be written it
     * isn't proved, and nothing goes by it.
     */
    private boolean isThisOne(String container) throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        try {
            Path file = Files.createTempFile("claude-fleet-", ".mark");
            try {
                Files.writeString(file, mark);
                ExecRequest request = ExecRequest.of(container, "cat", file.toString());
                return engine.exec(request, LIMIT).output().equals(mark);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (EngineException | IOException e) {
            return false;
        }
    }
}
