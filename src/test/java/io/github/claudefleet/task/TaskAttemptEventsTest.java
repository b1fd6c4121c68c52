package io.github.claudefleet.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.EventReader;
import io.github.claudefleet.claude.SpanContext;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskAttemptEventsTest {

    private static final String TIME = "\"time\":\"2026-11-24T08:00:00Z\"}";

    // ---- the CLI's events

    @Test
    void readsWhatARunOfTheRealCliUsedAndAnswered() {
        TaskAttempt attempt = RecordedEvents.attempt("tools", 0);

        assertThat(attempt.steps())
                .extracting(ToolUse::tool, ToolUse::target, ToolUse::failed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Write", "/tmp/a.txt", false),
                        org.assertj.core.groups.Tuple.tuple("Bash", "ls /nowhere", true),
                        org.assertj.core.groups.Tuple.tuple("Nope", "", true));
        assertThat(attempt.opened().flatMap(Event.SessionInit::model)).contains("claude-opus-5-5");
        assertThat(attempt.opened().flatMap(Event.SessionInit::cliVersion)).contains("2.1.330");
        TurnResult answer = attempt.answer().orElseThrow();
        assertThat(answer.text()).isEqualTo("All is **done** 🎉");
        assertThat(answer.cost()).isEqualTo(new Usd(new BigDecimal("0.00096")));
        assertThat(answer.tokens()).isEqualTo(new TokenUsage(40, 40, 0, 0));
        assertThat(answer.turns()).isEqualTo(4);
        assertThat(attempt.garbage()).isZero();
    }

    /** The console shows the tools that agents use. The end of the text is cut off, and with it a part of the credential. */
    @Test
    void showsNoCredentialInTheTargetOfATool() {
        Event event = EventReader.read("""
                {"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"t","name":"Bash",
                "input":{"command":"%s echo sk-ant-api03-aninventedsecret"}}]}}""".formatted("x".repeat(95)).replace("\n", ""));

        assertThat(event)
                .isInstanceOfSatisfying(
                        Event.AssistantMessage.class,
                        message -> assertThat(message.toString())
                                .contains("Bash", "xxx")
                                .doesNotContain("sk-ant"));
    }

    @Test
    void countsTheTokensOfARunThatWasCutShortByModel() {
        assertThat(RecordedEvents.attempt("budget", 1).answer().orElseThrow().tokens())
                .isEqualTo(new TokenUsage(100_000, 100_000, 0, 0));
    }

    @Test
    void countsTheTokensOfARunWithoutAResultByItsMessages() {
        List<String> lines = RecordedEvents.lines("tools").stream()
                .filter(line -> !line.contains("\"type\":\"result\""))
                .flatMap(line -> line.contains("\"type\":\"assistant\"") ? Stream.of(line, line) : Stream.of(line))
                .toList();

        assertThat(RecordedEvents.attempt(lines, 130).tokens())
                .as("four messages, each of which came in two parts")
                .isEqualTo(new TokenUsage(40, 40, 0, 0));
    }

    @Test
    void readsAStructuredAnswer() {
        assertThat(EventReader.read("{\"type\":\"result\",\"is_error\":false,\"structured_output\":{\"name\":\"x\"}}"))
                .isInstanceOfSatisfying(
                        Event.Result.class,
                        closed -> assertThat(closed.answer().structured()).contains("{\"name\":\"x\"}"));
    }

    @Test
    void readsThatTheCliAsksAgain() {
        assertThat(RecordedEvents.lines("throttle").stream().map(EventReader::read))
                .contains(new Event.ApiRetry(1, 10, "rate_limit"));
    }

    @Test
    void readsWhenAQuotaThatIsUsedUpResetsAndNothingOfOneThatIsNot() {
        String limit =
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"%s\",\"resetsAt\":1790000000}}";

        assertThat(EventReader.read(limit.formatted("rejected")))
                .isEqualTo(new Event.RateLimit(Instant.ofEpochSecond(1_790_000_000)));
        assertThat(EventReader.read(limit.formatted("allowed"))).isInstanceOf(Event.Other.class);
    }

    @Test
    void makesOneShortLineOfWhatAToolIsUsedOn() {
        String command = "echo \\\"" + "🙂".repeat(300) + "\\\"\\nsecond line";
        Event event = EventReader.read("{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\","
                + "\"id\":\"1\",\"name\":\"Bash\",\"input\":{\"command\":\"" + command + "\"}}]}}");

        Map<String, Event.RequestedTool> uses = ((Event.AssistantMessage) event).uses();
        assertThat(uses.get("1").target())
                .startsWith("echo \"🙂")
                .endsWith("🙂…")
                .doesNotContain("\n");
        assertThat(uses.get("1")
                        .target()
                        .codePointCount(0, uses.get("1").target().length()))
                .isEqualTo(120);
    }

    // ---- frames of run.sh

    @Test
    void readsTheFrameOfARun() {
        TaskId task = TaskId.parse("fixer/03");
        Instant time = Instant.parse("2026-11-24T08:00:00Z");

        assertThat(List.of(
                        frame("begin", "\"prompt\":\"ab\",\"commit\":\"\""),
                        frame("begin", "\"prompt\":\"ab\",\"commit\":\"0123\""),
                        frame("end", "\"exit\":3,\"oom\":true"),
                        frame("check", "\"exit\":4")))
                .containsExactly(
                        new Event.AttemptStarted(task, "ab", Optional.empty(), 1, time, Optional.empty()),
                        new Event.AttemptStarted(task, "ab", Optional.of("0123"), 1, time, Optional.empty()),
                        new Event.ProcessExited(task, 3, true, false, time),
                        new Event.CheckFinished(task, 4, time));
    }

    @Test
    void readsTheSpanOfARunOnlyIfItIsOne() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String span = "b7ad6b7169203331";

        assertThat(spanOf(trace, span)).contains(new SpanContext(trace, span));
        assertThat(List.of(
                        spanOf(trace, ""),
                        spanOf("", span),
                        spanOf(trace, span + "0"),
                        spanOf(trace.toUpperCase(Locale.ROOT), span),
                        spanOf("0".repeat(32), span),
                        spanOf(trace, "0".repeat(16))))
                .allMatch(Optional::isEmpty);
    }

    private static Optional<SpanContext> spanOf(String trace, String span) {
        Event event = frame("begin", "\"prompt\":\"ab\",\"trace\":\"" + trace + "\",\"span\":\"" + span + "\"");
        return ((Event.AttemptStarted) event).span();
    }

    // ---- other lines

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"assi",
                "no JSON",
                "[1]",
                "7",
                "\"text\"",
                "{\"type\":\"claude_fleet\",\"subtype\":\"end\"}",
                "{\"type\":\"claude_fleet\",\"subtype\":\"end\",\"task\":\"../x\",\"time\":\"2026-11-24T08:00:00Z\"}",
                "{\"type\":\"assistant\",\"timestamp\":\"yesterday\",\"message\":{\"content\":[]}}",
                "\uD83D",
                "{}}"
            })
    void callsGarbageWhatIsNoEvent(String line) {
        assertThat(EventReader.read(line)).isInstanceOf(Event.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{}",
                "{\"type\":\"of_next_year\",\"x\":[{}]}",
                "{\"type\":7}",
                "{\"type\":\"system\"}",
                "{\"type\":\"rate_limit_event\"}"
            })
    void passesOverWhatItDoesNotKnow(String line) {
        assertThat(EventReader.read(line)).isInstanceOf(Event.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"assistant\"}", "{\"type\":\"assistant\",\"message\":{\"content\":\"text\"}}"})
    void readsAnEmptyWordOfTheModel(String line) {
        assertThat(EventReader.read(line))
                .isEqualTo(new Event.AssistantMessage("", TokenUsage.NONE, Map.of(), Optional.empty(), false));
    }

    @Test
    void readsAResultThatSaysNothing() {
        assertThat(EventReader.read("{\"type\":\"result\"}")).isInstanceOfSatisfying(Event.Result.class, closed -> {
            assertThat(closed.answer().cost()).isEqualTo(Usd.ZERO);
            assertThat(closed.answer().isError()).isFalse();
        });
    }

    @Test
    void readsAnAnswerOfFiveMebibytes() {
        String text = "ä".repeat(5 << 20);

        assertThat(EventReader.read("{\"type\":\"result\",\"result\":\"" + text + "\"}"))
                .isInstanceOfSatisfying(
                        Event.Result.class,
                        closed -> assertThat(closed.answer().text()).hasSize(5 << 20));
    }

    private static Event frame(String subtype, String more) {
        return EventReader.read("{\"type\":\"claude_fleet\",\"subtype\":\"" + subtype + "\",\"task\":\"fixer/03\","
                + more + "," + TIME);
    }
}
