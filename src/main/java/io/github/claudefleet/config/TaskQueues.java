package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.Dependency;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.Reference;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Work of all agents, with dependencies resolved to names of queues. */
final class TaskQueues {

    private final Map<AgentName, List<TaskQueue>> byAgent = new LinkedHashMap<>();
    private final Map<AgentName, AgentName> judges = new HashMap<>();
    private final List<CandidateGroup> groups = new ArrayList<>();

    /**
     * Adds a judge, before any queue is added.
     *
     * @param judged agent whose attempts it judges
     * @throws InvalidSpecException if it judges those of another agent already
     */
    void addJudge(AgentName judge, AgentName judged) {
        AgentName other = judges.put(judge, judged);
        if (other != null && !other.equals(judged)) {
            throw new InvalidSpecException(
                    "agent.judge",
                    "\"" + judge + "\" is the judge of " + other + " and of " + judged,
                    "Give each of them a judge of its own.");
        }
    }

    /** Returns the agent whose attempts this one judges. */
    Optional<AgentName> judgedBy(AgentName agent) {
        return Optional.ofNullable(judges.get(agent));
    }

    /** Adds candidates. */
    void add(CandidateGroup group) {
        groups.add(group);
    }

    /**
     * Returns all candidates.
     *
     * @throws InvalidSpecException if a judge is no agent of the fleet
     */
    List<CandidateGroup> groups() {
        groups.forEach(group -> group.judge()
                .filter(judge -> !byAgent.containsKey(judge))
                .ifPresent(judge -> {
                    throw new InvalidSpecException(
                            "agent.judge",
                            "of agent " + group.name() + " names \"" + judge + "\", which is no agent of this fleet",
                            "Name an agent that has a prompt, as it is called in the pom.");
                }));
        return List.copyOf(groups);
    }

    /** Adds the queues of an agent of the pom; an idle agent has none. */
    void add(AgentName agent, List<TaskQueue> queues) {
        byAgent.put(agent, queues);
    }

    /**
     * Returns all queues, in the pom's order.
     *
     * @throws InvalidSpecException if one depends on an unknown agent or on one without work, or if there is a cycle
     */
    List<TaskQueue> all() {
        byAgent.keySet().forEach(agent -> refuseCircle(agent, new ArrayList<>()));
        return byAgent.values().stream()
                .flatMap(List::stream)
                .map(this::resolved)
                .toList();
    }

    private TaskQueue resolved(TaskQueue queue) {
        List<Dependency> dependencies = queue.dependsOn().stream()
                .flatMap(dependency -> resolved(queue.name(), dependency).stream())
                .toList();
        return new TaskQueue(
                queue.name(),
                queue.tasks().stream()
                        .map(task -> referring(task, queue, judges.containsKey(queue.name())))
                        .toList(),
                queue.agents(),
                queue.atOnce(),
                dependencies,
                queue.taskTimeouts(),
                queue.maxCost(),
                queue.retries(),
                queue.check());
    }

    private List<Dependency> resolved(AgentName dependent, Dependency wanted) {
        List<TaskQueue> queues = queuesOf(dependent, wanted.agent());
        List<TaskQueue> with = queues.stream()
                .filter(queue -> wanted.task().isEmpty()
                        || queue.tasks().stream().anyMatch(task -> wanted.task().equals(Optional.of(task.id()))))
                .toList();
        if (with.isEmpty()) {
            throw new InvalidSpecException(
                    "agent.dependsOn",
                    "of agent " + dependent + " names \"" + wanted.task().orElseThrow()
                            + "\", which is no task of agent " + wanted.agent(),
                    "Name one of its tasks, or the agent for all of them.");
        }
        return with.stream()
                .map(queue -> new Dependency(wanted.agent(), queue.name(), wanted.task(), wanted.evenIfFailed()))
                .toList();
    }

    /**
     * Marks a prompt that refers to what other agents made, and resolves the escapes of any other. A judge's prompt is
     * always completed later.
     */
    private static Task referring(Task task, TaskQueue queue, boolean ofJudge) {
        String text = task.prompt().text();
        List<Reference> references = Reference.in(text);
        references.forEach(reference -> checkReference(reference, queue));
        return new Task(
                task.id(),
                references.isEmpty() && !ofJudge
                        ? new Prompt(Reference.replace(text, Reference::toString))
                        : new Prompt(text, true));
    }

    private static void checkReference(Reference reference, TaskQueue queue) {
        boolean known = queue.dependsOn().stream()
                .filter(dependency -> dependency.agent().equals(reference.agent()))
                .anyMatch(dependency -> reference.task().isEmpty()
                        || dependency.task().isEmpty()
                        || dependency.task().flatMap(TaskId::part).equals(reference.task()));
        if (!known) {
            throw new InvalidSpecException(
                    "agent.prompt",
                    "of agent " + queue.name() + " has " + reference + ", but the agent does not depend on "
                            + reference.target(),
                    "Add it to <dependsOn>, so that it is over before.");
        }
    }

    private List<TaskQueue> queuesOf(AgentName dependent, AgentName agent) {
        List<TaskQueue> queues = byAgent.getOrDefault(agent, List.of());
        if (queues.isEmpty()) {
            throw new InvalidSpecException(
                    "agent.dependsOn",
                    "of agent " + dependent + " names \"" + agent + "\", "
                            + (byAgent.containsKey(agent)
                                    ? "which has nothing to do"
                                    : "which is no agent of this fleet"),
                    "Name agents that have a prompt or tasks, as they are called in the pom.");
        }
        return queues;
    }

    private void refuseCircle(AgentName agent, List<AgentName> way) {
        if (way.contains(agent)) {
            way.add(agent);
            throw new InvalidSpecException(
                    "agent.dependsOn",
                    "goes in a circle: "
                            + String.join(
                                    " -> ", way.stream().map(AgentName::value).toList()),
                    "Take one of these away.");
        }
        Set<AgentName> next = new HashSet<>();
        byAgent.getOrDefault(agent, List.of())
                .forEach(queue -> next.addAll(
                        queue.dependsOn().stream().map(Dependency::agent).toList()));
        way.add(agent);
        next.stream().sorted().forEach(other -> refuseCircle(other, new ArrayList<>(way)));
    }
}
