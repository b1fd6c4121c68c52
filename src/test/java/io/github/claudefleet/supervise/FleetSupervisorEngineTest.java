package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.task.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends of containers and streams, and absences of the engine. */
@Timeout(60)
class FleetSupervisorEngineTest {

    private static final String RESTARTED = "the engine was restarted while it worked";

    @TempDir
    private Path results;

    private SupervisedAgents agents;

    @BeforeEach
    void create() {
        agents = new SupervisedAgents(results);
    }

    @AfterEach
    void close() throws InterruptedException {
        agents.close();
    }

    // ---- containers

    @Test
    void aContainerThatEndsTakesItsTaskWithIt() throws Exception {
        atWork().containerEnds("fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo("its container was stopped or killed (exit status 1)");
    }

    @Test
    void aContainerThatIsKilledIsJudgedOnceTheEngineIsKnownToStay() throws Exception {
        atWork().containerEnds("fixer", 137).seconds(19);
        assertThat(agents.isOver()).isFalse();
        agents.seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo("its container was stopped or killed (exit status 137)");
    }

    @Test
    void theReasonOfTheEngineIsTold() throws Exception {
        atWork().containerIsEnded("fixer", "pod fixer was evicted from its node: low on memory")
                .seconds(20);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo("pod fixer was evicted from its node: low on memory");
    }

    @Test
    void aContainerThatWasKilledLongAgoIsJudgedAtOnce() throws Exception {
        atWork().containerEnds("fixer", 137, SettableClock.BEGIN.minusSeconds(20));

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
    }

    @Test
    void aContainerThatRunsOutOfMemoryIsToldAsThat() throws Exception {
        atWork().containerRunsOutOfMemory("fixer");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(agents.report("fixer").reason()).isEqualTo("its container was killed for its memory limit");
    }

    @Test
    void aContainerThatIsRemovedIsToldAsThat() throws Exception {
        atWork().containerIsRemoved("fixer");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo("its container was removed");
    }

    @Test
    void aContainerThatEndsAfterTheResultLeavesTheTaskDone() throws Exception {
        atWork().prints("fixer", CliLines.result()).containerEnds("fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "77, the agent cannot write its workspace",
        "78, the agent does not see the login",
        "127, the agent's image has no claude command",
        "1, its container ended before it began (exit status 1)"
    })
    void aContainerThatEndsBeforeTheTaskBeganIsToldByItsStatus(int status, String reason) throws Exception {
        agents.queue(SampleQueue.named("fixer").atOnce()).begin().containerEnds("fixer", status);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(agents.report("fixer").reason()).isEqualTo(reason);
    }

    @Test
    void anAgentWithoutAContainerHasNothingToDo() throws Exception {
        agents.queue(SampleQueue.named("fixer").atOnce()).queue(SampleQueue.named("reviewer"));
        agents.engine().containers().remove("fixer");
        agents.engine().containers().remove("reviewer");
        agents.begin();

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(agents.report("fixer").reason()).isEqualTo("its container is not there");
        assertThat(agents.report("reviewer").outcome()).isEqualTo(Outcome.NOT_STARTED);
        assertThat(agents.report("reviewer").reason()).isEqualTo("none of its agents is up");
    }

    @Test
    void anAgentWhoseContainerHasEndedGetsNoMoreTasks() throws Exception {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two", "three").agents(2))
                .begin()
                .begins("fixer-1", "fixer/one")
                .containerEnds("fixer-1", 1);
        assertThat(agents.calls()).as("the third waits for the other agent").hasSize(2);
        agents.does("fixer-2", "fixer/two");
        assertThat(agents.calls()).containsExactly("send fixer/three 1 in fixer-2");

        agents.containerEnds("fixer-2", 1);
        assertThat(agents.report().tasks())
                .extracting(task -> task.outcome().value())
                .containsExactly("killed", "done", "start failed");
    }

    // ---- streams

    @Test
    void aStreamThatEndsIsTakenUpAgainWithoutLossOrRepetition() throws Exception {
        atWork().prints("fixer", count(1, 3)).complains("fixer", "warning 1");
        agents.streamIsCut("fixer").prints("fixer", count(4, 6)).complains("fixer", "warning 2");
        assertThat(counted()).isEqualTo(List.of(count(1, 3)));

        agents.seconds(1);
        assertThat(counted()).isEqualTo(List.of(count(1, 6)));
        agents.prints("fixer", count(7, 9)).prints("fixer", CliLines.result()).exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(counted()).isEqualTo(List.of(count(1, 9)));
        assertThat(Files.readAllLines(results.resolve("fixer/stderr.log"))).containsExactly("warning 1", "warning 2");
    }

    @Test
    void outputBeforeTheEndOfTheContainerIsReadToItsEnd() throws Exception {
        atWork().streamIsCut("fixer").prints("fixer", CliLines.result()).containerEnds("fixer", 0);
        assertThat(agents.isOver()).as("it is between two looks").isFalse();
        agents.seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    // ---- the engine

    @Test
    void aTaskThatWorksThroughAnAbsenceGoesOn() throws Exception {
        atWork().prints("fixer", count(1, 3)).engineGoesAway().prints("fixer", count(4, 6));
        assertThat(agents.console()).contains("The engine does not answer; waiting for up to 5m");

        agents.seconds(240).engineComesBack().seconds(1).seconds(1);
        assertThat(agents.console()).contains("The engine was away for 4m 1s; following the agents again");
        agents.prints("fixer", CliLines.result()).exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(counted()).isEqualTo(List.of(count(1, 6)));
    }

    @Test
    void aContainerThatTheEngineEndedBeforeItWentIsToldAsThat() throws Exception {
        atWork().containerEnds("fixer", 143)
                .seconds(3)
                .engineGoesAway()
                .seconds(2)
                .engineComesBack()
                .seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo(RESTARTED);
    }

    @Test
    void aContainerThatEndedDuringTheAbsenceIsToldAsThat() throws Exception {
        atWork().engineGoesAway();
        agents.engine().ends("fixer", 137, false, agents.now());
        agents.seconds(10).engineComesBack().seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo(RESTARTED);
    }

    @Test
    void anAttemptThatEndedBeforeTheEngineWentWasEndedByIt() throws Exception {
        atWork().exits("fixer", "fixer", 143).seconds(5);
        assertThat(agents.isOver()).as("the engine may be about to go").isFalse();
        agents.engineGoesAway().seconds(5).engineComesBack().seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo(RESTARTED);
    }

    @Test
    void anAttemptThatWasKilledWhileTheEngineStayedIsToldByItsSignal() throws Exception {
        atWork().exits("fixer", "fixer", 137).seconds(19);
        assertThat(agents.isOver()).isFalse();
        agents.seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.KILLED);
        assertThat(agents.report("fixer").reason()).isEqualTo("the CLI was ended by signal 9");
    }

    @Test
    void anAbsenceThatIsOverBeforeAnybodyAsksIsNoticed() throws Exception {
        atWork().containerEnds("fixer", 143).connectionsAreCut();

        assertThat(agents.report("fixer").reason()).isEqualTo(RESTARTED);
        assertThat(agents.console())
                .contains("The engine was away for 0ms; following the agents again")
                .noneMatch(line -> line.contains("does not answer"));
    }

    @Test
    void whileTheEngineIsAwayNothingIsStoppedOrBegun() {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").agents(2).retries(1))
                .begin();
        agents.begins("fixer-1", "fixer/one")
                .failsForNow("fixer-2", "fixer/two")
                .calls();

        agents.engineGoesAway();
        IntStream.range(0, 4).forEach(minute -> agents.seconds(60));
        assertThat(agents.calls()).isEmpty();
        agents.engineComesBack().seconds(1);
        assertThat(agents.calls()).containsExactly("send fixer/two 2 in fixer-2");
    }

    @Test
    void theLimitOnSilenceBeginsAgainAfterAnAbsence() {
        atWork().seconds(800).engineGoesAway().seconds(240).engineComesBack().seconds(1);

        assertThat(agents.seconds(900).calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
    }

    @Test
    void aTerminationGoesOnAfterAnAbsence() {
        atWork().seconds(901);
        assertThat(agents.calls()).containsExactly("signal fixer INT in fixer");

        assertThat(agents.engineGoesAway().seconds(60).calls()).isEmpty();
        assertThat(agents.engineComesBack().seconds(1).calls()).containsExactly("signal fixer TERM in fixer");
    }

    @Test
    void anEngineThatStaysAwayEndsTheSupervision() {
        atWork().engineGoesAway().seconds(300);
        assertThat(agents.isOver()).isFalse();
        agents.seconds(1);

        assertThatThrownBy(agents::report)
                .cause()
                .isInstanceOfSatisfying(EngineException.class, lost -> {
                    assertThat(lost.kind()).isEqualTo(EngineException.Kind.UNREACHABLE);
                    assertThat(lost.suggestion().orElseThrow()).contains("claude-fleet:await");
                })
                .hasMessageContaining("the engine did not answer for 5m");
    }

    @Test
    void anEngineThatRefusesForTooLongEndsTheSupervision() {
        atWork().engineRefuses(EngineException.Kind.FAILED);
        for (int second = 0; second < 29; second++) {
            agents.seconds(1);
        }
        assertThat(agents.isOver()).isFalse();
        agents.seconds(1);

        assertThatThrownBy(agents::report)
                .cause()
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(EngineException.Kind.FAILED));
    }

    @Test
    void theLastTaskThatEndsDuringAnAbsenceAwaitsTheEngine() throws Exception {
        atWork().engineGoesAway();
        agents.engine().prints("fixer", CliLines.result());
        agents.engine().ends("fixer", 0, false, agents.now());
        agents.seconds(30);
        assertThat(agents.isOver()).isFalse();
        agents.engineComesBack().seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    /** Agent whose only task is under way. */
    private SupervisedAgents atWork() {
        agents.queue(SampleQueue.named("fixer")).begin().begins("fixer", "fixer");
        agents.calls();
        return agents;
    }

    private static String[] count(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj("{\"type\":\"user\",\"line\":%d}"::formatted)
                .toArray(String[]::new);
    }

    private List<String> counted() throws IOException {
        return Files.readAllLines(results.resolve("fixer/events.jsonl")).stream()
                .filter(line -> line.contains("\"line\""))
                .toList();
    }
}
