package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
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

/** Task in {@code fleet.json}, with the file's field names. Missing fields are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record TaskIndex(
        String task,
        String agent,
        String outcome,
        String reason,
        int attempts,
        String began,
        String ended,
        BigDecimal seconds,
        BigDecimal apiSeconds,
        String answer,
        JsonNode structuredAnswer,
        String session,
        BigDecimal costUsd,
        Tokens tokens,
        int turns,
        String model,
        String cliVersion,
        String image,
        String commit,
        String promptHash,
        Integer exitCode,
        Check check,
        List<Step> steps,
        int stepsInAll,
        List<String> denials,
        int garbageLines,
        String folder) {

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Tokens(long input, long output, long cacheRead, long cacheCreation) {

        static Tokens of(TokenUsage tokens) {
            return new Tokens(tokens.input(), tokens.output(), tokens.cacheRead(), tokens.cacheCreation());
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Check(String command, int exitCode) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Step(String at, String tool, String target, boolean failed) {}

    static TaskIndex of(TaskReport report) {
        return new TaskIndex(
                report.task().toString(),
                report.agent().map(AgentName::value).orElse(null),
                report.outcome().value(),
                report.reason(),
                report.attempts(),
                report.began().map(Instant::toString).orElse(null),
                report.ended().map(Instant::toString).orElse(null),
                seconds(report.took()),
                seconds(report.apiTime()),
                report.answer().orElse(null),
                report.structuredAnswer().map(FleetJson::tree).orElse(null),
                report.session().orElse(null),
                report.cost().amount(),
                Tokens.of(report.tokens()),
                report.turns(),
                report.model().orElse(null),
                report.cliVersion().orElse(null),
                report.image().orElse(null),
                report.commit().orElse(null),
                report.promptHash(),
                report.exitCode().isPresent() ? report.exitCode().getAsInt() : null,
                report.check()
                        .map(check -> new Check(check.command(), check.exitCode()))
                        .orElse(null),
                report.steps().stream()
                        .map(step -> new Step(step.at().toString(), step.tool(), step.target(), step.failed()))
                        .toList(),
                report.stepsInAll(),
                report.denials(),
                report.garbage(),
                report.task().toString());
    }

    TaskReport toReport() {
        return new TaskReport(
                TaskId.parse(task),
                promptHash,
                Optional.ofNullable(agent).map(AgentName::new),
                Outcome.of(outcome),
                reason,
                attempts,
                Optional.ofNullable(began).map(Instant::parse),
                Optional.ofNullable(ended).map(Instant::parse),
                Optional.ofNullable(answer),
                Optional.ofNullable(structuredAnswer).map(JsonNode::toString),
                Optional.ofNullable(session),
                new Usd(costUsd),
                new TokenUsage(tokens.input(), tokens.output(), tokens.cacheRead(), tokens.cacheCreation()),
                turns,
                Duration.ofMillis(apiSeconds.multiply(THOUSAND).longValue()),
                Optional.ofNullable(model),
                Optional.ofNullable(cliVersion),
                Optional.ofNullable(image),
                Optional.ofNullable(commit),
                exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode),
                Optional.ofNullable(check).map(one -> new TaskReport.Check(one.command(), one.exitCode())),
                steps.stream()
                        .map(step -> new ToolUse(Instant.parse(step.at()), step.tool(), step.target(), step.failed()))
                        .toList(),
                stepsInAll,
                denials,
                garbageLines);
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis()).divide(THOUSAND);
    }
}
