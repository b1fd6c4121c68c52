package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Selection;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Configuration of {@code <agent>}: one agent, several replicas, or several attempts at one task. */
public class AgentConfiguration extends WorkConfiguration {

    private static final int MOST_REPLICAS = 500;
    /** Timeout in milliseconds; the CLI raises its own upper limit if this is higher. */
    private static final String BASH_TIMEOUT = "BASH_DEFAULT_TIMEOUT_MS";

    /** Options of the CLI that decide on its session. */
    private static final Set<String> OWN_SESSION =
            Set.of("--session-id", "--resume", "-r", "--continue", "-c", "--fork-session", "--no-session-persistence");

    private String name;
    private Integer replicas;
    private Integer attempts;
    private String select;
    private String judge;
    private WorkspaceConfiguration workspace;
    private EgressConfiguration egress;
    private Map<String, String> environment;
    private String memory;
    private String cpus;
    private Integer pids;
    // A string, because Maven parses every value but "true" as false, which would remove a restriction.
    private String readOnlyRootfs;

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
            Optional<AgentName> judged = queues.judgedBy(agentName);
            List<TaskQueue> work = toQueues(agents, agentName, attempts != null, judged, defaults);
            queues.add(agentName, work);
            toGroup(agentName, agents).ifPresent(group -> {
                AttemptRules.checkWork(group, work);
                queues.add(group);
            });
            return agents.stream()
                    .map(agent -> toSpec(agent, work, defaults))
                    .map(agent -> attempts == null ? agent : agent.ofCandidate())
                    .map(agent -> judged.isPresent() ? toJudge(agent, agentName, work) : agent)
                    .toList();
        } catch (InvalidSpecException e) {
            throw e.of("agent " + name);
        }
    }

    /** Returns the name of the agent that chooses among the attempts, and the name of this agent. */
    Optional<Map.Entry<AgentName, AgentName>> judgeOf() {
        return attempts == null || judge == null || name == null || !AgentName.isOne(name)
                ? Optional.empty()
                : Optional.of(Map.entry(new AgentName(judge.strip()), new AgentName(name)));
    }

    private Optional<CandidateGroup> toGroup(AgentName agentName, List<AgentName> agents) {
        return Optional.ofNullable(attempts)
                .map(any -> new CandidateGroup(
                        agentName,
                        agents,
                        select == null ? Selection.FIRST : Selection.of(select),
                        Optional.ofNullable(judge).map(text -> new AgentName(text.strip()))));
    }

    private static AgentSpec toJudge(AgentSpec agent, AgentName agentName, List<TaskQueue> work) {
        AttemptRules.checkJudge(agentName, work, agent.workspace().origin());
        return agent.withClaude(AttemptRules.withChoice(agent.claude()));
    }

    private List<AgentName> agents(AgentName agentName) {
        AttemptRules.checkParameters(attempts, replicas, select, judge);
        if (replicas == null && attempts == null) {
            return List.of(agentName);
        }
        int number = attempts == null
                ? Numbers.within("agent.replicas", replicas, 1, MOST_REPLICAS)
                : Numbers.within("agent.attempts", attempts, 1, CandidateGroup.MOST);
        return IntStream.rangeClosed(1, number).mapToObj(agentName::replica).toList();
    }

    private AgentSpec toSpec(AgentName agent, List<TaskQueue> work, AgentDefaults defaults) {
        Optional<TaskQueue> own =
                work.stream().filter(queue -> queue.agents().contains(agent)).findFirst();
        Workspace place = (workspace == null ? defaults.workspace() : workspace.over(defaults.workspace()))
                .toSpec(defaults.configurationContext());
        own.ifPresent(queue -> checkWorkspace(place.origin(), queue));
        own.ifPresent(queue -> checkSession(toOptions(defaults), queue));
        if (attempts != null) {
            AttemptRules.checkWorkspace(place.origin());
        }
        return new AgentSpec(
                agent,
                own.filter(TaskQueue::atOnce).map(AgentConfiguration::onlyPrompt),
                own.filter(queue -> !queue.atOnce()).isPresent(),
                place,
                EnvironmentRules.check(merged(defaults), defaults.login().mode()),
                toOptions(defaults, own.filter(TaskQueue::atOnce)),
                toLimits(),
                defaults.egress(egress),
                toReadOnlyRootfs());
    }

    /** Refuses work that needs another kind of workspace. */
    private static void checkWorkspace(WorkspaceOrigin origin, TaskQueue queue) {
        if (origin.agentStart().isPresent() && queue.dependsOn().isEmpty()) {
            throw new InvalidSpecException(
                    "workspace.start",
                    "is agents, but the agent depends on none",
                    "Name those whose work it starts from in <dependsOn>.");
        }
        if (queue.check().filter(CheckSpec::isInspected).isPresent()
                && !origin.strategy().isOwn()) {
            throw new InvalidSpecException(
                    "agent.check",
                    "has <where> or <protect>, but strategy "
                            + origin.strategy().value() + " lets the agent change the directory itself",
                    "Use workspace strategy worktree, clone or copy, or leave them out.");
        }
    }

    /** Refuses arguments with which the CLI can't continue the session of the first round. */
    private static void checkSession(ClaudeOptions options, TaskQueue queue) {
        boolean rounds = queue.check().filter(check -> check.rounds() > 0).isPresent();
        options.arguments().stream()
                .map(argument -> argument.split("=", 2)[0])
                .filter(argument -> rounds && OWN_SESSION.contains(argument))
                .findFirst()
                .ifPresent(argument -> {
                    throw new InvalidSpecException(
                            "agent.check.rounds",
                            "need the session of the first round, but claudeArguments have " + argument,
                            "Take one of them away.");
                });
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

    private Optional<Boolean> toReadOnlyRootfs() {
        return Optional.ofNullable(readOnlyRootfs).map(text -> Flags.read("agent.readOnlyRootfs", text, true));
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
