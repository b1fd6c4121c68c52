package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Name of a task in results and on the console: {@code reviewer} for an agent's own prompt, {@code fixer/03-parser} for
 * one of the tasks of a queue.
 *
 * @param queue name of the agent, or of the replicas that share the work
 * @param part name of the task within the queue, empty if the queue has only one
 */
public record TaskId(AgentName queue, Optional<String> part) implements Comparable<TaskId> {

    /** @throws InvalidSpecException if the part is not a valid name */
    public TaskId {
        part.ifPresent(name -> Names.check("agent.tasks", name));
    }

    /** Returns the id of an agent's only task. */
    public static TaskId of(AgentName agent) {
        return new TaskId(agent, Optional.empty());
    }

    /** Returns the id of one of a queue's tasks. */
    public static TaskId of(AgentName queue, String part) {
        return new TaskId(queue, Optional.of(part));
    }

    /**
     * Parses an id from {@link #toString}.
     *
     * @throws InvalidSpecException if the text is not such an id
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

    /** Returns the id as a text that is also a relative path, because names contain no slash. */
    @Override
    public String toString() {
        return part.map(name -> queue + "/" + name).orElseGet(queue::value);
    }
}
