package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a task may take.
 *
 * @param total from its begin to its end, or empty for no limit
 * @param idle without a word of it while a turn is under way, or empty for no limit
 * @param background after a result, for commands and subagents in the background, or empty for no limit
 * @param grace for the CLI to end after its result, and after each signal that asks it to
 */
public record TaskTimeouts(
        Optional<Duration> total, Optional<Duration> idle, Optional<Duration> background, Duration grace) {

    private static final Optional<Duration> QUARTER = Optional.of(Duration.ofMinutes(15));

    /** An hour in all; of silence more than the ten minutes that the CLI gives a command at most. */
    public static final TaskTimeouts DEFAULT =
            new TaskTimeouts(Optional.of(Duration.ofHours(1)), QUARTER, QUARTER, Duration.ofSeconds(10));

    /** With the default for what is in the background. */
    public TaskTimeouts(Optional<Duration> total, Optional<Duration> idle, Duration grace) {
        this(total, idle, QUARTER, grace);
    }
}
