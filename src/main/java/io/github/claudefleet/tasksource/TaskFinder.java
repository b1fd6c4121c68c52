package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.AgentName;
import java.util.List;
import java.util.function.Supplier;

/** Provider of the tasks of agents that have a source of tasks. */
@FunctionalInterface
public interface TaskFinder {

    /** Reads no source, for goals that give nothing to agents. */
    TaskFinder NONE = (agent, source) -> List.of();

    /**
     * Returns the tasks of an agent in this run.
     *
     * @param agent name in the pom
     * @param source reads the source
     */
    List<FoundTask> tasksOf(AgentName agent, Supplier<FoundTasks> source);
}
