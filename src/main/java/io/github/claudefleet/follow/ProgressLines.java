package io.github.claudefleet.follow;

import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.work.Board;
import io.github.claudefleet.work.Run;
import io.github.claudefleet.work.Step;
import java.time.Duration;
import java.time.Instant;

/** Says now and then who is at what, how far all is, and what it has cost. */
final class ProgressLines {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final FleetLog log;
    private Instant last;

    ProgressLines(FleetLog log, Instant begin) {
        this.log = log;
        this.last = begin;
    }

    void show(Board board, Instant now) {
        if (now.isBefore(last.plus(INTERVAL))) {
            return;
        }
        last = now;
        board.running().forEach(run -> show(run, now));
        log.workAt(board.over(), board.size(), board.running().size(), board.cost());
    }

    private void show(Run run, Instant now) {
        String step = run.lastStep().map(ProgressLines::words).orElse("");
        log.taskAt(run.task(), run.agent(), step, run.stepsInAll(), Duration.between(run.beganAt(), now));
    }

    private static String words(Step step) {
        return step.target().isEmpty() ? step.tool() : step.tool() + " " + step.target();
    }
}
