package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the sources of tasks, and remembers the tasks. */
public final class TaskSearch implements TaskFinder {

    private final TaskSourceListener listener;
    private final Map<String, List<FoundTask>> found = new LinkedHashMap<>();

    public TaskSearch(TaskSourceListener listener) {
        this.listener = listener;
    }

    @Override
    public List<FoundTask> tasksOf(AgentName agent, Supplier<FoundTasks> source) {
        FoundTasks tasks = source.get();
        if (tasks.tasks().isEmpty()) {
            listener.noTasksFound(agent, tasks.nothing());
        } else {
            listener.tasksFound(agent, tasks.source(), tasks.tasks().size(), tasks.leftOut());
        }
        found.put(agent.value(), tasks.tasks());
        return tasks.tasks();
    }

    /**
     * Stores the tasks for {@link StoredTasks}. Does nothing if no agent has a source.
     *
     * @param directory directory of the fleet's results
     * @throws java.io.UncheckedIOException if they can't be written
     */
    public void store(Path directory, FleetId fleet) {
        if (!found.isEmpty()) {
            TasksFile.in(directory).write(fleet, found);
        }
    }
}
