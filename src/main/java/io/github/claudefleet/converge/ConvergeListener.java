package io.github.claudefleet.converge;

import io.github.claudefleet.plan.Plan;
import java.time.Duration;

/** Listener to the execution of plans and to rollbacks. Calls come from several threads. */
public interface ConvergeListener {

    /** Reports that an operation was executed. */
    default void executed(Plan.Step step, Duration took) {}

    /** Reports that an incomplete start was rolled back. */
    default void rolledBack(int containers) {}

    /**
     * Warns of a resource that could not be rolled back.
     *
     * @param resource kind and name of the resource
     */
    default void rollbackFailed(String resource, String reason) {}
}
