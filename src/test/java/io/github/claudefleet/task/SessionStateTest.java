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
        TaskAttempt run = RecordedEvents.run(name, 0);

        assertThat(run.session().standing().map(TurnResult::text)).contains(answer);
        assertThat(run.turns()).isEqualTo(turns);
        assertThat(run.cost()).isEqualTo(new Usd(new BigDecimal(cost)));
        assertThat(run.session().isWaiting()).isFalse();
        assertThat(run.session().isUnfinished()).isEqualTo(!stopped.isEmpty());
        assertThat(run.session().unfinishedText())
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
        TaskAttempt run = upToResult(name, 1);

        assertThat(run.session().isWaiting()).isTrue();
        assertThat(run.waitsFor().orElseThrow()).contains(what);
    }

    @Test
    void aTurnThatFollowsAResultTakesItsPlaceAtOnce() {
        TaskAttempt run = upToResult("background", 1);
        run.take(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(run.session().standing()).isEmpty();
        assertThat(run.answer()).as("what was said is kept").isPresent();
        assertThat(run.session().isWaiting()).isFalse();
    }

    @Test
    void aSubagentThatWorksOnIsNoTurn() {
        TaskAttempt run = upToResult("background", 1);

        assertThat(run.take(new Event.AssistantMessage("m", TokenUsage.NONE, Map.of(), Optional.empty(), true)))
                .isTrue();
        assertThat(run.session().isWaiting()).isTrue();
    }

    @Test
    void aResultThatSaysLessTakesNoCostBack() {
        TaskAttempt run = upToResult("background", 2);
        run.take(
                EventReader.read("{\"type\":\"result\",\"is_error\":false,\"total_cost_usd\":0.0001,\"num_turns\":1}"));

        assertThat(run.cost()).isEqualTo(new Usd(new BigDecimal("0.00072")));
    }

    @Test
    void tokensOfATurnThatWasCutShortCount() {
        TaskAttempt run = upToResult("background", 1);
        TokenUsage before = run.tokens();
        run.take(new Event.AssistantMessage("m", new TokenUsage(5, 7, 0, 0), Map.of(), Optional.empty(), false));

        assertThat(run.tokens()).isEqualTo(before.plus(new TokenUsage(5, 7, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slash-help", "slash-clear", "slash-compact", "slash-cost"})
    void knowsAResultForWhichTheModelWasNotAsked(String name) {
        assertThat(RecordedEvents.run(name, 0).session().isUnasked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "schema", "background"})
    void knowsAResultForWhichItWas(String name) {
        assertThat(RecordedEvents.run(name, 0).session().isUnasked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Bash;Edit, Bash Edit", "Edit, Bash Edit", "'', Bash"})
    void countsEachDenialOnceWhetherOrNotTheCliAddsThemUp(String second, String all) {
        TaskAttempt run = RecordedEvents.begun();
        for (String tools : List.of("Bash", second)) {
            String denials = Stream.of(tools.split(";"))
                    .filter(tool -> !tool.isEmpty())
                    .map(tool -> "{\"tool_name\":\"" + tool + "\"}")
                    .collect(Collectors.joining(","));
            run.take(EventReader.read("{\"type\":\"result\",\"permission_denials\":[" + denials + "]}"));
        }

        assertThat(String.join(" ", run.session().denials())).isEqualTo(all);
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
        TaskAttempt run = RecordedEvents.begun();
        List<String> lines = RecordedEvents.lines(name);
        int left = results;
        for (int line = 0; left > 0; line++) {
            run.take(EventReader.read(lines.get(line)));
            left -= lines.get(line).contains("\"type\":\"result\"") ? 1 : 0;
        }
        return run;
    }
}
