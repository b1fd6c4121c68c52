package io.github.claudefleet.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.EventReader;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.Usd;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of the real CLI (2.1.330) with more than one turn, recorded against the stand-in. */
class SessionStateTest {

    @ParameterizedTest
    @CsvSource({
        "background,          second words,                     3, 0.00072, ''",
        "moved-to-background, after,                            3, 0.00072, ''",
        "background-subagent, agent is through,                 3, 0.0012,  build",
        "monitor,             done,                             5, 0.0012,  ''",
        "wakeup,              The stand-in was asked: look again, 3, 0.00072, ''"
    })
    void theLastResultStandsAndAllTurnsCount(String name, String answer, int turns, String cost, String stopped) {
        TaskAttempt attempt = RecordedEvents.attempt(name, 0);

        assertThat(attempt.session().standing().map(TurnResult::text)).contains(answer);
        assertThat(attempt.turns()).isEqualTo(turns);
        assertThat(attempt.cost()).isEqualTo(new Usd(new BigDecimal(cost)));
        assertThat(attempt.session().isWaiting()).isFalse();
        assertThat(attempt.session().isUnfinished()).isEqualTo(!stopped.isEmpty());
        assertThat(attempt.session().unfinishedText())
                .contains(stopped.isEmpty() ? "does not name" : "\"" + stopped + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "background, \"build\"",
        "moved-to-background, \"slow build\"",
        "monitor, \"ticks\"",
        "wakeup, does not name"
    })
    void waitsAfterTheFirstResultForWhatTheCliSaysIsUnderWay(String name, String what) {
        TaskAttempt attempt = upToResult(name, 1);

        assertThat(attempt.session().isWaiting()).isTrue();
        assertThat(attempt.waitsFor().orElseThrow()).contains(what);
    }

    @Test
    void aTurnThatFollowsAResultTakesItsPlaceAtOnce() {
        TaskAttempt attempt = upToResult("background", 1);
        attempt.take(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(attempt.session().standing()).isEmpty();
        assertThat(attempt.answer()).as("what was said is kept").isPresent();
        assertThat(attempt.session().isWaiting()).isFalse();
    }

    @Test
    void aSubagentThatWorksOnIsNoTurn() {
        TaskAttempt attempt = upToResult("background", 1);

        assertThat(attempt.take(new Event.AssistantMessage("m", TokenUsage.NONE, Map.of(), Optional.empty(), true)))
                .isTrue();
        assertThat(attempt.session().isWaiting()).isTrue();
    }

    @Test
    void aResultThatSaysLessTakesNoCostBack() {
        TaskAttempt attempt = upToResult("background", 2);
        attempt.take(
                EventReader.read("{\"type\":\"result\",\"is_error\":false,\"total_cost_usd\":0.0001,\"num_turns\":1}"));

        assertThat(attempt.cost()).isEqualTo(new Usd(new BigDecimal("0.00072")));
    }

    @Test
    void tokensOfATurnThatWasCutShortCount() {
        TaskAttempt attempt = upToResult("background", 1);
        TokenUsage before = attempt.tokens();
        attempt.take(new Event.AssistantMessage("m", new TokenUsage(5, 7, 0, 0), Map.of(), Optional.empty(), false));

        assertThat(attempt.tokens()).isEqualTo(before.plus(new TokenUsage(5, 7, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slash-help", "slash-clear", "slash-compact", "slash-cost"})
    void knowsAResultForWhichTheModelWasNotAsked(String name) {
        assertThat(RecordedEvents.attempt(name, 0).session().isUnasked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "schema", "background"})
    void knowsAResultForWhichItWas(String name) {
        assertThat(RecordedEvents.attempt(name, 0).session().isUnasked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Bash;Edit, Bash Edit", "Edit, Bash Edit", "'', Bash"})
    void countsEachDenialOnceWhetherOrNotTheCliAddsThemUp(String second, String all) {
        TaskAttempt attempt = RecordedEvents.begun();
        for (String tools : List.of("Bash", second)) {
            String denials = Stream.of(tools.split(";"))
                    .filter(tool -> !tool.isEmpty())
                    .map(tool -> "{\"tool_name\":\"" + tool + "\"}")
                    .collect(Collectors.joining(","));
            attempt.take(EventReader.read("{\"type\":\"result\",\"permission_denials\":[" + denials + "]}"));
        }

        assertThat(String.join(" ", attempt.session().denials())).isEqualTo(all);
    }

    @Test
    void theClisOwnHousekeepingIsNotWaitedFor() {
        assertThat(EventReader.read("{\"type\":\"system\",\"subtype\":\"background_tasks_changed\",\"tasks\":["
                        + "{\"task_id\":\"a\",\"task_type\":\"dream\",\"description\":\"d\"},"
                        + "{\"task_id\":\"b\",\"task_type\":\"of_next_year\"}]}"))
                .isEqualTo(new Event.BackgroundTasks(Map.of("b", "b")));
    }

    /** Returns an attempt up to the given number of results in its recording. */
    private static TaskAttempt upToResult(String name, int results) {
        TaskAttempt attempt = RecordedEvents.begun();
        List<String> lines = RecordedEvents.lines(name);
        int left = results;
        for (int line = 0; left > 0; line++) {
            attempt.take(EventReader.read(lines.get(line)));
            left -= lines.get(line).contains("\"type\":\"result\"") ? 1 : 0;
        }
        return attempt;
    }
}
