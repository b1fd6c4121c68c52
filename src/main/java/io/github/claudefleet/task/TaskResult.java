package io.github.claudefleet.task;

import java.time.Instant;
import java.util.Optional;

/**
 * Result of an attempt.
 *
 * @param reason reason for people, in the CLI's words if it has some; empty if there is none
 * @param passing true if the cause of the failure may be temporary
 * @param resetsAt time when an exhausted quota is available again, if the service reported it
 */
public record TaskResult(Outcome outcome, String reason, boolean passing, Optional<Instant> resetsAt) {

    static TaskResult of(Outcome outcome, String reason) {
        return new TaskResult(outcome, reason, false, Optional.empty());
    }
}
