package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Dependency;
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
    private TasksFromConfiguration tasksFrom;
    private Map<String, String> placeholders;
    private List<DependencyConfiguration> dependsOn;
    private String taskTimeout;
    private String idleTimeout;
    private String backgroundTimeout;
    private String endTimeout;
    private String bashTimeout;
    private String maxCost;
    private Integer retries;
    private CheckConfiguration check;

    /**
     * Returns the queues of the replicas: one for each if they have a prompt, one for all if they share tasks, none if
     * they are idle. Dependencies are named as in the pom.
     *
     * @param candidates true if the agents are candidates, which all get the same prompt
     * @param judged agent whose attempts this one judges, if any
     */
    final List<TaskQueue> toQueues(
            List<AgentName> agents,
            AgentName name,
            boolean candidates,
            Optional<AgentName> judged,
            AgentDefaults defaults) {
        checkOneSource();
        if (prompt != null || promptFile != null) {
            return IntStream.range(0, agents.size())
                    .mapToObj(index -> promptQueue(
                            agents.get(index),
                            candidates
                                    ? placeholders(name, Map.of(), defaults)
                                    : placeholders(
                                            agents.get(index), Map.of("replica", String.valueOf(index + 1)), defaults),
                            candidates,
                            judged,
                            defaults))
                    .toList();
        }
        if (tasks == null && tasksFrom == null) {
            return List.of();
        }
        Placeholders known = placeholders(name, Map.of(), defaults);
        List<Task> resolved = tasks == null
                ? tasksFrom.toTasks(name, known, defaults.configurationContext())
                : TaskTexts.of(tasks, defaults.baseDirectory()).toTasks(name, known);
        return List.of(queue(name, resolved, agents, false, toDependencies(judged), defaults));
    }

    private TaskQueue promptQueue(
            AgentName agent,
            Placeholders known,
            boolean candidate,
            Optional<AgentName> judged,
            AgentDefaults defaults) {
        String text = promptFile == null
                ? prompt
                : PromptFiles.read("agent.promptFile", PathText.resolve(defaults.baseDirectory(), promptFile));
        Task task = new Task(TaskId.of(agent), new Prompt(known.resolve(text)));
        List<Dependency> dependencies = toDependencies(judged);
        boolean atOnce = !defaults.work().holdBack() && dependencies.isEmpty() && !hasRounds() && !candidate;
        return queue(agent, List.of(task), List.of(agent), atOnce, dependencies, defaults);
    }

    private Optional<CheckSpec> toCheck() {
        return Optional.ofNullable(check).flatMap(CheckConfiguration::toSpec);
    }

    /** Checks for rounds, each of which is sent to the agent. */
    private boolean hasRounds() {
        return toCheck().filter(one -> one.rounds() > 0).isPresent();
    }

    /** Returns the dependencies. A judge waits for all attempts, also for those that fail. */
    private List<Dependency> toDependencies(Optional<AgentName> judged) {
        Stream<Dependency> configured =
                dependsOn == null ? Stream.empty() : dependsOn.stream().map(WorkConfiguration::toDependency);
        return Stream.concat(
                        configured.filter(one -> !judged.equals(Optional.of(one.agent()))),
                        judged.map(Dependency::onEnd).stream())
                .toList();
    }

    private static Dependency toDependency(DependencyConfiguration one) {
        TaskId id = TaskId.parse(one.name());
        return new Dependency(
                id.queue(),
                id.queue(),
                Optional.of(id).filter(task -> task.part().isPresent()),
                one.continues());
    }

    private TaskQueue queue(
            AgentName name,
            List<Task> tasks,
            List<AgentName> agents,
            boolean atOnce,
            List<Dependency> dependencies,
            AgentDefaults defaults) {
        return new TaskQueue(
                name,
                tasks,
                agents,
                atOnce,
                dependencies,
                defaults.work().toTaskTimeouts(taskTimeout, idleTimeout, backgroundTimeout, endTimeout),
                Optional.ofNullable(maxCost).map(text -> Usd.parse("agent.maxCost", text)),
                retries == null ? TaskQueue.DEFAULT_RETRIES : Numbers.within("agent.retries", retries, 0, MOST_RETRIES),
                toCheck());
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
