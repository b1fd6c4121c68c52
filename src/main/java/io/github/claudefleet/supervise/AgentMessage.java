package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.ChangeSize;
import io.github.claudefleet.task.ContainerEnd;
import io.github.claudefleet.task.Inspection;
import io.github.claudefleet.task.Outcome;
import java.time.Instant;

/** Message about an agent or the engine, for the supervisor. */
sealed interface AgentMessage {

    /** Event from the agent. */
    record Said(AgentName agent, Event event) implements AgentMessage {}

    /** Line from the agent's standard error. */
    record Complained(AgentName agent, String line) implements AgentMessage {}

    /** End of the container, after all output was read. */
    record Ended(AgentName agent, ContainerEnd end) implements AgentMessage {}

    /** Restart of the container. */
    record Started(AgentName agent) implements AgentMessage {}

    /** Failure to send a task to the agent, with the outcome that the task has if it did not begin nevertheless. */
    record NotSent(TaskId task, AgentName agent, Outcome outcome, String reason) implements AgentMessage {}

    /** Inspection of what the agent of a task made. */
    record Inspected(TaskId task, Inspection inspection) implements AgentMessage {}

    /** Size of what the agent of a task made. */
    record Measured(TaskId task, ChangeSize size) implements AgentMessage {}

    /** Loss of the engine's connection or, if {@code silent}, no answer in time. */
    record EngineAway(Instant since, boolean silent) implements AgentMessage {}

    /** Return of the engine. */
    record EngineBack(Instant since, Instant until) implements AgentMessage {}

    /** Absence of the engine beyond the limit. */
    record EngineLost(EngineException cause) implements AgentMessage {}

    /** Unexpected failure of what is done for the agent in the background. */
    record Failed(AgentName agent, RuntimeException cause) implements AgentMessage {}
}
