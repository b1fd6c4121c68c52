package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.KeeperState;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Reads a container's row of the fleet's status table. */
final class StatusReader {

    /** Modes whose credential the keeper renews. */
    private static final Set<String> RENEWED = Set.of(LoginMode.LOGIN.value(), LoginMode.FEDERATION.value());

    private final ContainerEngine engine;
    private final ReadinessWatch watch;
    private final InstantSource clock;

    StatusReader(ContainerEngine engine, InstantSource clock) {
        this.engine = engine;
        this.watch = new ReadinessWatch(engine, clock);
        this.clock = clock;
    }

    /** @param listed container from a list, which has no start times */
    AgentStatus read(ContainerObservation listed) throws InterruptedException {
        ContainerObservation container = listed.state() == ContainerState.RUNNING
                ? engine.containers().find(listed.id()).orElse(listed)
                : listed;
        boolean running = container.state() == ContainerState.RUNNING;
        return new AgentStatus(
                Role.nameOf(container),
                container.id(),
                container.name(),
                state(container),
                container.startedAt().filter(start -> running).map(start -> Duration.between(start, clock.instant())),
                container.exitCode().filter(code -> !running && container.state() != ContainerState.CREATED),
                container.image(),
                login(container),
                running ? keeper(container) : Optional.empty());
    }

    /** Returns the keeper's state; empty if the container ends during the request. */
    private Optional<KeeperState> keeper(ContainerObservation container) {
        boolean keeps = Role.of(container) == Role.AUTH
                && container.label(Labels.LOGIN).filter(RENEWED::contains).isPresent();
        try {
            return keeps ? new AuthContainer(engine, container.id()).keeperState() : Optional.empty();
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private AgentState state(ContainerObservation container) throws InterruptedException {
        return container.label(Labels.AGENT).isPresent() ? watch.stateOf(container) : AgentState.of(container, true);
    }

    private static String login(ContainerObservation container) {
        String mode = container.label(Labels.LOGIN).orElse("unknown");
        String sharing = container.label(Labels.SHARING).orElse("unknown");
        return mode.equals(LoginMode.LOGIN.value()) ? mode + ", shared: " + sharing : mode;
    }
}
