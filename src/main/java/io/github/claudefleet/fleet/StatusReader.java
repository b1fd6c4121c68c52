package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.report.AgentStatus;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import java.time.Duration;
import java.time.InstantSource;

/** Reads a row of the fleet's table off a container. */
final class StatusReader {

    private final ReadinessWatch watch;
    private final InstantSource clock;

    StatusReader(ReadinessWatch watch, InstantSource clock) {
        this.watch = watch;
        this.clock = clock;
    }

    AgentStatus read(ContainerObservation container) throws InterruptedException {
        boolean running = container.state() == ContainerState.RUNNING;
        return new AgentStatus(
                container.label(Labels.AGENT).orElse("auth"),
                container.id(),
                state(container),
                container.startedAt().filter(start -> running).map(start -> Duration.between(start, clock.instant())),
                container.exitCode().filter(code -> !running && container.state() != ContainerState.CREATED),
                container.image(),
                login(container));
    }

    private AgentState state(ContainerObservation container) throws InterruptedException {
        return container.label(Labels.AGENT).isPresent() ? watch.stateOf(container) : AgentState.of(container, true);
    }

    private static String login(ContainerObservation container) {
        String mode = container.label(Labels.LOGIN).orElse("unknown");
        String sharing = container.label(Labels.SHARING).orElse("unknown");
        return mode.equals(LoginMode.LOGIN.word()) ? mode + ", shared: " + sharing : mode;
    }
}
