package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.spec.LocalTimes;
import io.github.claudefleet.task.TaskAttempt;
import io.github.claudefleet.task.TaskBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reports periodically the work of each agent, the overall progress and the cost, and what holds tasks up. */
final class ProgressLines {

    private static final Duration IN_PLACE = Duration.ofSeconds(1);
    private static final Duration AS_LINES = Duration.ofSeconds(15);

    private final SupervisionListener listener;
    private Instant last;
    private Optional<Instant> hold = Optional.empty();

    ProgressLines(SupervisionListener listener, Instant begin) {
        this.listener = listener;
        this.last = begin;
    }

    void show(TaskBoard board, Instant now) {
        if (now.isBefore(last.plus(listener.showsInPlace() ? IN_PLACE : AS_LINES))) {
            return;
        }
        last = now;
        listener.activity(
                board.running().stream().map(run -> atWork(run, now)).toList(),
                board.over(),
                board.size(),
                board.cost());
    }

    /** Warns that no task starts until then, once for each such time; empty if nothing is held. */
    void showHold(Optional<Instant> until, Instant now) {
        if (until.isPresent() && !until.equals(hold)) {
            listener.launchesHeld(LocalTimes.toText(until.get(), now));
        }
        hold = until;
    }

    private static AgentActivity atWork(TaskAttempt run, Instant now) {
        return new AgentActivity(
                run.task(),
                run.agent(),
                run.waitsFor()
                        .map(what -> "waits for " + what)
                        .or(() -> run.lastStep().map(ProgressLines::words))
                        .orElse(""),
                run.stepsInAll(),
                Duration.between(run.beganAt(), now));
    }

    private static String words(ToolUse step) {
        return step.target().isEmpty() ? step.tool() : step.tool() + " " + step.target();
    }
}
