package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.EventReader;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.task.ContainerEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;

/**
 * Reads the output of one agent, from the beginning, until its container has ended. The end of a stream does not imply
 * that, so the container is inspected and the stream continued.
 */
final class AgentFollower implements Runnable {

    /** Beginning of the lines of a check's output ({@code run.sh}). */
    private static final String CHECK_OUTPUT = "claude-fleet-check: ";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration READ_LIMIT = Duration.ofMinutes(5);
    private static final int MOST_FAILURES = 30;
    /** Maximum of failures while the engine is away: at one a second, longer than {@link EngineWatch} waits. */
    private static final int MOST_ABSENCES = 2 * (int) EngineWatch.LONGEST.toSeconds();

    private final ContainerEngine engine;
    private final AgentName agent;
    private final String containerId;
    private final TaskFiles.Scribe scribe;
    private final BlockingQueue<AgentMessage> inbox;
    private final Scheduling.Pause pause;
    private final boolean separatesErrors;
    private long seen;
    private long seenErrors;
    private int failures;

    AgentFollower(
            ContainerEngine engine,
            AgentName agent,
            String containerId,
            TaskFiles.Scribe scribe,
            BlockingQueue<AgentMessage> inbox,
            Scheduling.Pause pause) {
        this.engine = engine;
        this.agent = agent;
        this.containerId = containerId;
        this.scribe = scribe;
        this.inbox = inbox;
        this.pause = pause;
        this.separatesErrors = engine.info().has(EngineCapability.SEPARATE_ERRORS);
    }

    @Override
    public void run() {
        try {
            say(new AgentMessage.Ended(agent, follow()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            say(new AgentMessage.Failed(agent, e));
        } finally {
            scribe.close();
        }
    }

    private ContainerEnd follow() throws InterruptedException {
        while (true) {
            read(true);
            Optional<ContainerObservation> container = look();
            if (container.isEmpty()) {
                return ContainerEnd.gone();
            }
            if (!isUp(container.get().state())) {
                read(false);
                return end(container.get());
            }
            pause.sleep(BETWEEN_LOOKS);
        }
    }

    private void read(boolean follow) throws InterruptedException {
        LogRequest request = new LogRequest(containerId, follow, OptionalInt.empty());
        try (LogStream stream = engine.logs().read(request, new Rest())) {
            boolean over = false;
            for (long waited = 0; !over && (follow || waited < READ_LIMIT.toSeconds()); waited++) {
                over = stream.awaitEnd(BETWEEN_LOOKS);
            }
            failures = 0;
        } catch (EngineException e) {
            forgive(e);
        }
    }

    /** Inspects the container, also through a restart of the engine. */
    private Optional<ContainerObservation> look() throws InterruptedException {
        while (true) {
            try {
                return engine.containers().find(containerId);
            } catch (EngineException e) {
                forgive(e);
                pause.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private void forgive(EngineException e) {
        failures++;
        int most = EngineWatch.isAbsence(e) ? MOST_ABSENCES : MOST_FAILURES;
        if (e.kind() != EngineException.Kind.NOT_FOUND && failures > most) {
            throw e;
        }
    }

    private static boolean isUp(ContainerState state) {
        return state != ContainerState.EXITED && state != ContainerState.DEAD && state != ContainerState.CREATED;
    }

    private ContainerEnd end(ContainerObservation container) {
        OptionalInt exit = container.exitCode().map(OptionalInt::of).orElse(OptionalInt.empty());
        return new ContainerEnd(
                container.outOfMemory() ? ContainerEnd.Kind.OUT_OF_MEMORY : ContainerEnd.Kind.ENDED,
                exit,
                container.finishedAt(),
                problem());
    }

    private Optional<String> problem() {
        try {
            return engine.containers().problem(containerId);
        } catch (EngineException e) {
            // The end itself is known, and a reason only adds to it.
            return Optional.empty();
        }
    }

    private void say(AgentMessage signal) {
        try {
            inbox.put(signal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Skips the lines that an earlier stream has already read. */
    private final class Rest implements LineSink {

        private long lines;
        private long errors;

        @Override
        public void line(String line) {
            if (++lines > seen) {
                seen = lines;
                if (line.startsWith(CHECK_OUTPUT)) {
                    complain(line.substring(CHECK_OUTPUT.length()));
                    return;
                }
                if (isError(line)) {
                    complain(line);
                    return;
                }
                Event event = EventReader.read(line);
                scribe.event(line, event);
                say(new AgentMessage.Said(agent, event));
            }
        }

        /** Recognizes a line of standard error in a log of both streams: standard output has objects and empty lines. */
        private boolean isError(String line) {
            return !separatesErrors && !line.isBlank() && !line.startsWith("{");
        }

        @Override
        public void errorLine(String line) {
            if (++errors > seenErrors) {
                seenErrors = errors;
                complain(line);
            }
        }

        private void complain(String line) {
            scribe.error(line);
            say(new AgentMessage.Complained(agent, line));
        }
    }
}
