package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.task.Outcome;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are sent to agents, also those of an earlier supervisor. */
@Timeout(60)
class FleetSupervisorTasksTest {

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

    // ---- sending

    @Test
    void aTaskThatIsRefusedHasNotBegun() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .nextCommand(() -> new ExecResult(75, "", "nobody takes it\n"))
                .begin();

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(agents.report("fixer").reason()).isEqualTo("its agent did not take it (status 75) nobody takes it");
    }

    @Test
    void aTaskWhoseAnswerIsLostIsSentAgain() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .nextCommand(AgentCommands::lost)
                .nextCommand(() -> new ExecResult(3, "", ""))
                .begin();
        assertThat(agents.calls()).containsExactly("send fixer 1 in fixer", "send fixer 1 in fixer");
        agents.does("fixer", "fixer");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").attempts()).isOne();
    }

    @Test
    void aTaskWhoseAnswersAreAllLostHasAnUnknownEnd() throws Exception {
        agents.queue(SampleQueue.named("fixer"));
        IntStream.range(0, 3).forEach(attempt -> agents.nextCommand(AgentCommands::lost));
        agents.begin();

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(agents.report("fixer").reason()).isEqualTo("exec: the answer was lost");
        assertThat(agents.calls()).hasSize(3);
    }

    @Test
    void aTaskToAnEngineThatIsAwayIsRepeatedEachSecond() {
        agents.queue(SampleQueue.named("fixer"));
        IntStream.range(0, 5)
                .forEach(attempt -> agents.nextCommand(() -> {
                    throw new EngineException(EngineException.Kind.UNREACHABLE, "exec", "nobody answers", "", null);
                }));
        agents.begin();
        assertThat(agents.calls()).hasSize(1);

        for (int second = 1; second <= 5; second++) {
            assertThat(agents.seconds(1).calls()).containsExactly("send fixer 1 in fixer");
        }
        assertThat(agents.seconds(1).calls()).isEmpty();
    }

    // ---- an earlier supervisor

    @Test
    void tasksFromAnEarlierSupervisorAreTakenUp() throws Exception {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two", "three").agents(2))
                .sentBefore("fixer-1", "ended fixer/one 1\nno task at all\ntaken fixer/two 1\ntaken fixer/two x\n")
                .does("fixer-1", "fixer/one")
                .begins("fixer-1", "fixer/two")
                .begin();
        assertThat(agents.calls()).containsExactly("send fixer/three 1 in fixer-2");

        agents.does("fixer-2", "fixer/three")
                .prints("fixer-1", CliLines.result())
                .exits("fixer-1", "fixer/two", 0);
        assertThat(agents.report().tasks()).allMatch(task -> task.outcome() == Outcome.DONE);
        assertThat(agents.report().began()).isEqualTo(SettableClock.BEGIN);
    }

    @Test
    void aRetryFromAnEarlierSupervisorIsAwaited() throws Exception {
        agents.queue(SampleQueue.named("fixer").retries(1))
                .sentBefore("fixer", "ended fixer 1\ntaken fixer 2\n")
                .failsForNow("fixer", "fixer")
                .begin();
        assertThat(agents.seconds(60).calls()).isEmpty();
        agents.does("fixer", "fixer");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").attempts()).isEqualTo(2);
    }

    @Test
    void aTaskThatEndedBeforeIsReadFromItsLog() throws Exception {
        agents.queue(SampleQueue.named("fixer").atOnce())
                .does("fixer", "fixer")
                .containerEnds("fixer", 0)
                .begin();

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.calls()).isEmpty();
    }

    @Test
    void anAgentThatHasARetryFromAnEarlierSupervisorIsNotFree() {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").agents(2).retries(1))
                .sentBefore("fixer-1", "waiting fixer/one 2\n")
                .sentBefore("fixer-2", "ended fixer/one 1\n")
                .failsForNow("fixer-2", "fixer/one")
                .begin();

        assertThat(agents.calls()).containsExactly("send fixer/two 1 in fixer-2");
    }

    @Test
    void anAttemptThatIsReadAfterItsRetryIsNotTakenForTheLast() {
        agents.queue(SampleQueue.named("fixer").tasks("one").agents(2).retries(1))
                .sentBefore("fixer-1", "taken fixer/one 2\n")
                .sentBefore("fixer-2", "ended fixer/one 1\n")
                .begins("fixer-1", "fixer/one")
                .begin();
        agents.failsForNow("fixer-2", "fixer/one");

        assertThat(agents.seconds(10).calls()).isEmpty();
    }

    @Test
    void anAttemptThatFailedLongAgoIsNotTimedOut() throws Exception {
        agents.queue(SampleQueue.named("fixer").atOnce())
                .begins("fixer", "fixer")
                .prints("fixer", longOutput())
                .exits("fixer", "fixer", 1)
                .containerEnds("fixer", 1);
        agents.passes(7_200);
        agents.begin();

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(agents.calls()).isEmpty();
    }

    @Test
    void anAgentThatHasEndedBeforeGetsNoTask() {
        agents.queue(SampleQueue.named("fixer").agents(2))
                .prints("fixer-1", longOutput())
                .containerEnds("fixer-1", 1)
                .begin();

        assertThat(agents.calls()).containsExactly("send fixer 1 in fixer-2");
    }

    /** Returns more lines than the supervisor takes before its next decision. */
    private static String[] longOutput() {
        return Collections.nCopies(5_000, CliLines.SIGN_OF_LIFE).toArray(String[]::new);
    }
}
