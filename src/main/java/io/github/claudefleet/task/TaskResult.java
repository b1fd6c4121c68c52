package io.github.claudefleet.task;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param reason for people, in the CLI's words where it has some; empty where there is nothing to say
 * @param passing whether it failed for a reason that may well be gone in a while
 * @param resetsAt when a quota that was used up is there again, if the service told
 */
public record TaskResult(Outcome outcome, String reason, boolean passing, Optional<Instant> resetsAt) {

    static TaskResult of(Outcome outcome, String reason) {
        return new TaskResult(outcome, reason, false, Optional.empty());
    }
}
