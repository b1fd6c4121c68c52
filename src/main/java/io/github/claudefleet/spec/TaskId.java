package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * What a piece of work is called, in results and on the console: {@code reviewer} for an agent's own prompt,
 * {@code fixer/03-parser} for one of many that a queue holds.
 *
 * @param queue the agent's name, or that of the replicas that share the work
 * @param part which of the queue's tasks it is, empty where the queue has but one
 */
public record TaskId(AgentName queue, Optional<String> part) implements Comparable<TaskId> {

    /** @throws InvalidSpecException if the part is no name such as an agent could have */
    public TaskId {
        part.ifPresent(name -> Names.check("agent.tasks", name));
    }

    /** The only task of an agent. */
    public static TaskId of(AgentName agent) {
        return new TaskId(agent, Optional.empty());
    }

    /** One of the tasks of a queue. */
    public static TaskId of(AgentName queue, String part) {
        return new TaskId(queue, Optional.of(part));
    }

    /**
     * The id that {@link #toString} wrote.
     *
     * @throws InvalidSpecException if it is none
     */
    public static TaskId parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? of(new AgentName(text))
                : of(new AgentName(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public int compareTo(TaskId other) {
        return toString().compareTo(other.toString());
    }

    /** A relative path, too: names have no slash of their own. */
    @Override
    public String toString() {
        return part.map(name -> queue + "/" + name).orElseGet(queue::value);
    }
}
