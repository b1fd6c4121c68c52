package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Configuration of {@code <agent>}: one agent, or several replicas. */
public class AgentConfiguration extends WorkConfiguration {

    private static final int MOST_REPLICAS = 500;
    /** Timeout in milliseconds; the CLI raises its own upper limit if this is higher. */
    private static final String BASH_TIMEOUT = "BASH_DEFAULT_TIMEOUT_MS";

    private String name;
    private Integer replicas;
    private WorkspaceConfiguration workspace;
    private Map<String, String> environment;
    private String memory;
    private String cpus;
    private Integer pids;

    /** Creates identical agents {@code worker-1}, {@code worker-2} … for the command line. */
    static AgentConfiguration workers(int number) {
        AgentConfiguration workers = new AgentConfiguration();
        workers.name = "worker";
        workers.replicas = Numbers.within("workers", number, 1, MOST_REPLICAS);
        return workers;
    }

    /** Returns one agent for each replica, and adds their work to the queues. */
    List<AgentSpec> toSpecs(AgentDefaults defaults, TaskQueues queues) {
        AgentName agentName = new AgentName(name);
        try {
            List<AgentName> agents = agents(agentName);
            List<TaskQueue> work = toQueues(agents, agentName, defaults);
            queues.add(agentName, work);
            return agents.stream().map(agent -> toSpec(agent, work, defaults)).toList();
        } catch (InvalidSpecException e) {
            throw e.of("agent " + name);
        }
    }

    private List<AgentName> agents(AgentName agentName) {
        if (replicas == null) {
            return List.of(agentName);
        }
        return IntStream.rangeClosed(1, Numbers.within("agent.replicas", replicas, 1, MOST_REPLICAS))
                .mapToObj(agentName::replica)
                .toList();
    }

    private AgentSpec toSpec(AgentName agent, List<TaskQueue> work, AgentDefaults defaults) {
        Optional<TaskQueue> own =
                work.stream().filter(queue -> queue.agents().contains(agent)).findFirst();
        return new AgentSpec(
                agent,
                own.filter(TaskQueue::atOnce).map(AgentConfiguration::onlyPrompt),
                own.filter(queue -> !queue.atOnce()).isPresent(),
                (workspace == null ? defaults.workspace() : workspace.over(defaults.workspace()))
                        .toSpec(defaults.configurationContext()),
                EnvironmentRules.check(merged(defaults), defaults.login().mode()),
                toOptions(defaults, own.filter(TaskQueue::atOnce)),
                toLimits());
    }

    /** Sets the budget if the prompt is sent at once. Otherwise the budget is sent with the task. */
    private ClaudeOptions toOptions(AgentDefaults defaults, Optional<TaskQueue> atOnce) {
        ClaudeOptions options = toOptions(defaults);
        return atOnce.flatMap(TaskQueue::maxCost).map(options::withBudget).orElse(options);
    }

    private static Prompt onlyPrompt(TaskQueue queue) {
        Task only = queue.tasks().get(0);
        return only.prompt();
    }

    /** Merges the environments, in which {@code BASH_DEFAULT_TIMEOUT_MS} overrides the configured timeout. */
    private SortedMap<String, String> merged(AgentDefaults defaults) {
        SortedMap<String, String> merged = new TreeMap<>();
        toBashTimeout(defaults).ifPresent(time -> merged.put(BASH_TIMEOUT, String.valueOf(time.toMillis())));
        merged.putAll(defaults.environment());
        if (environment != null) {
            merged.putAll(environment);
        }
        return merged;
    }

    private ResourceLimits toLimits() {
        return ResourceLimits.of(
                Optional.ofNullable(memory).map(text -> MemorySize.parse("agent.memory", text)),
                Optional.ofNullable(cpus).map(AgentConfiguration::parseCpus),
                Optional.ofNullable(pids));
    }

    private static double parseCpus(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidSpecException(
                    "agent.cpus", "\"" + text + "\" is not a number", "Use a number of processors such as 0.5 or 2.");
        }
    }
}
