package io.github.claudefleet.task;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.EventReader;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Attempts of the real CLI (2.1.330), recorded against the stand-in, one file each. */
final class RecordedEvents {

    static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");
    static final AgentName AGENT = new AgentName("worker");
    static final TaskId TASK = TaskId.of(AGENT);

    private RecordedEvents() {}

    static List<String> lines(String name) {
        try (InputStream file = RecordedEvents.class.getResourceAsStream(name + ".jsonl")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the attempt of this name, whose process ended with this status. */
    static TaskAttempt attempt(String name, int exitCode) {
        return attempt(lines(name), exitCode);
    }

    /** Returns an attempt that printed these lines. */
    static TaskAttempt attempt(List<String> lines, int exitCode) {
        TaskAttempt attempt = begun();
        lines.forEach(line -> attempt.take(EventReader.read(line)));
        attempt.take(ended(exitCode));
        return attempt;
    }

    static TaskAttempt begun() {
        return new TaskAttempt(
                AGENT, new Event.AttemptStarted(TASK, "hash", Optional.empty(), 1, BEGIN, Optional.empty()), false);
    }

    static Event.ProcessExited ended(int exitCode) {
        return new Event.ProcessExited(TASK, exitCode, false, false, BEGIN.plusSeconds(10));
    }
}
