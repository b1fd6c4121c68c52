package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Work of an {@code <agent>}: one prompt for each replica, or tasks that they share. */
abstract class WorkConfiguration extends ClaudeConfiguration {

    private static final int MOST_RETRIES = 20;

    private String prompt;
    private String promptFile;
    private List<TaskConfiguration> tasks;
    private String tasksFrom;
    private Map<String, String> placeholders;
    private List<String> dependsOn;
    private String taskTimeout;
    private String idleTimeout;
    private String backgroundTimeout;
    private String endTimeout;
    private String bashTimeout;
    private String maxCost;
    private Integer retries;
    private String check;

    /**
     * Returns the queues of the replicas: one for each if they have a prompt, one for all if they share tasks, none if
     * they are idle. Dependencies are named as in the pom.
     */
    final List<TaskQueue> toQueues(List<AgentName> agents, AgentName name, AgentDefaults defaults) {
        checkOneSource();
        if (prompt != null || promptFile != null) {
            return IntStream.range(0, agents.size())
                    .mapToObj(index -> promptQueue(agents.get(index), index + 1, defaults))
                    .toList();
        }
        if (tasks == null && tasksFrom == null) {
            return List.of();
        }
        Placeholders known = placeholders(name, Map.of(), defaults);
        TaskTexts texts = tasks == null
                ? TaskTexts.from(PathText.resolve(defaults.baseDirectory(), tasksFrom))
                : TaskTexts.of(tasks, defaults.baseDirectory());
        List<Task> resolved = texts.toTasks(name, known);
        return List.of(queue(name, resolved, agents, false, defaults));
    }

    private TaskQueue promptQueue(AgentName agent, int replica, AgentDefaults defaults) {
        Placeholders known = placeholders(agent, Map.of("replica", String.valueOf(replica)), defaults);
        String text = promptFile == null
                ? prompt
                : PromptFiles.read("agent.promptFile", PathText.resolve(defaults.baseDirectory(), promptFile));
        Task task = new Task(TaskId.of(agent), new Prompt(known.resolve(text)));
        boolean atOnce = !defaults.work().holdBack() && !hasDependencies();
        return queue(agent, List.of(task), List.of(agent), atOnce, defaults);
    }

    private boolean hasDependencies() {
        return dependsOn != null && !dependsOn.isEmpty();
    }

    private TaskQueue queue(
            AgentName name, List<Task> tasks, List<AgentName> agents, boolean atOnce, AgentDefaults defaults) {
        return new TaskQueue(
                name,
                tasks,
                agents,
                atOnce,
                hasDependencies() ? dependsOn.stream().map(AgentName::new).toList() : List.of(),
                defaults.work().toTaskTimeouts(taskTimeout, idleTimeout, backgroundTimeout, endTimeout),
                Optional.ofNullable(maxCost).map(text -> Usd.parse("agent.maxCost", text)),
                retries == null ? TaskQueue.DEFAULT_RETRIES : Numbers.within("agent.retries", retries, 0, MOST_RETRIES),
                Optional.ofNullable(check).filter(text -> !text.isBlank()));
    }

    /** Returns the time after which the CLI moves a command to the background; empty for the CLI's own default. */
    final Optional<Duration> toBashTimeout(AgentDefaults defaults) {
        return defaults.work().toBashTimeout(bashTimeout, idleTimeout, defaults.java());
    }

    private Placeholders placeholders(AgentName agent, Map<String, String> more, AgentDefaults defaults) {
        Map<String, String> values = new HashMap<>();
        values.put("agent", agent.value());
        values.put("fleet", defaults.fleet().value());
        values.putAll(more);
        if (placeholders != null) {
            placeholders.forEach((name, value) -> values.put(name, value == null ? "" : value));
        }
        return new Placeholders(defaults.properties(), values);
    }

    private void checkOneSource() {
        long sources = Stream.of(prompt, promptFile, tasks, tasksFrom)
                .filter(source -> source != null)
                .count();
        if (sources > 1) {
            throw new InvalidSpecException(
                    "agent.prompt",
                    "is set beside another of agent.promptFile, agent.tasks and agent.tasksFrom",
                    "Keep one of them.");
        }
    }
}
