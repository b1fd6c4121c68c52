package io.github.claudefleet.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.SpanContext;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Transitions of a task's state, and the report on them. */
class TaskStateTest {

    private static final Optional<SpanContext> SPAN = Optional.of(new SpanContext("a".repeat(32), "b".repeat(16)));
    private static final AgentName ONE = new AgentName("fixer-1");
    private static final AgentName TWO = new AgentName("fixer-2");
    private static final TaskId ID = TaskId.parse("fixer/1");
    private static final Task TASK = new Task(ID, new Prompt("Fix it"));
    private static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");
    private static final TaskResult FAILED = TaskResult.of(Outcome.FAILED, "overloaded");

    private final TaskState state = new TaskState(
            new TaskQueue(
                    new AgentName("fixer"),
                    List.of(TASK),
                    List.of(ONE, TWO),
                    false,
                    List.of(),
                    TaskTimeouts.DEFAULT,
                    Optional.empty(),
                    1,
                    Optional.of(CheckSpec.of("mvn test"))),
            TASK,
            false);

    @Test
    void anAgentHoldsATaskFromTheAssignmentToItsEnd() {
        assertThat(state.isAtWork()).isFalse();

        state.send(ONE, 1, BEGIN);
        assertThat(state.isSentTo(ONE)).isTrue();
        assertThat(state.isHeldBy(ONE)).isTrue();
        assertThat(state.isHeldBy(TWO)).isFalse();
        assertThat(state.running()).isEmpty();

        begin(ONE, 0);
        assertThat(state.isSentTo(ONE)).isFalse();
        assertThat(state.isHeldBy(ONE)).isTrue();
        assertThat(state.running()).isPresent();

        state.end(TaskResult.of(Outcome.DONE, ""));
        assertThat(state.isAtWork()).isFalse();
        assertThat(state.isHeldBy(ONE)).isFalse();
        assertThat(state.running()).isEmpty();
        assertThat(state.last()).isPresent();
        assertThat(state.isDone()).isTrue();
    }

    @Test
    void everyEventIsASignOfLifeAndOnlyProgressIsActivity() {
        begin(ONE, 0);

        state.take(new Event.Malformed(), at(5));
        assertThat(state.clock().heardAt()).isEqualTo(at(5));
        assertThat(state.clock().activeAt()).isEqualTo(at(0));
        state.take(result("1"), at(6));
        assertThat(state.clock().activeAt()).isEqualTo(at(6));
        state.complain("a warning", at(7));
        assertThat(state.clock().heardAt()).isEqualTo(at(7));
        assertThat(state.clock().activeAt()).isEqualTo(at(6));
        assertThat(state.clock().since()).isEqualTo(BEGIN);
    }

    @Test
    void aRetryCountsAndARepetitionDoesNot() {
        begin(ONE, 0);
        state.repeat(FAILED, at(60));
        assertThat(state.is(TaskPhase.WAITING)).isTrue();
        assertThat(state.isAtWork()).isFalse();
        assertThat(state.isDue(at(59))).isFalse();
        assertThat(state.isDue(at(60))).isTrue();
        assertThat(state.mayRetry()).isTrue();
        assertThat(state.report().reason()).isEqualTo("overloaded");

        begin(ONE, 60);
        state.retry(FAILED, at(120));
        assertThat(state.retried()).isEqualTo(1);
        assertThat(state.mayRetry()).isFalse();
        assertThat(state.isDue(at(60))).isFalse();
    }

