package io.github.claudefleet.follow;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.work.ContainerEnd;
import io.github.claudefleet.work.Event;
import java.time.Instant;

/** Something that came to be known about an agent, on its way to who oversees all. */
sealed interface Signal {

    /** It printed an event. */
    record Said(AgentName agent, Event event) implements Signal {}

    /** It printed a line on standard error. */
    record Complained(AgentName agent, String line) implements Signal {}

    /** Its container has ended, and all that it printed was read. */
    record Ended(AgentName agent, ContainerEnd end) implements Signal {}

    /** Its container was started again. */
    record Started(AgentName agent) implements Signal {}

    /** It could not be told to begin a task. */
    record NotGiven(TaskId task, AgentName agent, String reason, boolean mayHaveBegun) implements Signal {}

    /** The engine does not answer, or not in time. */
    record EngineAway(Instant since, boolean silent) implements Signal {}

    /** It answers again. */
    record EngineBack(Instant since, Instant until) implements Signal {}

    /** It stays away. */
    record EngineLost(EngineException cause) implements Signal {}

    /** Whoever follows it can't go on. */
    record Failed(AgentName agent, RuntimeException cause) implements Signal {}
}
