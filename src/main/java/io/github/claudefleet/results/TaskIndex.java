package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Task in {@code fleet.json}, with the file's field names. Missing fields are null. The file has all fields of an
 * unwrapped component in the task itself. Jackson reads such components of a record since version 2.19.
 */
record TaskIndex(
        String task,
        String agent,
        @JsonUnwrapped Result result,
        @JsonUnwrapped Times times,
        @JsonUnwrapped Answers answers,
        String session,
        @JsonUnwrapped Usage usage,
        @JsonUnwrapped Setup setup,
        @JsonUnwrapped Exit exit,
        @JsonUnwrapped Activity activity,
        String folder) {

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    record Result(String outcome, String reason, int attempts) {}

    record Times(String began, String ended, BigDecimal seconds, BigDecimal apiSeconds) {

        static Times of(TaskReport.Times times, Duration apiTime) {
            return new Times(
                    times.began().map(Instant::toString).orElse(null),
                    times.ended().map(Instant::toString).orElse(null),
                    toSeconds(times.took()),
                    toSeconds(apiTime));
        }

        TaskReport.Times toTimes() {
            return new TaskReport.Times(
                    Optional.ofNullable(began).map(Instant::parse),
                    Optional.ofNullable(ended).map(Instant::parse));
        }

        Duration apiTime() {
            return Duration.ofMillis(apiSeconds.multiply(THOUSAND).longValue());
        }

        private static BigDecimal toSeconds(Duration time) {
            return BigDecimal.valueOf(time.toMillis()).divide(THOUSAND);
        }
    }

    record Answers(String answer, JsonNode structuredAnswer) {

        private static final ObjectMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();

        static Answers of(TaskReport.Answer answer) {
            return new Answers(
                    answer.text().orElse(null),
                    answer.structured().map(Answers::tree).orElse(null));
        }

        TaskReport.Answer toAnswer() {
            return new TaskReport.Answer(
                    Optional.ofNullable(answer),
                    Optional.ofNullable(structuredAnswer).map(JsonNode::toString));
        }

        /** Parses JSON of another origin; returns a text node if it is not valid JSON. */
        private static JsonNode tree(String json) {
            try {
                return JSON.readTree(json);
            } catch (JsonProcessingException e) {
                return JSON.getNodeFactory().textNode(json);
            }
        }
    }

    record Usage(BigDecimal costUsd, Tokens tokens, int turns) {

        static Usage of(TaskReport.Usage usage) {
            return new Usage(usage.cost().amount(), Tokens.of(usage.tokens()), usage.turns());
        }

        TaskReport.Usage toUsage(Duration apiTime) {
            return new TaskReport.Usage(new Usd(costUsd), tokens.toTokens(), turns, apiTime);
        }
    }

    record Tokens(long input, long output, long cacheRead, long cacheCreation) {

        static Tokens of(TokenUsage tokens) {
            return new Tokens(tokens.input(), tokens.output(), tokens.cacheRead(), tokens.cacheCreation());
        }

        TokenUsage toTokens() {
            return new TokenUsage(input, output, cacheRead, cacheCreation);
        }
    }

    record Setup(String model, String cliVersion, String image, String commit, String promptHash) {

        static Setup of(TaskReport.Session session, TaskReport.Inputs inputs) {
            return new Setup(
                    session.model().orElse(null),
                    session.cliVersion().orElse(null),
                    inputs.image().orElse(null),
                    inputs.commit().orElse(null),
                    inputs.promptHash());
        }

        TaskReport.Session toSession(String id) {
            return new TaskReport.Session(
                    Optional.ofNullable(id), Optional.ofNullable(model), Optional.ofNullable(cliVersion));
        }

        TaskReport.Inputs toInputs() {
            return new TaskReport.Inputs(promptHash, Optional.ofNullable(image), Optional.ofNullable(commit));
        }
    }

    record Exit(Integer exitCode, Check check) {

        static Exit of(TaskReport.Exit exit) {
            return new Exit(
                    exit.code().isPresent() ? exit.code().getAsInt() : null,
                    exit.check().map(Check::of).orElse(null));
        }

        TaskReport.Exit toExit() {
            return new TaskReport.Exit(
                    exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode),
                    Optional.ofNullable(check).map(Check::toCheck));
        }
    }

    record Check(String command, int exitCode, List<Round> rounds) {

        static Check of(TaskReport.Check check) {
            return new Check(
                    check.command(),
                    check.exitCode(),
                    check.rounds().stream().map(Round::of).toList());
        }

        /** Returns the check. A file of an earlier version of the plugin has no rounds. */
        TaskReport.Check toCheck() {
            return new TaskReport.Check(
                    command,
                    exitCode,
                    Optional.ofNullable(rounds).orElse(List.of()).stream()
                            .map(Round::toRound)
                            .toList());
        }
    }

    record Round(int round, int exitCode, String began, BigDecimal costUsd, int turns, String output) {

        static Round of(TaskReport.Round round) {
            return new Round(
                    round.number(),
                    round.exitCode(),
                    round.began().toString(),
                    round.cost().amount(),
                    round.turns(),
                    round.output());
        }

        TaskReport.Round toRound() {
            return new TaskReport.Round(round, exitCode, Instant.parse(began), new Usd(costUsd), turns, output);
        }
    }

    record Activity(List<Step> steps, int stepsInAll, List<String> denials, int garbageLines) {

        static Activity of(TaskReport.Activity activity) {
            return new Activity(
                    activity.steps().stream().map(Step::of).toList(),
                    activity.stepsInAll(),
                    activity.denials(),
                    activity.garbage());
        }

        TaskReport.Activity toActivity() {
            return new TaskReport.Activity(
                    steps.stream().map(Step::toToolUse).toList(), stepsInAll, denials, garbageLines);
        }
    }

    record Step(String at, String tool, String target, boolean failed) {

        static Step of(ToolUse use) {
            return new Step(use.at().toString(), use.tool(), use.target(), use.failed());
        }

        ToolUse toToolUse() {
            return new ToolUse(Instant.parse(at), tool, target, failed);
        }
    }

    static TaskIndex of(TaskReport report) {
        return new TaskIndex(
                report.task().toString(),
                report.agent().map(AgentName::value).orElse(null),
                new Result(report.outcome().value(), report.reason(), report.attempts()),
                Times.of(report.times(), report.usage().apiTime()),
                Answers.of(report.answer()),
                report.session().id().orElse(null),
                Usage.of(report.usage()),
                Setup.of(report.session(), report.inputs()),
                Exit.of(report.exit()),
                Activity.of(report.activity()),
                report.task().toString());
    }

    TaskReport toReport() {
        return new TaskReport(
                TaskId.parse(task),
                Optional.ofNullable(agent).map(AgentName::new),
                Outcome.of(result.outcome()),
                result.reason(),
                result.attempts(),
                times.toTimes(),
                answers.toAnswer(),
                setup.toSession(session),
                usage.toUsage(times.apiTime()),
                setup.toInputs(),
                exit.toExit(),
                activity.toActivity());
    }
}