    @Test
    void aTaskThatIsGivenUpKeepsTheOutcomeOfItsLastAttempt() {
        begin(ONE, 0);
        state.retry(FAILED, at(60));

        state.giveUp("no agent is up");

        assertThat(state.is(TaskPhase.OVER)).isTrue();
        assertThat(state.report().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(state.report().reason()).isEqualTo("overloaded; it is not begun again: no agent is up");
    }

    @Test
    void aTaskThatIsGivenUpBeforeItBeganIsNotStarted() {
        state.giveUp("no agent is up");

        assertThat(state.report().outcome()).isEqualTo(Outcome.NOT_STARTED);
        assertThat(state.report().reason()).isEqualTo("no agent is up");
    }

    @Test
    void anAttemptThatWasSentAheadIsAwaitedAtItsAgent() {
        state.send(ONE, 1, at(0));
        state.send(TWO, 2, at(1));
        begin(ONE, 2);
        assertThat(state.numbers().holderOfNext()).isPresent();

        state.awaitNext(at(9));

        assertThat(state.isSentTo(TWO)).isTrue();
        assertThat(state.clock().since()).isEqualTo(at(9));
        begin(TWO, 10);
        assertThat(state.numbers().holderOfNext()).isEmpty();
    }

    @Test
    void aCheckGoesOnAfterTheStopOfACliThatLingers() {
        begin(ONE, 0);
        state.take(result("1"), at(5));
        state.stop(StopCause.LINGERING, "it did not end");
        assertThat(state.isBeingStopped()).isTrue();

        state.take(exited(143, true), at(6));

        assertThat(state.isBeingStopped()).isFalse();
        assertThat(state.hasEnded()).isFalse();
        state.take(new Event.CheckFinished(ID, 0, at(7)), at(7));
        assertThat(state.hasEnded()).isTrue();
    }

    @Test
    void aNewAttemptIsNotAffectedByTheStopOfTheLastOne() {
        begin(ONE, 0);
        state.stop(StopCause.IDLE, "it said nothing");
        assertThat(state.afterStop(FAILED).outcome()).isEqualTo(Outcome.HUNG);

        begin(ONE, 60);

        assertThat(state.isBeingStopped()).isFalse();
        assertThat(state.afterStop(FAILED)).isEqualTo(FAILED);
    }

    @Test
    void onlyASignalThatNobodyHereSentIsFromOutside() {
        begin(ONE, 0);
        state.take(exited(143, false), at(1));
        assertThat(state.isEndedFromOutside()).isTrue();

        begin(ONE, 2);
        state.stop(StopCause.TOTAL, "it took too long");
        state.take(exited(143, false), at(3));
        assertThat(state.isEndedFromOutside()).isFalse();
    }

    @Test
    void aTimeWithoutOutputIsNotHeldAgainstAnAttemptThatMayGoOn() {
        begin(ONE, 0);
        state.excuse(at(50));
        assertThat(state.clock().heardAt()).isEqualTo(at(50));
        assertThat(state.clock().activeAt()).isEqualTo(at(50));

        state.vanish(ContainerEnd.gone(), at(60));
        state.excuse(at(90));
        assertThat(state.clock().heardAt()).isEqualTo(at(60));
        assertThat(state.isOnlyToBeJudged()).isTrue();
    }

    @Test
    void theReportAddsUpAllAttemptsAndDescribesTheLast() {
        begin(ONE, 0);
        state.take(session("first"), at(1));
        state.take(new Event.Malformed(), at(1));
        state.take(result("1"), at(2));
        state.take(exited(1, false), at(3));
        begin(TWO, 10);
        state.take(session("second"), at(11));
        state.take(new Event.Malformed(), at(11));
        state.take(result("0.5"), at(12));
        state.take(exited(0, true), at(13));
        state.take(new Event.CheckFinished(ID, 2, at(14)), at(14));

        TaskReport report = state.report();

        assertThat(report.attempts()).isEqualTo(2);
        assertThat(report.agent()).contains(TWO);
        assertThat(report.times()).isEqualTo(new TaskReport.Times(Optional.of(at(0)), Optional.of(at(13))));
        assertThat(report.times().took()).isEqualTo(Duration.ofSeconds(13));
        assertThat(report.usage())
                .isEqualTo(new TaskReport.Usage(usd("1.5"), new TokenUsage(20, 40, 60, 80), 6, Duration.ofSeconds(4)));
        assertThat(report.session())
                .isEqualTo(new TaskReport.Session(Optional.of("second"), Optional.of("model"), Optional.of("2.1")));
        assertThat(report.answer())
                .isEqualTo(new TaskReport.Answer(Optional.of("answer"), Optional.of("{\"bugs\":1}")));
        assertThat(report.inputs())
                .isEqualTo(
                        new TaskReport.Inputs(TASK.promptHash(), Optional.of("sha256:image"), Optional.of("0123abc")));
        assertThat(report.exit())
                .isEqualTo(new TaskReport.Exit(
                        OptionalInt.of(0),
                        Optional.of(new TaskReport.Check(
                                "mvn test", 2, List.of(new TaskReport.Round(1, 2, at(10), usd("0.5"), 3, ""))))));
        assertThat(report.activity()).isEqualTo(new TaskReport.Activity(List.of(), 0, List.of("WebFetch"), 2));
    }

    @Test
    void theReportOnATaskThatNeverBeganIsEmpty() {
        TaskReport report = state.report();

        assertThat(report.agent()).isEmpty();
        assertThat(report.times()).isEqualTo(TaskReport.Times.NONE);
        assertThat(report.times().took()).isZero();
        assertThat(report.answer()).isEqualTo(TaskReport.Answer.NONE);
        assertThat(report.session()).isEqualTo(TaskReport.Session.NONE);
        assertThat(report.usage()).isEqualTo(TaskReport.Usage.NONE);
        assertThat(report.exit()).isEqualTo(TaskReport.Exit.NONE);
        assertThat(report.activity()).isEqualTo(TaskReport.Activity.NONE);
    }

    @Test
    void aDurationIsNeverNegative() {
        assertThat(new TaskReport.Times(Optional.of(at(5)), Optional.of(at(4))).took())
                .isZero();
        assertThat(new TaskReport.Times(Optional.of(at(5)), Optional.empty()).took())
                .isZero();
    }

    @Test
    void eachAttemptHasAReportOfItsOwn() {
        state.send(ONE, 1, BEGIN);
        begin(ONE, 0);
        state.take(session("first"), at(1));
        state.take(result("0.10"), at(2));
        state.take(exited(1, false), at(3));
        state.retry(FAILED, at(4));
        state.send(TWO, 2, at(5));
        begin(TWO, 6);

        assertThat(state.attemptReports())
                .extracting(
                        AttemptReport::task,
                        AttemptReport::number,
                        AttemptReport::agent,
                        AttemptReport::began,
                        AttemptReport::ended,
                        attempt -> attempt.session().id(),
                        attempt -> attempt.usage().cost(),
                        AttemptReport::span)
                .containsExactly(
                        tuple(ID, 1, ONE, at(0), Optional.of(at(3)), Optional.of("first"), usd("0.10"), SPAN),
                        tuple(ID, 2, TWO, at(6), Optional.empty(), Optional.empty(), Usd.ZERO, SPAN));
    }

    private void begin(AgentName agent, int second) {
        state.begin(
                agent,
                new Event.AttemptStarted(ID, "hash", Optional.of("0123abc"), 1, at(second), SPAN),
                "sha256:image",
                at(second));
    }

    private static Event session(String id) {
        return new Event.SessionInit(Optional.of(id), Optional.of("model"), Optional.of("2.1"));
    }

    private static Event result(String cost) {
        return new Event.Result(new TurnResult(
                "success",
                "answer",
                Optional.of("{\"bugs\":1}"),
                usd(cost),
                new TokenUsage(10, 20, 30, 40),
                3,
                Duration.ofSeconds(2),
                List.of("WebFetch"),
                true,
                Optional.empty()));
    }

    private static Event exited(int exitCode, boolean checkFollows) {
        return new Event.ProcessExited(ID, exitCode, false, checkFollows, at(exitCode == 0 ? 13 : 3));
    }

    private static Instant at(int second) {
        return BEGIN.plusSeconds(second);
    }

    private static Usd usd(String amount) {
        return new Usd(new BigDecimal(amount));
    }
}
