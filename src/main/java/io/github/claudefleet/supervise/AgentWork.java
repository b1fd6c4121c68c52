package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.ChangeSize;
import io.github.claudefleet.task.Inspection;
import java.io.UncheckedIOException;
import java.util.List;

/** Work of agents in their workspaces, for the agents that depend on them. Called by threads that may wait. */
public interface AgentWork {

    /**
     * Returns the branch that has an agent's changes so far.
     *
     * @param reader agent that is told of the branch, whose git then knows it
     * @throws IllegalStateException if the agent has no workspace with branches
     */
    String branch(AgentName agent, AgentName reader);

    /**
     * Returns an agent's changes so far, in git's format of a patch; empty if there are none.
     *
     * @throws IllegalStateException if the agent has no workspace of its own
     * @throws UncheckedIOException if its workspace can't be read
     */
    byte[] patch(AgentName agent);

    /**
     * Starts the workspace of an agent from what others made, if it is to and has not yet.
     *
     * @param others agents that it depends on, in their order
     * @return files whose changes conflict
     * @throws IllegalStateException if that is not possible
     */
    List<String> start(AgentName agent, List<AgentName> others);

    /** Measures an agent's changes so far. A failure is part of the result. */
    ChangeSize size(AgentName agent);

    /**
     * Inspects an agent's changes so far, without the agent: finds those in protected files, and runs the check if the
     * agent does not. A failure is part of the result.
     */
    Inspection inspect(AgentName agent, TaskId task, CheckSpec check) throws InterruptedException;
}
