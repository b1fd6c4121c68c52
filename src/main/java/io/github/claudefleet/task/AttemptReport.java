package io.github.claudefleet.task;

import io.github.claudefleet.claude.SpanContext;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * Report on one attempt at a task.
 *
 * @param task id of the task
 * @param number number of the attempt, from 1
 * @param agent agent that worked on it
 * @param began start of the CLI
 * @param ended end of the CLI's process; empty if it is unknown
 * @param session the CLI's session
 * @param usage cost, tokens and turns
 * @param span ids that the CLI's own telemetry has for the attempt; empty if the fleet is not traced
 */
public record AttemptReport(
        TaskId task,
        int number,
        AgentName agent,
        Instant began,
        Optional<Instant> ended,
        TaskReport.Session session,
        TaskReport.Usage usage,
        Optional<SpanContext> span) {}
