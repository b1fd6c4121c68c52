package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/**
 * Detects when the engine goes away and when it is back, to distinguish its restart from a failure of its containers.
 * An engine that is about to end still answers connected clients, and may be back within a second. So only the loss of
 * a connection shows it. Gives up on an engine that stays away.
 */
final class EngineWatch implements Runnable {

    /** Time after which an absent engine is no longer waited for. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ContainerEngine engine;
    private final String containerId;
    private final InstantSource clock;
    private final BlockingQueue<AgentMessage> inbox;
    private final Scheduling.Pause pause;

    /** @param containerId id of any container, to send requests about */
    EngineWatch(
            ContainerEngine engine,
            String containerId,
            InstantSource clock,
            BlockingQueue<AgentMessage> inbox,
            Scheduling.Pause pause) {
        this.engine = engine;
        this.containerId = containerId;
        this.clock = clock;
        this.inbox = inbox;
        this.pause = pause;
    }

    /** Checks for an engine that was probably absent, rather than one that refused. */
    static boolean isAbsence(EngineException failure) {
        return failure.kind() == EngineException.Kind.UNREACHABLE || failure.kind() == EngineException.Kind.TIMED_OUT;
    }

    /** Watches until the thread is interrupted, or the engine was away for too long. */
    @Override
    public void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = outlast(isLost());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Holds a connection until it ends; false if the engine offers none. */
    private boolean isLost() throws InterruptedException {
        try (LogStream line = engine.monitor()) {
            boolean ended = false;
            while (!ended) {
                ended = line.awaitEnd(BETWEEN_LOOKS);
            }
            return true;
        } catch (EngineException e) {
            pause.sleep(BETWEEN_LOOKS);
            return false;
        }
    }

    /** Waits for the engine if it is away. Returns false if it did not come back in time. */
    private boolean outlast(boolean lost) throws InterruptedException {
        Instant since = clock.instant();
        Optional<EngineException> absence = ask();
        if (!lost && absence.isEmpty()) {
            return true;
        }
        inbox.put(new AgentMessage.EngineAway(since, absence.isPresent()));
        while (absence.isPresent()) {
            if (clock.instant().isAfter(since.plus(LONGEST))) {
                inbox.put(new AgentMessage.EngineLost(lost(absence.get())));
                return false;
            }
            pause.sleep(BETWEEN_LOOKS);
            absence = ask();
        }
        inbox.put(new AgentMessage.EngineBack(since, clock.instant()));
        return true;
    }

    private Optional<EngineException> ask() {
        try {
            engine.containers().find(containerId);
            return Optional.empty();
        } catch (EngineException e) {
            return isAbsence(e) ? Optional.of(e) : Optional.empty();
        }
    }

    private static EngineException lost(EngineException absence) {
        return new EngineException(
                absence.kind(),
                "follow the agents",
                "the engine did not answer for " + Durations.toText(LONGEST) + " (" + absence.getMessage() + ")",
                "Start it, then run claude-fleet:await again, which reads what became of all.",
                absence);
    }
}
