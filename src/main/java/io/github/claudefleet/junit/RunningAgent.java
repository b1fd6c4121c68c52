package io.github.claudefleet.junit;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Agent of a test class's fleet, as its tests see it. Thread-safe. */
public final class RunningAgent {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final FleetRun run;
    private final AgentName name;

    RunningAgent(FleetRun run, AgentName name) {
        this.run = run;
        this.name = name;
    }

    /** Returns the agent's name. */
    public String name() {
        return name.value();
    }

    /** Returns the reports on the agent's tasks, in their order, once all tasks of the fleet have ended. */
    public List<TaskReport> tasks() {
        return run.await().tasks().stream().filter(this::isOwn).toList();
    }

    /**
     * Returns the report on the agent's only task, once all tasks of the fleet have ended.
     *
     * @throws IllegalStateException if it has none or several
     */
    public TaskReport task() {
        List<TaskReport> tasks = tasks();
        if (tasks.size() != 1) {
            throw new IllegalStateException("agent " + name + " has " + tasks.size() + " tasks: " + ids(tasks));
        }
        return tasks.get(0);
    }

    /**
     * Returns the report on one of the agent's tasks, once all tasks of the fleet have ended.
     *
     * @param task name of the task among the agent's
     * @throws IllegalStateException if it has no task of that name
     */
    public TaskReport task(String task) {
        List<TaskReport> tasks = tasks();
        return tasks.stream()
                .filter(one -> one.task().part().filter(task::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "agent " + name + " has no task \"" + task + "\"; its tasks are " + ids(tasks)));
    }

    /** Returns the agent's changes as git's patch, once all tasks of the fleet have ended; empty if there are none. */
    public String patch() {
        run.await();
        Path file = run.results().resolve(name.value()).resolve("changes.patch");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read: " + FileProblem.of(e), e);
        }
    }

    /**
     * Runs a command in the agent's container, in its workspace, for two minutes at most. The container of an agent with
     * a prompt may have ended.
     *
     * @param command program and arguments, without secrets
     * @throws io.github.claudefleet.engine.EngineException if the container does not run, or the time is over
     */
    public ExecResult exec(String... command) {
        return run.exec(name, LIMIT, command);
    }

    private boolean isOwn(TaskReport task) {
        return task.agent().orElse(task.task().queue()).equals(name);
    }

    private static List<String> ids(List<TaskReport> tasks) {
        return tasks.stream().map(task -> task.task().toString()).toList();
    }
}
