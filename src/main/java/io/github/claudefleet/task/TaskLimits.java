package io.github.claudefleet.task;

import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.DailyLimit;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Limits of tasks that are under way. */
record TaskLimits(WorkSpec work) {

    /**
     * Returns the cause to stop a task. After the CLI's end only a check is left, which has the rest of the total time.
     *
     * @param spent cause if no budget is left
     */
    Optional<StopCause> exceeded(TaskState state, Instant now, Optional<StopCause> spent) {
        TaskAttempt run = state.last().orElseThrow();
        TaskTimeouts taskTimeouts = state.queue().taskTimeouts();
        boolean ended = run.ended().isPresent();
        boolean between = !ended && run.session().standing().isPresent();
        boolean waits = between && run.session().isWaiting();
        if (between && !waits) {
            return past(now, state.clock().activeAt(), Optional.of(taskTimeouts.grace()))
                    ? Optional.of(StopCause.LINGERING)
                    : Optional.empty();
        }
        if (past(now, state.clock().since(), taskTimeouts.total())) {
            return Optional.of(StopCause.TOTAL);
        }
        if (ended) {
            return past(now, run.ended().get().at(), checkTimeout(state))
                    ? Optional.of(StopCause.CHECK)
                    : Optional.empty();
        }
        if (waits && past(now, state.clock().activeAt(), taskTimeouts.background())) {
            return Optional.of(StopCause.BACKGROUND);
        }
        if (!waits && past(now, state.clock().heardAt(), taskTimeouts.idle())) {
            return Optional.of(StopCause.IDLE);
        }
        return spent;
    }

    /** Returns the limit that is the cause, for people to read. */
    String text(TaskState state, StopCause cause) {
        TaskTimeouts taskTimeouts = state.queue().taskTimeouts();
        return switch (cause) {
            case TOTAL -> text(taskTimeouts.total());
            case IDLE -> text(taskTimeouts.idle());
            case BUDGET -> work.maxCost().map(Usd::toString).orElse("");
            case DAILY_BUDGET ->
                work.daily().map(DailyLimit::maxCost).map(Usd::toString).orElse("");
            case LINGERING -> Durations.toText(taskTimeouts.grace());
            case BACKGROUND -> text(taskTimeouts.background());
            case CHECK -> text(checkTimeout(state));
            case NOT_CHOSEN -> "another attempt";
        };
    }

    private static String text(Optional<Duration> limit) {
        return limit.map(Durations::toText).orElse("");
    }

    private static Optional<Duration> checkTimeout(TaskState state) {
        return state.queue().check().flatMap(CheckSpec::timeout);
    }

    private static boolean past(Instant now, Instant from, Optional<Duration> limit) {
        return limit.filter(time -> now.isAfter(from.plus(time))).isPresent();
    }
}
