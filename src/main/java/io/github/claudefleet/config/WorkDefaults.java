package io.github.claudefleet.config;

import io.github.claudefleet.spec.Clocks;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the fleet as a whole says of work: how much at once, how long, for how much; null is what it is silent about. */
public class WorkDefaults {

    private static final int MOST_AT_ONCE = 500;

    private Integer maxConcurrent;
    private String stagger;
    private String maxCost;
    private String taskTimeout;
    private String idleTimeout;
    private String endTimeout;

    /** {@code maxConcurrent}; null means as many as there are agents. */
    public WorkDefaults maxConcurrent(Integer value) {
        maxConcurrent = value;
        return this;
    }

    /** {@code stagger}; null means none. */
    public WorkDefaults stagger(String value) {
        stagger = value;
        return this;
    }

    /** {@code maxCost} of the fleet; null means no limit. */
    public WorkDefaults maxCost(String value) {
        maxCost = value;
        return this;
    }

    /** {@code taskTimeout}; null means an hour. */
    public WorkDefaults taskTimeout(String value) {
        taskTimeout = value;
        return this;
    }

    /** {@code idleTimeout}; null means a quarter of an hour. */
    public WorkDefaults idleTimeout(String value) {
        idleTimeout = value;
        return this;
    }

    /** {@code endTimeout}; null means ten seconds. */
    public WorkDefaults endTimeout(String value) {
        endTimeout = value;
        return this;
    }

    /** Whether an agent may begin before anybody watches over what all cost and how many work. */
    boolean holdBack() {
        return maxConcurrent != null || stagger != null || maxCost != null;
    }

    WorkSpec toSpec(List<TaskQueue> queues, LoginSpec.Quota quota) {
        return new WorkSpec(
                queues,
                Optional.ofNullable(maxConcurrent).map(most -> Numbers.within("maxConcurrent", most, 1, MOST_AT_ONCE)),
                stagger == null ? Duration.ZERO : Durations.parse("stagger", stagger),
                Optional.ofNullable(maxCost).map(text -> Usd.parse("maxCost", text)),
                quota);
    }

    /** The clocks of an agent, each its own where it has one; null is what it is silent about. */
    Clocks toClocks(String ownTotal, String ownIdle, String ownEnd) {
        return new Clocks(
                limit("taskTimeout", ownTotal, taskTimeout, Clocks.DEFAULT.total()),
                limit("idleTimeout", ownIdle, idleTimeout, Clocks.DEFAULT.idle()),
                limit("endTimeout", ownEnd, endTimeout, Optional.of(Clocks.DEFAULT.grace()))
                        .orElseThrow(() -> new InvalidSpecException(
                                "endTimeout", "can't be none", "Use a duration such as 10s.")));
    }

    /** A limit that is {@code none} is no limit. */
    private static Optional<Duration> limit(String parameter, String own, String ofFleet, Optional<Duration> standard) {
        String text = own == null ? ofFleet : own;
        if (text == null) {
            return standard;
        }
        return text.strip().equals("none") ? Optional.empty() : Optional.of(Durations.parse(parameter, text));
    }
}
