package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import java.time.Duration;

/**
 * Current activity of an agent.
 *
 * @param step last tool use, as tool and target; empty if unknown
 * @param steps number of tool uses
 * @param since time that the agent has worked on the task
 */
public record AgentActivity(TaskId task, AgentName agent, String step, int steps, Duration since) {}
