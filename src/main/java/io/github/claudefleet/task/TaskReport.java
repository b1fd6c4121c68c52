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
 * Report on one task. Usage and tool uses are sums over all attempts, apart from the denials. The rest is of the last
 * attempt.
 *
 * @param task id of the task
 * @param agent agent that worked on it; empty if none did
 * @param outcome outcome of the task
 * @param reason reason in the CLI's words if it has some, on one line, without secrets; empty if there is none
 * @param attempts number of attempts
 * @param times begin and end
 * @param answer last message of the CLI
 * @param session the CLI's session
 * @param usage cost, tokens and turns
 * @param inputs prompt, image and commit with which the task began
 * @param exit exit status of the CLI's process and of the check
 * @param activity tool uses and unreadable lines
 */
public record TaskReport(
        TaskId task,
        Optional<AgentName> agent,
        Outcome outcome,
        String reason,
        int attempts,
        Times times,
        Answer answer,
        Session session,
        Usage usage,
        Inputs inputs,
        Exit exit,
        Activity activity) {

    /**
     * Begin and end of a task.
     *
     * @param began start of its first attempt
     * @param ended end of its last attempt
     */
    public record Times(Optional<Instant> began, Optional<Instant> ended) {

        /** Times of a task that was never begun. */
        public static final Times NONE = new Times(Optional.empty(), Optional.empty());

        /** Returns the duration, with the pauses between attempts; zero if the task never began or has not ended. */
        public Duration took() {
            return began.flatMap(from -> ended.map(to -> Duration.between(from, to)))
                    .filter(time -> !time.isNegative())
                    .orElse(Duration.ZERO);
        }
    }

    /**
     * Last message of the CLI.
     *
     * @param text message as text
     * @param structured JSON, if an answer with a schema was requested
     */
    public record Answer(Optional<String> text, Optional<String> structured) {

        public static final Answer NONE = new Answer(Optional.empty(), Optional.empty());
    }

    /**
     * Session of the CLI.
     *
     * @param id id for {@code --resume}
     * @param model model that answered
     * @param cliVersion version of Claude Code
     */
    public record Session(Optional<String> id, Optional<String> model, Optional<String> cliVersion) {

        public static final Session NONE = new Session(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Usage as the CLI reports it.
     *
     * @param cost cost
     * @param tokens tokens that the model read and wrote
     * @param turns turns
     * @param apiTime total time that the API took to answer
     */
    public record Usage(Usd cost, TokenUsage tokens, int turns, Duration apiTime) {

        public static final Usage NONE = new Usage(Usd.ZERO, TokenUsage.NONE, 0, Duration.ZERO);

        public Usage plus(Usage other) {
            return new Usage(
                    cost.plus(other.cost), tokens.plus(other.tokens), turns + other.turns, apiTime.plus(other.apiTime));
        }
    }

    /**
     * Prompt, image and commit with which a task began.
     *
     * @param promptHash SHA-256 of the prompt, hexadecimal
     * @param image id of the image that the agent ran
     * @param commit commit of the workspace's repository
     */
    public record Inputs(String promptHash, Optional<String> image, Optional<String> commit) {}

    /**
     * Exit status of the CLI's process and of the check.
     *
     * @param code exit status of the CLI's process
     * @param check result of the check that follows
     */
    public record Exit(OptionalInt code, Optional<Check> check) {

        public static final Exit NONE = new Exit(OptionalInt.empty(), Optional.empty());
    }

    /**
     * Command that was run after the task.
     *
     * @param command command as configured in the pom
     * @param exitCode exit status, 0 for success
     * @param rounds all rounds whose check has run, in their order
     */
    public record Check(String command, int exitCode, List<Round> rounds) {

        public Check {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * Round of a task: an attempt with its check.
     *
     * @param number number of the round, 1 for the first
     * @param exitCode exit status of the check
     * @param began begin of the attempt
     * @param cost cost of the attempt
     * @param turns turns of the attempt
     * @param output last lines of the check, without secrets
     */
    public record Round(int number, int exitCode, Instant began, Usd cost, int turns, String output) {}

    /**
     * Tool uses and unreadable lines.
     *
     * @param steps tool uses; only the last ones if there were too many to store
     * @param stepsInAll total number of tool uses
     * @param denials tools that were requested and not allowed, in the last attempt
     * @param garbage number of the CLI's lines that were no events
     */
    public record Activity(List<ToolUse> steps, int stepsInAll, List<String> denials, int garbage) {

        public static final Activity NONE = new Activity(List.of(), 0, List.of(), 0);

        public Activity {
            steps = List.copyOf(steps);
            denials = List.copyOf(denials);
        }
    }
}
