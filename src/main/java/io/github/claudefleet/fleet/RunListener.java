package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import java.util.List;
import java.util.Optional;

/** Listener to complete runs. */
public interface RunListener {

    /**
     * Returns the id of the trace to which the run of a new fleet belongs, 32 hexadecimal digits; empty if runs are not
     * traced.
     */
    default Optional<String> newTrace() {
        return Optional.empty();
    }

    /**
     * Reports a run after all tasks have ended and the results are written.
     *
     * @param attempts attempts at the report's tasks
     */
    default void runEnded(FleetId fleet, FleetReport report, List<AttemptReport> attempts) {}
}
