package io.github.claudefleet.converge;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LastLines;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches agents from outside until their entrypoint has reported that it sees the login, or it is clear that this will
 * not happen.
 */
public final class ReadinessWatch {

    private static final int LAST_LINES = 20;
    private static final Duration GLANCE = Duration.ofSeconds(5);
    /** Interval between streams. A stream's end does not mean that the container has ended, so its state is checked. */
    private static final Duration BETWEEN_STREAMS = Duration.ofMillis(200);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final ContainerEngine engine;
    private final InstantSource clock;

    private interface Reading<T> {
        T read() throws InterruptedException;
    }

    public ReadinessWatch(ContainerEngine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Result of a wait for an agent's ready line.
     *
     * @param agent name of the agent
     * @param containerId id of its container
     * @param saidReady true if the line has come; the agent may have ended since
     * @param limit maximum duration of the wait
     */
    public record Waited(AgentName agent, String containerId, boolean saidReady, Duration limit) {}

    /** Waits until the agent has printed its ready line, or has ended, up to the limit. */
    public Waited await(AgentName agent, String containerId, Duration limit) throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        return new Waited(agent, containerId, unlessGone(false, () -> awaitWord(agent, containerId, end)), limit);
    }

    /** Returns the current state of an agent. */
    public AgentState stateOf(ContainerObservation container) throws InterruptedException {
        boolean running = container.state() == ContainerState.RUNNING;
        String agent = container.label(Labels.AGENT).orElse("");
        return AgentState.of(container, running && hasSaidReady(agent, container.id()));
    }

    private boolean hasSaidReady(String agent, String containerId) throws InterruptedException {
        LogRequest soFar = new LogRequest(containerId, false, OptionalInt.empty());
        return readUntilWord(agent, soFar, clock.instant().plus(GLANCE));
    }

    private boolean awaitWord(AgentName agent, String containerId, Instant end) throws InterruptedException {
        while (clock.instant().isBefore(end)) {
            if (readUntilWord(agent.value(), LogRequest.follow(containerId), end)) {
                return true;
            }
            if (!isRunning(containerId)) {
                return hasSaidReady(agent.value(), containerId);
            }
            Thread.sleep(BETWEEN_STREAMS.toMillis());
        }
        return false;
    }

    private boolean readUntilWord(String agent, LogRequest request, Instant end) throws InterruptedException {
        String word = "claude-fleet: agent " + agent + " ready";
        AtomicBoolean said = new AtomicBoolean();
        try (LogStream stream = engine.logs().read(request, line -> said.compareAndSet(false, line.equals(word)))) {
            boolean over = false;
            while (!said.get() && !over && clock.instant().isBefore(end)) {
                over = stream.awaitEnd(BETWEEN_LOOKS);
            }
            return said.get();
        }
    }

    /**
     * Judges an agent after the wait for its ready line.
     *
     * @param container its container, observed after the wait; empty if it is gone
     */
    public Readiness judge(Waited waited, Optional<ContainerObservation> container) throws InterruptedException {
        if (container.isEmpty()) {
            return new Readiness(
                    waited.agent(), waited.containerId(), AgentState.DOWN, "its container is gone", List.of());
        }
        AgentState state = AgentState.of(container.get(), waited.saidReady());
        boolean isReady = waited.saidReady() && (state.gotReady() || hasPrompt(container.get()));
        return new Readiness(
                waited.agent(),
                waited.containerId(),
                state,
                isReady ? "" : reason(container.get(), waited.limit()),
                isReady
                        ? List.of()
                        : unlessGone(List.of(), () -> LastLines.of(engine, waited.containerId(), LAST_LINES)));
    }

    /** Returns true for an agent with a prompt. It became ready even if the attempt of its prompt failed later. */
    private static boolean hasPrompt(ContainerObservation container) {
        return container.label(Labels.PROMPT).isPresent();
    }

    private static String reason(ContainerObservation container, Duration limit) {
        if (container.state() == ContainerState.RUNNING) {
            return "it has not seen the login within " + Durations.toText(limit);
        }
        return container
                .exitCode()
                .map(code -> "it ended with exit status " + code + meaning(code))
                .orElse("its container is " + container.state().name().toLowerCase(Locale.ROOT));
    }

    private static String meaning(int exitCode) {
        return switch (exitCode) {
            case AgentExit.WORKSPACE -> " (it cannot write its workspace)";
            case AgentExit.LOGIN -> " (it cannot use the login)";
            case AgentExit.NO_CLI -> " (its image has no claude command)";
            default -> "";
        };
    }

    /** Returns the call's result, or the other value if its container no longer exists. */
    private static <T> T unlessGone(T otherwise, Reading<T> call) throws InterruptedException {
        try {
            return call.read();
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.NOT_FOUND) {
                return otherwise;
            }
            throw e;
        }
    }

    private boolean isRunning(String containerId) {
        return engine.containers()
                .find(containerId)
                .filter(container -> container.state() == ContainerState.RUNNING)
                .isPresent();
    }
}
