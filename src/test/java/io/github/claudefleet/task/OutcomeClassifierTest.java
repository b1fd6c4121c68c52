package io.github.claudefleet.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.EventReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeClassifierTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools     | 0 | DONE         | false | ''",
                "turns     | 1 | OUT_OF_TURNS | false | Reached maximum number of turns (2)",
                "budget    | 1 | OVER_BUDGET  | false | Reached maximum budget ($0.01)",
                "credit    | 1 | OUT_OF_QUOTA | false | Credit balance is too low",
            })
    void judgesRunsOfTheRealCliByTheirResult(
            String name, int exitCode, Outcome outcome, boolean passing, String reason) {
        TaskAttempt attempt = RecordedEvents.attempt(name, exitCode);

        assertThat(OutcomeClassifier.ofEnded(attempt, attempt.ended().orElseThrow()))
                .isEqualTo(new TaskResult(outcome, reason, passing, Optional.empty()));
    }

    @Test
    void callsALoginDeadThatIsForbidden() {
        assertThat(judged("forbidden", 1).outcome()).isEqualTo(Outcome.LOGIN_DEAD);
    }

    @Test
    void callsAServiceThatIsOverloadedAPassingFailure() {
        TaskResult taskResult = judged("overload", 1);

        assertThat(taskResult.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(taskResult.passing()).isTrue();
        assertThat(taskResult.reason()).contains("529 Overloaded");
    }

    @Test
    void takesTheResultsWordOverTheExitStatus() {
        assertThat(judged("tools", 1).outcome()).isEqualTo(Outcome.DONE);
        assertThat(judged("turns", 0).outcome()).isEqualTo(Outcome.OUT_OF_TURNS);
    }

    @Test
    void judgesACheckThatFailed() {
        TaskAttempt attempt = RecordedEvents.attempt("tools", 0);
        attempt.complain("2 tests failed");
        attempt.take(new Event.CheckFinished(RecordedEvents.TASK, 1, RecordedEvents.BEGIN));

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(0)))
                .isEqualTo(TaskResult.of(Outcome.CHECK_FAILED, "the check ended with status 1: 2 tests failed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  0 | false | true  | FAILED        | the CLI ended with status 0 and without a result: oh no",
                "  1 | false | false | START_FAILED  | the CLI ended with status 1 at once: oh no",
                " 66 | false | false | START_FAILED  | the CLI ended with status 66 at once: oh no",
                "143 | false | true  | KILLED        | the CLI was ended by signal 15: oh no",
                "137 | true  | true  | OUT_OF_MEMORY | it needed more memory than the agent may have",
            })
    void judgesAnExitWithoutAResult(int exitCode, boolean outOfMemory, boolean opened, Outcome outcome, String reason) {
        TaskAttempt attempt = RecordedEvents.begun();
        if (opened) {
            attempt.take(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));
        }
        attempt.complain("oh no");

        assertThat(OutcomeClassifier.ofEnded(
                        attempt,
                        new Event.ProcessExited(
                                RecordedEvents.TASK, exitCode, outOfMemory, false, RecordedEvents.BEGIN)))
                .isEqualTo(TaskResult.of(outcome, reason));
    }

    @ParameterizedTest
    @CsvSource({
        "sh: 1: cannot create log: No space left on device",
        "cp: error writing x: No space left on device",
        "'Error: ENOSPC: no space left on device, write'",
        "java.io.IOException: No space left on device"
    })
    void callsAFailureForWantOfSpaceByThat(String line) {
        TaskAttempt ended = RecordedEvents.begun();
        ended.complain(line);
        ended.complain("npm ERR! see the log");
        TaskAttempt checked = RecordedEvents.attempt("tools", 0);
        checked.complain(line);
        checked.take(new Event.CheckFinished(RecordedEvents.TASK, 1, RecordedEvents.BEGIN));

        assertThat(OutcomeClassifier.ofEnded(ended, RecordedEvents.ended(1)))
                .isEqualTo(TaskResult.of(Outcome.DISK_FULL, line));
        assertThat(OutcomeClassifier.ofEnded(checked, RecordedEvents.ended(0)))
                .isEqualTo(TaskResult.of(Outcome.DISK_FULL, line));
    }

    @Test
    void callsAnErrorForWantOfSpaceThatTheCliReportsByThat() {
        TaskAttempt attempt = RecordedEvents.attempt(
                List.of("{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"result\":\"ENOSPC: no space left on device, write\"}"),
                1);

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(1)).outcome())
                .isEqualTo(Outcome.DISK_FULL);
    }

    @Test
    void callsAFailureThatLeftNoSpaceByThat() {
        TaskAttempt attempt = RecordedEvents.begun();
        attempt.take(EventReader.read("{\"type\":\"claude_fleet\",\"subtype\":\"full\",\"task\":\"worker\","
                + "\"place\":\"the workspace\",\"time\":\"2026-11-24T08:00:00Z\"}"));

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(1)))
                .isEqualTo(TaskResult.of(Outcome.DISK_FULL, "there is no space left in the workspace"));
    }

    @Test
    void aRunThatCameToItsEndIsDoneWhateverItLacked() {
        TaskAttempt attempt = RecordedEvents.attempt("tools", 0);
        attempt.complain("tee: log: No space left on device");

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(0)).outcome())
                .isEqualTo(Outcome.DONE);
    }

    // ---- after a result

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "background                  |   0 | DONE          | ''",
                "moved-to-background         |   0 | DONE          | ''",
                "monitor                     |   0 | DONE          | ''",
                "wakeup                      |   0 | DONE          | ''",
                "background                  |   1 | DONE          | the CLI ended with status 1 after its result",
                "background                  | 143 | DONE          | the CLI ended with status 143 after its result",
                "background-limit            |   0 | DONE          | the CLI stopped \"server\" in the background; the agent was told",
                "background-subagent         |   0 | UNFINISHED    | the CLI ended while \"build\" was under way in the background",
                "interrupted-background      |   0 | UNFINISHED    | the CLI ended while \"server\" was under way in the background",
                "interrupted-background-late |   0 | UNFINISHED    | the CLI ended while \"server\" was under way in the background",
                "interrupted-background      | 143 | KILLED        | the CLI was ended by signal 15 while \"server\" was under way in the background",
            })
    void whatIsUnderWayInTheBackgroundAtTheEndIsNotDone(String name, int exitCode, Outcome outcome, String reason) {
        TaskAttempt attempt = RecordedEvents.attempt(name, exitCode);

        assertThat(OutcomeClassifier.ofEnded(attempt, attempt.ended().orElseThrow()))
                .isEqualTo(TaskResult.of(outcome, reason));
    }

    @Test
    void aTurnThatHasNoResultIsNotDoneThoughTheOneBeforeHas() {
        TaskAttempt attempt = RecordedEvents.begun();
        RecordedEvents.lines("background").forEach(line -> attempt.take(EventReader.read(line)));
        attempt.take(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(0)))
                .isEqualTo(TaskResult.of(
                        Outcome.FAILED, "the CLI ended with status 0, in a turn that followed its result"));
        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(143)).outcome())
                .isEqualTo(Outcome.KILLED);
        assertThat(OutcomeClassifier.ofVanished(Optional.of(attempt), ContainerEnd.gone())
                        .outcome())
                .isEqualTo(Outcome.KILLED);
    }

    @Test
    void ofTwoResultsTheLastOneIsJudged() {
        TaskAttempt attempt = RecordedEvents.begun();
        RecordedEvents.lines("background").forEach(line -> attempt.take(EventReader.read(line)));
        RecordedEvents.lines("overload").forEach(line -> attempt.take(EventReader.read(line)));

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(1)).reason())
                .contains("529");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slash-help    | (/help isn't available in this environment.)",
                "slash-clear   | a command of its own; begin",
                "slash-compact | a command of its own; begin"
            })
    void aPromptForWhichTheModelWasNotAskedIsNotDone(String name, String words) {
        TaskResult taskResult = judged(name, 0);

        assertThat(taskResult.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(taskResult.reason())
                .startsWith("the CLI asked nothing of the model")
                .contains(words);
    }

    // ---- checks

    @ParameterizedTest
    @CsvSource({
        "tools, 0, NOT_CHECKED",
        "tools, 1, NOT_CHECKED",
        "tools, 137, NOT_CHECKED",
        "turns, 1, OUT_OF_TURNS",
        "interrupted-background, 0, UNFINISHED",
        "slash-clear, 0, FAILED"
    })
    void aCheckThatDidNotRunIsNoPassedCheck(String name, int exitCode, Outcome outcome) {
        TaskAttempt attempt = checked(name);

        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(exitCode))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"ENDED", "OUT_OF_MEMORY", "GONE", "SILENT"})
    void noContainerThatEndsMakesACheckPass(ContainerEnd.Kind kind) {
        TaskResult taskResult = OutcomeClassifier.ofVanished(
                Optional.of(checked("tools")), new ContainerEnd(kind, OptionalInt.of(137)));

        assertThat(taskResult.outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(taskResult.reason()).startsWith("its check did not come to an end: ");
    }

    @Test
    void aCheckThatPassedStandsWhateverBecomesOfTheContainer() {
        TaskAttempt attempt = checked("tools");
        attempt.take(new Event.CheckFinished(RecordedEvents.TASK, 0, RecordedEvents.BEGIN));

        assertThat(OutcomeClassifier.ofVanished(Optional.of(attempt), ContainerEnd.gone())
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(OutcomeClassifier.ofEnded(attempt, RecordedEvents.ended(1)))
                .isEqualTo(TaskResult.of(Outcome.DONE, "the CLI ended with status 1 after its result"));
    }

    private static TaskAttempt checked(String name) {
        TaskAttempt attempt = new TaskAttempt(
                RecordedEvents.AGENT,
                new Event.AttemptStarted(
                        RecordedEvents.TASK, "hash", Optional.empty(), 1, RecordedEvents.BEGIN, Optional.empty()),
                true);
        RecordedEvents.lines(name).forEach(line -> attempt.take(EventReader.read(line)));
        return attempt;
    }

    @ParameterizedTest
    @CsvSource({"ENDED, KILLED", "OUT_OF_MEMORY, OUT_OF_MEMORY", "GONE, KILLED", "SILENT, UNKNOWN"})
    void aContainerThatEndsWhileTheCliWaitsCutsWorkOff(ContainerEnd.Kind kind, Outcome outcome) {
        TaskAttempt attempt = RecordedEvents.begun();
        List<String> lines = RecordedEvents.lines("background");
        int results = 0;
        for (int line = 0; results == 0; line++) {
            attempt.take(EventReader.read(lines.get(line)));
            results += lines.get(line).contains("\"type\":\"result\"") ? 1 : 0;
        }

        assertThat(attempt.session().isWaiting()).isTrue();
        assertThat(OutcomeClassifier.ofVanished(Optional.of(attempt), new ContainerEnd(kind, OptionalInt.of(137)))
                        .outcome())
                .isEqualTo(outcome);
    }

    // ---- containers

    @ParameterizedTest
    @CsvSource({"ENDED, KILLED", "OUT_OF_MEMORY, OUT_OF_MEMORY", "GONE, KILLED", "SILENT, UNKNOWN"})
    void judgesARunWhoseContainerEndedUnderIt(ContainerEnd.Kind kind, Outcome outcome) {
        assertThat(OutcomeClassifier.ofVanished(
                                Optional.of(RecordedEvents.begun()), new ContainerEnd(kind, OptionalInt.of(137)))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void trustsAResultWhoseExitNobodySaw() {
        TaskAttempt attempt = RecordedEvents.begun();
        RecordedEvents.lines("tools").forEach(line -> attempt.take(EventReader.read(line)));

        assertThat(OutcomeClassifier.ofVanished(Optional.of(attempt), ContainerEnd.gone())
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "77  | cannot write its workspace",
                "78  | does not see the login",
                "127 | has no claude command",
                "5   | ended before it began (exit status 5)",
            })
    void saysWhyAnAgentNeverBegan(int exitCode, String reason) {
        ContainerEnd end = new ContainerEnd(ContainerEnd.Kind.ENDED, OptionalInt.of(exitCode));

        TaskResult taskResult = OutcomeClassifier.ofVanished(Optional.empty(), end);

        assertThat(taskResult.outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(taskResult.reason()).contains(reason);
    }

    private static TaskResult judged(String name, int exitCode) {
        TaskAttempt attempt = RecordedEvents.attempt(name, exitCode);
        return OutcomeClassifier.ofEnded(attempt, attempt.ended().orElseThrow());
    }
}
