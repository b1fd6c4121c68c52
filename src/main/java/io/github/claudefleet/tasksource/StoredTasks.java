package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Returns the tasks that the fleet was started with. The source may have changed since, as test reports do when tests
 * run, and agents do only what they were started with.
 *
 * @param directory directory of the fleet's results
 */
public record StoredTasks(Path directory, FleetId fleet) implements TaskFinder {

    /** @throws io.github.claudefleet.spec.InvalidSpecException if {@code start} has stored none for this agent */
    @Override
    public List<FoundTask> tasksOf(AgentName agent, Supplier<FoundTasks> source) {
        return TasksFile.in(directory).read(fleet, agent);
    }
}
