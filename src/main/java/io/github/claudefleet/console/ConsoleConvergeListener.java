package io.github.claudefleet.console;

import io.github.claudefleet.converge.ConvergeListener;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;

/** Formats the changes of the engine. */
final class ConsoleConvergeListener implements ConvergeListener {

    private final LogSink sink;

    ConsoleConvergeListener(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void executed(Plan.Step step, Duration took) {
        sink.info(Phrases.sentence(step.operation().textWhenDone()) + " ("
                + step.cause().text() + "), " + Durations.toText(took));
    }

    @Override
    public void rolledBack(int containers) {
        sink.info("Removed what this start had made (" + Phrases.count(containers, "container") + ")");
    }

    @Override
    public void rollbackFailed(String resource, String reason) {
        sink.warn("Could not roll back: " + resource + " (" + reason + "). Remove it with: mvn claude-fleet:stop");
    }
}
