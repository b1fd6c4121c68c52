package io.github.claudefleet.console;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import java.time.Duration;

/**
 * What an agent is at.
 *
 * @param step what it did last, as a tool and what for; empty where nothing is known of it
 * @param steps how many it has taken
 * @param since how long it has been at the task
 */
public record AgentActivity(TaskId task, AgentName agent, String step, int steps, Duration since) {}
