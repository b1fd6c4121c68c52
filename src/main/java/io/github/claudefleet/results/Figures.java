package io.github.claudefleet.results;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.TaskReport;
import java.time.Duration;

/**
 * Figures of a task or of a run that are compared with those of an earlier run.
 *
 * @param took duration
 * @param cost cost
 * @param tokensIn tokens that the model read, from the cache or not
 * @param tokensOut tokens that the model wrote
 */
record Figures(Duration took, Usd cost, long tokensIn, long tokensOut) {

    static final Figures NONE = new Figures(Duration.ZERO, Usd.ZERO, 0, 0);

    static Figures of(TaskReport task) {
        return of(task.times().took(), task.usage().cost(), task.usage().tokens());
    }

    static Figures of(Duration took, Usd cost, TokenUsage tokens) {
        return new Figures(took, cost, tokens.input() + tokens.cacheRead() + tokens.cacheCreation(), tokens.output());
    }
}
