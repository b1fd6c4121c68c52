package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import java.util.List;

/** Listener to complete runs. */
public interface RunListener {

    /**
     * Reports a run after all tasks have ended and the results are written.
     *
     * @param attempts attempts at the report's tasks
     */
    default void runEnded(FleetId fleet, FleetReport report, List<AttemptReport> attempts) {}
}
