package io.github.claudefleet.config;

import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.DailyLimit;
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

/** Work settings of the fleet as a whole: concurrency, time and cost; null if not configured. */
public class WorkDefaults {

    private static final int MOST_AT_ONCE = 500;
    private static final String COST_DIRECTORY = "~/.claude-fleet/costs";
    /** Maximum that the CLI by default lets a model request. */
    private static final Duration JAVA_BASH_TIMEOUT = Duration.ofMinutes(10);

    private Integer maxConcurrent;
    private String stagger;
    private String maxCost;
    private String maxCostPerDay;
    private String costDirectory;
    private String taskTimeout;
    private String idleTimeout;
    private String backgroundTimeout;
    private String endTimeout;
    private String bashTimeout;

    /** Sets {@code maxConcurrent}; null means as many as there are agents. */
    public WorkDefaults maxConcurrent(Integer value) {
        maxConcurrent = value;
        return this;
    }

    /** Sets {@code stagger}; null means none. */
    public WorkDefaults stagger(String value) {
        stagger = value;
        return this;
    }

    /** Sets {@code maxCost} of the fleet; null means no limit. */
    public WorkDefaults maxCost(String value) {
        maxCost = value;
        return this;
    }

    /** Sets {@code maxCostPerDay} of the project; null means no limit. */
    public WorkDefaults maxCostPerDay(String value) {
        maxCostPerDay = value;
        return this;
    }

    /** Sets {@code costDirectory}; null means {@code ~/.claude-fleet/costs}. */
    public WorkDefaults costDirectory(String value) {
        costDirectory = value;
        return this;
    }

    /** Sets {@code taskTimeout}; null means an hour. */
    public WorkDefaults taskTimeout(String value) {
        taskTimeout = value;
        return this;
    }

    /** Sets {@code idleTimeout}; null means a quarter of an hour. */
    public WorkDefaults idleTimeout(String value) {
        idleTimeout = value;
        return this;
    }

    /** Sets {@code backgroundTimeout}; null means a quarter of an hour. */
    public WorkDefaults backgroundTimeout(String value) {
        backgroundTimeout = value;
        return this;
    }

    /** Sets {@code bashTimeout}; null means the CLI's own, or ten minutes for agents that build with Maven. */
    public WorkDefaults bashTimeout(String value) {
        bashTimeout = value;
        return this;
    }

    /** Sets {@code endTimeout}; null means ten seconds. */
    public WorkDefaults endTimeout(String value) {
        endTimeout = value;
        return this;
    }

    /** Returns true if agents may start only while the total cost and the concurrency are supervised. */
    boolean holdBack() {
        return maxConcurrent != null || stagger != null || maxCost != null || maxCostPerDay != null;
    }

    WorkSpec toSpec(
            List<TaskQueue> queues,
            List<CandidateGroup> groups,
            LoginSpec.Quota quota,
            ConfigurationContext configurationContext) {
        return new WorkSpec(
                queues,
                groups,
                Optional.ofNullable(maxConcurrent).map(most -> Numbers.within("maxConcurrent", most, 1, MOST_AT_ONCE)),
                stagger == null ? Duration.ZERO : Durations.parse("stagger", stagger),
                Optional.ofNullable(maxCost).map(text -> Usd.parse("maxCost", text)),
                toDaily(configurationContext),
                quota);
    }

    private Optional<DailyLimit> toDaily(ConfigurationContext configurationContext) {
        return Optional.ofNullable(maxCostPerDay)
                .map(text -> new DailyLimit(
                        Usd.parse("maxCostPerDay", text),
                        HostPaths.resolve(
                                costDirectory == null ? COST_DIRECTORY : costDirectory, configurationContext)));
    }

    /** Returns the time limits of an agent; its own values override the fleet's, and null means not configured. */
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
     * Returns the maximum time to wait for a command; empty for the CLI's own default.
     *
     * @param ownIdle the agent's {@code idleTimeout}, which a silent command must not reach
     * @param java true if agents build with Maven, which takes longer than the CLI waits
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

    /** Returns a limit; {@code none} means no limit. */
    private static Optional<Duration> limit(String parameter, String own, String ofFleet, Optional<Duration> standard) {
        String text = own == null ? ofFleet : own;
        if (text == null) {
            return standard;
        }
        return text.strip().equals("none") ? Optional.empty() : Optional.of(Durations.parse(parameter, text));
    }
}
