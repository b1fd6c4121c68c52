package io.github.claudefleet.task;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Report on one task. Cost, tokens, turns, API time, tool uses and garbage are sums over all attempts. The rest is of
 * the last attempt.
 *
 * @param task id of the task
 * @param promptHash SHA-256 of its prompt, hexadecimal
 * @param agent agent that worked on it; empty if none did
 * @param outcome outcome of the task
 * @param reason reason in the CLI's words if it has some, on one line, without secrets; empty if there is none
 * @param attempts number of attempts
 * @param began start of its first attempt
 * @param ended end of its last attempt
 * @param answer last message of the CLI
 * @param structuredAnswer JSON, if an answer with a schema was requested
 * @param session id of the CLI's session, for {@code --resume}
 * @param cost cost as the CLI reports it
 * @param turns turns as the CLI counts them
 * @param apiTime total time that the API took to answer
 * @param model model that answered
 * @param cliVersion version of Claude Code
 * @param image id of the image that the agent ran
 * @param commit commit of the workspace's repository when the task began
 * @param exitCode exit status of the CLI's process
 * @param check result of the check that follows
 * @param steps tool uses; only the last ones if there were too many to store
 * @param stepsInAll total number of tool uses
 * @param denials tools that were requested and not allowed
 * @param garbage number of the CLI's lines that were no events
 */
public record TaskReport(
        TaskId task,
        String promptHash,
        Optional<AgentName> agent,
        Outcome outcome,
        String reason,
        int attempts,
        Optional<Instant> began,
        Optional<Instant> ended,
        Optional<String> answer,
        Optional<String> structuredAnswer,
        Optional<String> session,
        Usd cost,
        TokenUsage tokens,
        int turns,
        Duration apiTime,
        Optional<String> model,
        Optional<String> cliVersion,
        Optional<String> image,
        Optional<String> commit,
        OptionalInt exitCode,
        Optional<Check> check,
        List<ToolUse> steps,
        int stepsInAll,
        List<String> denials,
        int garbage) {

    public TaskReport {
        steps = List.copyOf(steps);
        denials = List.copyOf(denials);
    }

    /** Returns the duration, with the pauses between attempts; zero if the task was never begun or has not ended. */
    public Duration took() {
        return began.flatMap(from -> ended.map(to -> Duration.between(from, to)))
                .filter(time -> !time.isNegative())
                .orElse(Duration.ZERO);
    }

    /**
     * Command that was run after the task.
     *
     * @param command command as configured in the pom
     * @param exitCode exit status, 0 for success
     */
    public record Check(String command, int exitCode) {}
}
