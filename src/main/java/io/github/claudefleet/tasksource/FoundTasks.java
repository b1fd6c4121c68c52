package io.github.claudefleet.tasksource;

import java.util.List;

/**
 * Tasks that a source has.
 *
 * @param tasks tasks to do
 * @param leftOut number of further tasks, beyond the maximum
 * @param source name of the source
 * @param nothing reason if there are none, as a sentence without a full stop
 */
public record FoundTasks(List<FoundTask> tasks, int leftOut, String source, String nothing) {

    public FoundTasks {
        tasks = List.copyOf(tasks);
    }
}
