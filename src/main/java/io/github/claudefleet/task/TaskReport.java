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
 * What became of one task, all its attempts taken together: cost, tokens, turns and steps are sums, the rest is of the
 * last attempt.
 *
 * @param task which
 * @param promptHash SHA-256 of its prompt, hexadecimal
 * @param agent who worked on it, empty where nobody did
 * @param outcome how it ended
 * @param reason why, in the CLI's words where it has some, on one line, without secrets; empty where there is nothing to say
 * @param attempts how often it was begun
 * @param began when its first attempt began
 * @param ended when its last attempt ended
 * @param answer the CLI's last words
 * @param structuredAnswer JSON, where an answer of a schema was asked for
 * @param session the CLI's session id, for {@code --resume}
 * @param cost as the CLI reports it
 * @param turns as the CLI counts them
 * @param apiTime how long the API took to answer in all
 * @param model which one answered
 * @param cliVersion of Claude Code
 * @param image id of the image that the agent ran
 * @param commit of the repository that the workspace was at when the task began
 * @param exitCode of the CLI's process
 * @param check how the check that follows ended
 * @param steps the tools that it used, the last ones where there were too many to keep
 * @param stepsInAll how many there were
 * @param denials tools that it asked for and didn't get
 * @param garbage lines of the CLI's that were no events
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

    /** How long it took, the pauses between attempts included; nothing where it was never begun. */
    public Duration took() {
        return began.flatMap(from -> ended.map(to -> Duration.between(from, to)))
                .filter(time -> !time.isNegative())
                .orElse(Duration.ZERO);
    }

    /**
     * A command that was run after the task.
     *
     * @param command as the pom has it
     * @param exitCode 0 for success
     */
    public record Check(String command, int exitCode) {}
}
