package io.github.claudefleet.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeJudgeTest {

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
        Run run = Recorded.run(name, exitCode);

        assertThat(OutcomeJudge.ofEnded(run, run.ended().orElseThrow()))
                .isEqualTo(new Judgement(outcome, reason, passing, Optional.empty()));
    }

    @Test
    void callsALoginDeadThatIsForbidden() {
        assertThat(judged("forbidden", 1).outcome()).isEqualTo(Outcome.LOGIN_DEAD);
    }

    @Test
    void callsAServiceThatIsOverloadedAPassingFailure() {
        Judgement judgement = judged("overload", 1);

        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.passing()).isTrue();
        assertThat(judgement.reason()).contains("529 Overloaded");
    }

    @Test
    void takesTheResultsWordOverTheExitStatus() {
        assertThat(judged("tools", 1).outcome()).isEqualTo(Outcome.DONE);
        assertThat(judged("turns", 0).outcome()).isEqualTo(Outcome.OUT_OF_TURNS);
    }

    @Test
    void judgesACheckThatFailed() {
        Run run = Recorded.run("tools", 0);
        run.complain("2 tests failed");
        run.take(new Event.Checked(Recorded.TASK, 1, Recorded.BEGIN));

        assertThat(OutcomeJudge.ofEnded(run, Recorded.ended(0)))
                .isEqualTo(Judgement.of(Outcome.CHECK_FAILED, "the check ended with status 1: 2 tests failed"));
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
        Run run = Recorded.begun();
        if (opened) {
            run.take(new Event.Opened(Optional.empty(), Optional.empty(), Optional.empty()));
        }
        run.complain("oh no");

        assertThat(OutcomeJudge.ofEnded(run, new Event.Ended(Recorded.TASK, exitCode, outOfMemory, Recorded.BEGIN)))
                .isEqualTo(Judgement.of(outcome, reason));
    }

    @ParameterizedTest
    @CsvSource({
        "sh: 1: cannot create log: No space left on device",
        "cp: error writing x: No space left on device",
        "'Error: ENOSPC: no space left on device, write'",
        "java.io.IOException: No space left on device"
    })
    void callsAFailureForWantOfSpaceByThat(String line) {
        Run ended = Recorded.begun();
        ended.complain(line);
        ended.complain("npm ERR! see the log");
        Run checked = Recorded.run("tools", 0);
        checked.complain(line);
        checked.take(new Event.Checked(Recorded.TASK, 1, Recorded.BEGIN));

        assertThat(OutcomeJudge.ofEnded(ended, Recorded.ended(1))).isEqualTo(Judgement.of(Outcome.DISK_FULL, line));
        assertThat(OutcomeJudge.ofEnded(checked, Recorded.ended(0))).isEqualTo(Judgement.of(Outcome.DISK_FULL, line));
    }

    @Test
    void callsAnErrorForWantOfSpaceThatTheCliReportsByThat() {
        Run run = Recorded.run(
                List.of("{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"result\":\"ENOSPC: no space left on device, write\"}"),
                1);

        assertThat(OutcomeJudge.ofEnded(run, Recorded.ended(1)).outcome()).isEqualTo(Outcome.DISK_FULL);
    }

    @Test
    void callsAFailureThatLeftNoSpaceByThat() {
        Run run = Recorded.begun();
        run.take(EventReader.read("{\"type\":\"claude_fleet\",\"subtype\":\"full\",\"task\":\"worker\","
                + "\"place\":\"the workspace\",\"time\":\"2026-11-24T08:00:00Z\"}"));

        assertThat(OutcomeJudge.ofEnded(run, Recorded.ended(1)))
                .isEqualTo(Judgement.of(Outcome.DISK_FULL, "there is no space left in the workspace"));
    }

    @Test
    void aRunThatCameToItsEndIsDoneWhateverItLacked() {
        Run run = Recorded.run("tools", 0);
        run.complain("tee: log: No space left on device");

        assertThat(OutcomeJudge.ofEnded(run, Recorded.ended(0)).outcome()).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @CsvSource({"ENDED, KILLED", "OUT_OF_MEMORY, OUT_OF_MEMORY", "GONE, KILLED", "SILENT, UNKNOWN"})
    void judgesARunWhoseContainerEndedUnderIt(ContainerEnd.Kind kind, Outcome outcome) {
        assertThat(OutcomeJudge.ofVanished(Optional.of(Recorded.begun()), new ContainerEnd(kind, OptionalInt.of(137)))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void trustsAResultWhoseExitNobodySaw() {
        Run run = Recorded.begun();
        Recorded.lines("tools").forEach(line -> run.take(EventReader.read(line)));

        assertThat(OutcomeJudge.ofVanished(Optional.of(run), ContainerEnd.gone())
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

        Judgement judgement = OutcomeJudge.ofVanished(Optional.empty(), end);

        assertThat(judgement.outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(judgement.reason()).contains(reason);
    }

    private static Judgement judged(String name, int exitCode) {
        Run run = Recorded.run(name, exitCode);
        return OutcomeJudge.ofEnded(run, run.ended().orElseThrow());
    }
}
