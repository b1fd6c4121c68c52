package io.github.claudefleet.config;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the fleet as a whole says of work: how much at once, how long, for how much; null is what it is silent about. */
public class WorkDefaults {

    private static final int MOST_AT_ONCE = 500;
    /** The most that the CLI of itself lets a model ask for. */
    private static final Duration JAVA_BASH_TIMEOUT = Duration.ofMinutes(10);

    private Integer maxConcurrent;
    private String stagger;
    private String maxCost;
    private String taskTimeout;
    private String idleTimeout;
    private String backgroundTimeout;
    private String endTimeout;
    private String bashTimeout;

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

    /** {@code backgroundTimeout}; null means a quarter of an hour. */
    public WorkDefaults backgroundTimeout(String value) {
        backgroundTimeout = value;
        return this;
    }

    /** {@code bashTimeout}; null means the CLI's own, or ten minutes for agents that build with Maven. */
    public WorkDefaults bashTimeout(String value) {
        bashTimeout = value;
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
    TaskTimeouts toTaskTimeouts(String ownTotal, String ownIdle, String ownBackground, String ownEnd) {
        return new TaskTimeouts(
                limit("taskTimeout", ownTotal, taskTimeout, TaskTimeouts.DEFAULT.total()),
                idle(ownIdle),
                limit("backgroundTimeout", ownBackground, backgroundTimeout, TaskTimeouts.DEFAULT.background()),
                limit("endTimeout", ownEnd, endTimeout, Optional.of(TaskTimeouts.DEFAULT.grace()))
                        .orElseThrow(() -> new InvalidSpecException(
                                "endTimeout", "can't be none", "Use a duration such as 10s.")));
    }

    private Optional<Duration> idle(String own) {
        return limit("idleTimeout", own, idleTimeout, TaskTimeouts.DEFAULT.idle());
    }

    /**
     * How long a command may be waited for, where that is not left to the CLI.
     *
     * @param ownIdle the agent's {@code idleTimeout}, which a command that says nothing must not reach
     * @param java whether agents build with Maven, which takes longer than the CLI waits
     */
    Optional<Duration> toBashTimeout(String own, String ownIdle, boolean java) {
        String text = own == null ? bashTimeout : own;
        Optional<Duration> idle = idle(ownIdle);
        if (text == null) {
            return Optional.of(JAVA_BASH_TIMEOUT)
                    .filter(time -> java)
                    .map(time -> idle.filter(most -> most.compareTo(time) <= 0)
                            .map(most -> most.dividedBy(2))
                            .orElse(time));
        }
        Duration time = Durations.parse("bashTimeout", text);
        if (idle.filter(most -> most.compareTo(time) <= 0).isPresent()) {
            throw new InvalidSpecException(
                    "bashTimeout",
                    "of " + Durations.toText(time) + " is not less than idleTimeout, " + Durations.toText(idle.get())
                            + ": a task would be stopped as hung while it waits for a command that says nothing",
                    "Raise idleTimeout, or lower bashTimeout.");
        }
        return Optional.of(time);
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
