package io.github.claudefleet.console;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.tasksource.TaskSourceListener;

/** Formats the search for tasks. */
final class ConsoleTaskSourceListener implements TaskSourceListener {

    private final LogSink sink;

    ConsoleTaskSourceListener(LogSink sink) {
        this.sink = sink;
    }

    @Override
    public void tasksFound(AgentName agent, String source, int tasks, int leftOut) {
        String line = "Agent " + agent + " has " + Phrases.count(tasks, "task") + " from " + source;
        if (leftOut == 0) {
            sink.info(line);
        } else {
            sink.warn(line + "; " + leftOut + " more are left out (tasksFrom.maxTasks)");
        }
    }

    @Override
    public void noTasksFound(AgentName agent, String reason) {
        sink.info("Agent " + agent + " has no tasks in this run: " + reason);
    }
}
