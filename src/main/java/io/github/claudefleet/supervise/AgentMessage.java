package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.ContainerEnd;
import java.time.Instant;

/** Something that came to be known about an agent, on its way to who oversees all. */
sealed interface AgentMessage {

    /** It printed an event. */
    record Said(AgentName agent, Event event) implements AgentMessage {}

    /** It printed a line on standard error. */
    record Complained(AgentName agent, String line) implements AgentMessage {}

    /** Its container has ended, and all that it printed was read. */
    record Ended(AgentName agent, ContainerEnd end) implements AgentMessage {}

    /** Its container was started again. */
    record Started(AgentName agent) implements AgentMessage {}

    /** It could not be told to begin a task. */
    record NotGiven(TaskId task, AgentName agent, String reason, boolean mayHaveBegun) implements AgentMessage {}

    /** The engine does not answer, or not in time. */
    record EngineAway(Instant since, boolean silent) implements AgentMessage {}

    /** It answers again. */
    record EngineBack(Instant since, Instant until) implements AgentMessage {}

    /** It stays away. */
    record EngineLost(EngineException cause) implements AgentMessage {}

    /** Whoever follows it can't go on. */
    record Failed(AgentName agent, RuntimeException cause) implements AgentMessage {}
}
