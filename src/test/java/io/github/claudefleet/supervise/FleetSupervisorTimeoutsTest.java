package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.task.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time limits of tasks, and the stages in which a task is stopped. */
@Timeout(60)
class FleetSupervisorTimeoutsTest {

    private static final Duration TOTAL = Duration.ofSeconds(600);
    private static final Duration IDLE = Duration.ofSeconds(120);
    private static final Duration BACKGROUND = Duration.ofSeconds(200);
    private static final Duration GRACE = Duration.ofSeconds(10);

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

    @Test
    void aTaskThatTakesTooLongIsTimedOut() throws Exception {
        atWork();
        for (int waited = 0; waited < 600; waited += 100) {
            agents.seconds(100).prints("fixer", CliLines.SIGN_OF_LIFE);
        }
        assertThat(agents.calls()).isEmpty();

        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
        assertThat(agents.console()).contains("Agent fixer is stopped: it took longer than 10m");
        agents.exits("fixer", "fixer", 130);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(agents.report("fixer").reason()).isEqualTo("it took longer than 10m");
    }

    @Test
    void aTaskThatSaysNothingIsHung() throws Exception {
        atWork().seconds(120);
        assertThat(agents.calls()).isEmpty();

        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
        agents.exits("fixer", "fixer", 130);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.HUNG);
        assertThat(agents.report("fixer").reason()).isEqualTo("it said nothing for 2m");
    }

    @Test
    void anyLineIsASignOfLife() {
        atWork().seconds(120)
                .prints("fixer", "no JSON")
                .seconds(120)
                .complains("fixer", "warning: slow")
                .seconds(120);
        assertThat(agents.calls()).isEmpty();

        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
    }

    @Test
    void aBackgroundTaskThatNeverEndsLeavesTheTaskUnfinished() throws Exception {
        atWork().prints("fixer", CliLines.background("java -jar server.jar"), CliLines.result())
                .seconds(200);
        assertThat(agents.calls())
                .as("the limit on silence does not hold after a result")
                .isEmpty();

        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
        agents.exits("fixer", "fixer", 130);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.UNFINISHED);
        assertThat(agents.report("fixer").reason())
                .isEqualTo("\"java -jar server.jar\" was still under way in the background 3m 20s after its result");
        assertThat(agents.report("fixer").answer().text()).contains("fine");
    }

    @Test
    void aTaskThatWaitsForTheBackgroundSaysSo() {
        atWork().prints("fixer", CliLines.background("mvn verify"), CliLines.result());
        agents.console();

        assertThat(agents.seconds(15).console()).contains("Agent fixer: waits for \"mvn verify\" (0 steps, 15s)");
    }

    @Test
    void aBackgroundTaskThatEndsGivesTheNextTurnItsTime() throws Exception {
        atWork().prints("fixer", CliLines.background("mvn verify"), CliLines.result())
                .seconds(200)
                .prints("fixer", CliLines.background(), CliLines.INIT)
                .seconds(120);
        assertThat(agents.calls()).isEmpty();
        agents.prints("fixer", CliLines.result("built", "0.2")).exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").answer().text()).contains("built");
    }

    @Test
    void aCliThatStaysAfterItsResultIsEndedAndDone() throws Exception {
        atWork().prints("fixer", CliLines.result()).seconds(10);
        assertThat(agents.calls()).isEmpty();

        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
        agents.exits("fixer", "fixer", 130);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.console())
                .contains("Agent fixer is stopped: it did not end by itself within 10s of its result");
    }

    // ---- stages

    @Test
    void aTaskThatObeysNoSignalIsEndedWithItsContainer() throws Exception {
        atWork().seconds(121);
        assertThat(agents.calls()).containsExactly("signal fixer INT in fixer");

        assertThat(agents.seconds(9).calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer TERM in fixer");
        assertThat(agents.seconds(9).calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer KILL all in fixer");
        assertThat(agents.seconds(29).calls()).isEmpty();
        assertThat(agents.isOver()).isFalse();
        assertThat(agents.seconds(1).calls()).containsExactly("stop container fixer within 0ms");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.HUNG);
        assertThat(agents.report("fixer").exit().code()).isEmpty();
    }

    @Test
    void aLongGraceHoldsBeforeTheContainerToo() {
        agents.queue(SampleQueue.named("fixer").timeouts(TOTAL, IDLE, BACKGROUND, Duration.ofSeconds(40)))
                .begin()
                .begins("fixer", "fixer")
                .seconds(121)
                .seconds(40)
                .seconds(40);
        assertThat(agents.calls()).hasSize(4).last().isEqualTo("signal fixer KILL all in fixer");

        assertThat(agents.seconds(39).calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("stop container fixer within 0ms");
    }

    @Test
    void aTaskThatObeysGetsNoFurtherSignal() {
        agents.queue(sample().tasks("one", "two"))
                .begin()
                .begins("fixer", "fixer/one")
                .seconds(121)
                .exits("fixer", "fixer/one", 130);
        assertThat(agents.calls())
                .containsExactly(
                        "send fixer/one 1 in fixer", "signal fixer/one INT in fixer", "send fixer/two 1 in fixer");

        agents.begins("fixer", "fixer/two").seconds(60).prints("fixer", CliLines.SIGN_OF_LIFE);
        assertThat(agents.calls()).isEmpty();
    }

    @Test
    void aSignalThatFailsIsFollowedByTheNext() {
        atWork().nextCommand(() -> {
            throw new EngineException(EngineException.Kind.FAILED, "exec", "the test says so", "", null);
        });

        assertThat(agents.seconds(121).calls()).containsExactly("signal fixer INT in fixer");
        assertThat(agents.isOver()).isFalse();
        assertThat(agents.seconds(10).calls()).containsExactly("signal fixer TERM in fixer");
    }

    @Test
    void aResultThatComesAfterTheFirstSignalCounts() throws Exception {
        atWork().seconds(121).prints("fixer", CliLines.result()).exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aRetryIsStoppedByItsOwnTime() throws Exception {
        agents.queue(sample().retries(1))
                .begin()
                .failsForNow("fixer", "fixer")
                .seconds(590)
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT)
                .seconds(100)
                .prints("fixer", CliLines.result())
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").attempts()).isEqualTo(2);
    }

    // ---- checks

    @Test
    void aCheckHasTheRestOfTheTotalTime() throws Exception {
        agents.queue(sample().check("mvn verify"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.result())
                .exitsBeforeCheck("fixer", "fixer", 0)
                .seconds(600);
        assertThat(agents.calls()).as("no limit on silence").containsExactly("send fixer 1 in fixer");

        assertThat(agents.seconds(1).calls()).containsExactly("signal fixer INT in fixer");
        agents.checked("fixer", "fixer", 130);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void aCheckIsNotStoppedForTheCliThatStayed() throws Exception {
        agents.queue(sample().check("mvn verify"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.result())
                .seconds(11)
                .exitsBeforeCheck("fixer", "fixer", 130);
        assertThat(agents.calls()).containsExactly("send fixer 1 in fixer", "signal fixer INT in fixer");

        assertThat(agents.seconds(300).calls()).isEmpty();
        agents.checked("fixer", "fixer", 0);
        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    // ---- sending

    @Test
    void aTaskThatIsNeverBegunHasAnUnknownEnd() throws Exception {
        agents.queue(sample()).begin().seconds(180);
        assertThat(agents.isOver()).isFalse();
        agents.seconds(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(agents.report("fixer").reason())
                .isEqualTo("it was handed to its agent, which did not say that it began");
        assertThat(agents.calls())
                .as("it may have begun, so it is not sent again")
                .containsExactly("send fixer 1 in fixer");
    }

    private static SampleQueue sample() {
        return SampleQueue.named("fixer").timeouts(TOTAL, IDLE, BACKGROUND, GRACE);
    }

    /** Agent whose only task is under way. */
    private SupervisedAgents atWork() {
        agents.queue(sample()).begin().begins("fixer", "fixer");
        agents.calls();
        return agents;
    }
}
