package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * Time limits of a task.
 *
 * @param total maximum time from its start to its end, or empty for no limit
 * @param idle maximum time without output during a turn, or empty for no limit
 * @param background maximum time after a result for commands and subagents in the background, or empty for no limit
 * @param grace time for the CLI to end after its result, and after each signal that asks it to
 */
public record TaskTimeouts(
        Optional<Duration> total, Optional<Duration> idle, Optional<Duration> background, Duration grace) {

    private static final Optional<Duration> QUARTER = Optional.of(Duration.ofMinutes(15));

    /**
     * Default limits: one hour in total. The limit on silence exceeds the CLI's maximum of ten minutes for a command.
     */
    public static final TaskTimeouts DEFAULT =
            new TaskTimeouts(Optional.of(Duration.ofHours(1)), QUARTER, QUARTER, Duration.ofSeconds(10));

    /** Creates limits with the default for background work. */
    public TaskTimeouts(Optional<Duration> total, Optional<Duration> idle, Duration grace) {
        this(total, idle, QUARTER, grace);
    }
}
