package io.github.claudefleet.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Dependency;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.QuotaPolicy;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final TaskTimeouts CLOCKS = new TaskTimeouts(
            Optional.of(Duration.ofMinutes(10)), Optional.of(Duration.ofMinutes(2)), Duration.ofSeconds(10));

    private static final TaskTimeouts LONG =
            new TaskTimeouts(Optional.empty(), Optional.of(Duration.ofMinutes(2)), Duration.ofSeconds(10));

    private final List<TaskQueue> queues = new ArrayList<>();
    private Optional<Integer> maxConcurrent = Optional.empty();
    private Duration stagger = Duration.ZERO;
    private Optional<Usd> maxCost = Optional.empty();
    private LoginSpec.Quota quota = LoginSpec.Quota.DEFAULT;
    private TaskBoard board;
    private Dispatcher dispatcher;
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private final Map<TaskId, AgentName> holders = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();

    // ---- assignment of tasks

    @Test
    void givesEachFreeAgentATaskAndTheRestWhenOneIsFreeAgain() {
        queue("fixer", 3, 2);
        begin();

        assertThat(told()).containsExactly("launch fixer/1 on fixer-1", "launch fixer/2 on fixer-2");
        done("fixer/2");
        assertThat(told()).containsExactly("close fixer/2 done", "launch fixer/3 on fixer-2");
        done("fixer/1");
        done("fixer/3");
        assertThat(told()).containsExactly("close fixer/1 done", "close fixer/3 done");
        assertThat(board.isOver()).isTrue();
    }

    @Test
    void hasNoMoreAtWorkThanAreAllowed() {
        maxConcurrent = Optional.of(1);
        queue("fixer", 2, 2);
        begin();

        assertThat(told()).containsExactly("launch fixer/1 on fixer-1");
        done("fixer/1");
        assertThat(told()).contains("launch fixer/2 on fixer-1");
    }

    @Test
    void letsTimePassBetweenTwoLaunches() {
        stagger = Duration.ofSeconds(5);
        queue("fixer", 2, 2);
        begin();

        assertThat(told()).containsExactly("launch fixer/1 on fixer-1");
        assertThat(after(4)).isEmpty();
        assertThat(after(1)).containsExactly("launch fixer/2 on fixer-2");
    }

    @Test
    void beginsWhatDependsOnOthersOnceAllOfThemAreDone() {
        queue("first", 2, 2);
        queues.add(queue("second", 1, 1, List.of("first"), 0, Optional.empty(), false));
        begin();

        assertThat(told()).hasSize(2);
        done("first/1");
        assertThat(told()).containsExactly("close first/1 done");
        done("first/2");
        assertThat(told()).containsExactly("close first/2 done", "launch second/1 on second-1");
    }

    @Test
    void neverBeginsWhatDependsOnWhatWasNotDone() {
        queue("first", 1, 1);
        queues.add(queue("second", 1, 1, List.of("first"), 0, Optional.empty(), false));
        begin();
        told();
        ended("first/1", failure(LoginStatus.Kind.UNKNOWN, "no idea"));

        assertThat(told()).containsExactly("close first/1 failed", "close second/1 not started");
        assertThat(report("second/1").reason()).isEqualTo("it depends on first, which was not done");
    }

    @Test
    void givesNothingToAnAgentThatIsDown() {
        queue("fixer", 1, 2);
        begin(List.of("fixer-2"));

        assertThat(told()).containsExactly("launch fixer/1 on fixer-2");
    }

    @Test
    void neverBeginsWhatNobodyIsThereFor() {
        queue("fixer", 1, 1);
        begin(List.of());

        assertThat(told()).containsExactly("close fixer/1 not started");
        assertThat(report("fixer/1").reason()).isEqualTo("none of its agents is up");
    }

    // ---- resumed work

    @Test
    void goesOnWithWhatAnEarlierOneHasGivenOut() {
        queue("fixer", 2, 2);
        prepare(List.of("fixer-1", "fixer-2"));
        board.sent(TaskId.parse("fixer/1"), new AgentName("fixer-2"), 1, false, now);

        assertThat(told()).containsExactly("launch fixer/2 on fixer-1");
    }

    @Test
    void awaitsAnAttemptThatWasGivenOutAlreadyInsteadOfAnother() {
        queue("fixer", 1, 2);
        prepare(List.of("fixer-1", "fixer-2"));
        TaskId task = TaskId.parse("fixer/1");
        board.sent(task, new AgentName("fixer-1"), 1, false, now);
        board.sent(task, new AgentName("fixer-2"), 2, false, now);
        beginRun(task, new AgentName("fixer-1"));
        ended("fixer/1", failure(LoginStatus.Kind.THROTTLED, "529"));

        assertThat(told()).isEmpty();
        assertThat(after(60)).as("fixer-2 is to begin it").isEmpty();
        beginRun(task, new AgentName("fixer-2"));
        done("fixer/1");
        assertThat(told()).containsExactly("close fixer/1 done");
    }

    @Test
    void beginsNothingTwiceOfWhichNobodyKnowsWhetherItBegan() {
        heard = false;
        queue("fixer", 1, 1);
        begin();
        told();

        assertThat(after(179)).isEmpty();
        assertThat(after(2)).containsExactly("close fixer/1 unknown");
    }

    // ---- failures

    @Test
    void beginsAgainWhatFailedForAPassingReasonWithGrowingPausesAndALimit() {
        queues.add(queue("fixer", 1, 1, List.of(), 2, Optional.empty(), false));
        begin();
        told();
        ended("fixer/1", failure(LoginStatus.Kind.UNREACHABLE, "ECONNREFUSED"));

        assertThat(told()).containsExactly("retry fixer/1 failed");
        assertThat(after(9)).isEmpty();
        assertThat(after(1)).containsExactly("launch fixer/1 on fixer-1");
        ended("fixer/1", failure(LoginStatus.Kind.UNREACHABLE, "ECONNREFUSED"));
        assertThat(told()).containsExactly("retry fixer/1 failed");
        assertThat(after(19)).isEmpty();
        assertThat(after(1)).containsExactly("launch fixer/1 on fixer-1");
        ended("fixer/1", failure(LoginStatus.Kind.UNREACHABLE, "ECONNREFUSED"));
        assertThat(told()).containsExactly("close fixer/1 failed");
        assertThat(report("fixer/1").attempts()).isEqualTo(3);
    }

    @Test
    void beginsNothingAgainThatFailedForGood() {
        queue("fixer", 1, 1);
        begin();
        told();
        ended("fixer/1", failure(LoginStatus.Kind.UNKNOWN, "refused"));

        assertThat(told()).containsExactly("close fixer/1 failed");
    }

    @Test
    void beginsNothingMoreOnceTheLoginIsDead() {
        queue("fixer", 3, 2);
        begin();
        told();
        ended("fixer/1", failure(LoginStatus.Kind.EXPIRED, "session expired"));

        assertThat(told()).containsExactly("close fixer/1 login dead", "close fixer/3 not started");
        assertThat(report("fixer/3").reason()).isEqualTo("the login is not accepted any more (session expired)");
        done("fixer/2");
        assertThat(told()).as("who is at work goes on").containsExactly("close fixer/2 done");
    }

    // ---- quota

    @Test
    void beginsNothingMoreOnceTheQuotaIsUsedUpAndThatIsToFail() {
        queue("fixer", 2, 1);
        begin();
        told();
        ended("fixer/1", failure(LoginStatus.Kind.OUT_OF_QUOTA, "limit"));

        assertThat(told()).containsExactly("close fixer/1 out of quota", "close fixer/2 not started");
    }

    @Test
    void awaitsTheResetOfAQuotaAndLetsOneGoFirst() {
        quota = new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(1));
        queue("fixer", 4, 3);
        begin();
        told();
        Instant reset = now.plusSeconds(60);
        board.event(holders.get(TaskId.parse("fixer/1")), new Event.RateLimit(reset), now);
        ended("fixer/1", failure(LoginStatus.Kind.OUT_OF_QUOTA, "limit"));

        assertThat(told()).containsExactly("retry fixer/1 out of quota");
        assertThat(dispatcher.heldUntil(now)).contains(reset.plusSeconds(5));
        done("fixer/2");
        done("fixer/3");
        assertThat(told()).containsExactly("close fixer/2 done", "close fixer/3 done");
        assertThat(after(64)).isEmpty();
        assertThat(after(1)).containsExactly("launch fixer/1 on fixer-1");
        assertThat(after(5)).as("one goes first").isEmpty();
        board.event(new AgentName("fixer-1"), use("Bash"), now);
        assertThat(after(1)).containsExactly("launch fixer/4 on fixer-2");
    }

    @Test
    void doesNotAwaitAResetThatIsTooFarAway() {
        quota = new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(1));
        queue("fixer", 1, 1);
        begin();
        told();
        board.event(new AgentName("fixer-1"), new Event.RateLimit(now.plusSeconds(4000)), now);
        ended("fixer/1", failure(LoginStatus.Kind.OUT_OF_QUOTA, "limit"));

        assertThat(told()).containsExactly("close fixer/1 out of quota");
    }

    // ---- budget

    @Test
    void holdsEachRunToWhatIsLeftToItAndToTheFleet() {
        maxCost = Optional.of(usd("10"));
        queues.add(queue("fixer", 2, 1, List.of(), 0, Optional.of(usd("7")), false));
        begin();

        assertThat(budgets(dispatcherDecisions)).containsExactly(usd("7"));
        ended("fixer/1", answer("6"));
        told();
        assertThat(budgets(dispatcherDecisions)).containsExactly(usd("4"));
    }

    @Test
    void stopsWhatRunsAndBeginsNothingMoreOnceTheMoneyIsSpent() {
        maxCost = Optional.of(usd("5"));
        queue("fixer", 3, 2);
        begin();
        told();
        ended("fixer/1", answer("5.01"));

        assertThat(told()).containsExactly("close fixer/1 done", "stop fixer/2 BUDGET", "close fixer/3 not started");
        ended("fixer/2", Optional.empty());
        assertThat(told()).containsExactly("close fixer/2 over budget");
        assertThat(report("fixer/2").reason()).isEqualTo("the fleet's maxCost of $5.00 was reached");
    }

    @Test
    void beginsNothingAgainWhoseOwnMoneyIsSpent() {
        queues.add(queue("fixer", 1, 1, List.of(), 3, Optional.of(usd("2")), false));
        begin();
        told();
        ended("fixer/1", failure(LoginStatus.Kind.THROTTLED, "overloaded", "2"));

        assertThat(told()).containsExactly("retry fixer/1 failed", "close fixer/1 failed");
        assertThat(report("fixer/1").reason())
                .isEqualTo("overloaded; it is not begun again: its maxCost of $2.00 is used up");
    }

    // ---- time limits

    @Test
    void stopsWhatTakesTooLong() {
        queue("fixer", 1, 1);
        begin();
        told();
        for (int minute = 0; minute < 10; minute++) {
            board.event(new AgentName("fixer-1"), use("Bash"), now);
            assertThat(after(60)).isEmpty();
        }
        board.event(new AgentName("fixer-1"), use("Bash"), now);

        assertThat(after(1)).containsExactly("stop fixer/1 TOTAL");
        ended("fixer/1", failure(LoginStatus.Kind.UNKNOWN, "interrupted"));
        assertThat(told()).containsExactly("close fixer/1 timed out");
        assertThat(report("fixer/1").reason()).isEqualTo("it took longer than 10m");
        assertThat(report("fixer/1").activity().stepsInAll())
                .as("what it did is kept")
                .isEqualTo(11);
    }

    @Test
    void stopsWhatSaysNothing() {
        queue("fixer", 1, 1);
        begin();
        told();
        assertThat(after(120)).isEmpty();
        assertThat(after(1)).containsExactly("stop fixer/1 IDLE");
        board.vanished(new AgentName("fixer-1"), new ContainerEnd(ContainerEnd.Kind.ENDED, OptionalInt.of(137)), now);

        assertThat(told()).containsExactly("close fixer/1 hung");
    }

    @Test
    void countsALineOnStandardErrorAsAWord() {
        queue("fixer", 1, 1);
        begin();
        told();
        after(100);
        board.complaint(new AgentName("fixer-1"), "still there", now);

        assertThat(after(100)).isEmpty();
    }

    @Test
    void stopsWhatDoesNotEndAfterItsResultAndTakesThatResult() {
        queue("fixer", 1, 1);
        begin();
        told();
        board.event(new AgentName("fixer-1"), new Event.Result(answer("1").orElseThrow()), now);
        assertThat(after(10)).isEmpty();
        assertThat(after(1)).containsExactly("stop fixer/1 LINGERING");
        board.event(
                new AgentName("fixer-1"),
                new Event.ProcessExited(TaskId.parse("fixer/1"), 143, false, false, now),
                now);

        assertThat(told()).containsExactly("close fixer/1 done");
    }

    // ---- background work

    @Test
    void letsWorkInTheBackgroundComeToItsEndAndTakesTheLastResult() {
        queues.add(clocked(LONG));
        begin();
        told();
        result("1");
        background("build");
        assertThat(after(800)).as("neither idle nor at its end").isEmpty();
        background();
        say(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(after(11)).as("a turn is under way").isEmpty();
        result("1.5");
        end(0);

        assertThat(told()).containsExactly("close fixer/1 done");
        assertThat(report("fixer/1").usage().cost()).isEqualTo(usd("1.5"));
        assertThat(report("fixer/1").usage().turns()).isEqualTo(2);
    }

    @Test
    void stopsWhatStaysInTheBackgroundForTooLong() {
        queues.add(clocked(LONG));
        begin();
        told();
        result("1");
        background("server");
        board.complaint(new AgentName("fixer-1"), "GET /", now.plusSeconds(500));
        assertThat(after(900)).isEmpty();
        assertThat(after(1)).containsExactly("stop fixer/1 BACKGROUND");
        end(0);

        assertThat(told()).containsExactly("close fixer/1 unfinished");
        assertThat(report("fixer/1").reason())
                .isEqualTo("\"server\" was still under way in the background 15m after its result");
    }

    @Test
    void aStopThatComesTooLateSpoilsNothing() {
        queues.add(clocked(LONG));
        begin();
        told();
        result("1");
        background("build");
        assertThat(after(901)).containsExactly("stop fixer/1 BACKGROUND");
        background();
        say(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));
        result("2");
        end(0);

        assertThat(told()).containsExactly("close fixer/1 done");
    }

    @Test
    void aTurnThatFollowsAResultHasTheIdleClockAgain() {
        queue("fixer", 1, 1);
        begin();
        told();
        result("1");
        background("build");
        assertThat(after(300)).isEmpty();
        say(new Event.SessionInit(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(after(120)).isEmpty();
        assertThat(after(1)).containsExactly("stop fixer/1 IDLE");
        end(0);

        assertThat(told()).containsExactly("close fixer/1 hung");
    }

    @Test
    void theTimeInAllHoldsForTheBackground() {
        queues.add(clocked(new TaskTimeouts(
                Optional.of(Duration.ofMinutes(10)), Optional.empty(), Optional.empty(), Duration.ofSeconds(10))));
        begin();
        told();
        result("1");
        background("build");
        assertThat(after(600)).isEmpty();
        assertThat(after(1)).containsExactly("stop fixer/1 TOTAL");
        end(0);

        assertThat(told()).containsExactly("close fixer/1 timed out");
    }

    @Test
    void theFleetsMoneyHoldsForTheBackground() {
        maxCost = Optional.of(usd("2"));
        queue("fixer", 2, 1);
        begin();
        told();
        result("2");
        background("build");

        assertThat(told()).containsExactly("stop fixer/1 BUDGET", "close fixer/2 not started");
        end(143);
        assertThat(told()).containsExactly("close fixer/1 over budget");
    }

    @Test
    void aSessionThatSaysItIsNotThroughIsNotAtItsEnd() {
        queue("fixer", 1, 1);
        begin();
        told();
        say(new Event.SessionStateChanged(false));
        result("1");
        assertThat(after(60)).as("a time that the agent has set").isEmpty();
        say(new Event.SessionStateChanged(true));
        assertThat(after(10)).isEmpty();
        assertThat(after(1)).containsExactly("stop fixer/1 LINGERING");
        end(0);

        assertThat(told()).containsExactly("close fixer/1 done");
    }

    @Test
    void aCheckAfterARunThatLingeredHasItsTimeAndIsHeldToTheTimeInAll() {
        queues.add(checked());
        begin();
        told();
        result("1");
        assertThat(after(11)).containsExactly("stop fixer/1 LINGERING");
        say(new Event.ProcessExited(TaskId.parse("fixer/1"), 143, false, true, now));
        assertThat(board.isBeingStopped(TaskId.parse("fixer/1"))).isFalse();
        assertThat(after(590)).containsExactly("stop fixer/1 TOTAL");
        say(new Event.CheckFinished(TaskId.parse("fixer/1"), 143, now));

        assertThat(told()).containsExactly("close fixer/1 timed out");
    }

    @Test
    void aCheckThatFailsAfterWhatWasLeftInTheBackgroundIsTold() {
        queues.add(queue(LONG, Optional.of(CheckSpec.of("mvn test"))));
        begin();
        told();
        result("1");
        background("server");
        assertThat(after(901)).containsExactly("stop fixer/1 BACKGROUND");
        say(new Event.ProcessExited(TaskId.parse("fixer/1"), 0, false, true, now));
        assertThat(told()).as("the check is at work").isEmpty();
        say(new Event.CheckFinished(TaskId.parse("fixer/1"), 1, now));

        assertThat(told()).containsExactly("close fixer/1 check failed");
    }

    @Test
    void aCheckThatIsToFollowAndNeverCameIsNotPassed() {
        queues.add(checked());
        begin();
        told();
        result("1");
        end(1);

        assertThat(told()).containsExactly("close fixer/1 not checked");
        assertThat(report("fixer/1").reason())
                .isEqualTo("its check did not come to an end: the CLI ended with status 1");
    }

    private void say(Event event) {
        board.event(new AgentName("fixer-1"), event, now);
    }

    private void result(String cost) {
        say(new Event.Result(answer(cost).orElseThrow()));
    }

    private void background(String... names) {
        Map<String, String> tasks = new LinkedHashMap<>();
        List.of(names).forEach(name -> tasks.put("id-" + name, name));
        say(new Event.BackgroundTasks(tasks));
    }

    private void end(int status) {
        say(new Event.ProcessExited(TaskId.parse("fixer/1"), status, false, false, now));
    }

    private static TaskQueue clocked(TaskTimeouts taskTimeouts) {
        return queue(taskTimeouts, Optional.empty());
    }

    // ---- an unavailable engine

    @Test
    void aRunThatASignalEndedIsJudgedOnceItIsKnownThatTheEngineWasThere() {
        queue("fixer", 1, 1);
        begin();
        told();
        ended("fixer/1", Optional.empty());

        assertThat(told()).isEmpty();
        assertThat(after(19)).isEmpty();
        assertThat(after(1)).containsExactly("close fixer/1 killed");
        assertThat(report("fixer/1").reason()).startsWith("the CLI was ended by signal 15");
    }

    @Test
    void aRunThatEndedBeforeTheEngineDidWasEndedByThat() {
        queue("fixer", 1, 1);
        begin();
        told();
        ended("fixer/1", Optional.empty());
        assertThat(after(12)).isEmpty();
        board.engineAway(now);

        assertThat(told()).containsExactly("close fixer/1 killed");
        assertThat(report("fixer/1").reason()).isEqualTo("the engine was restarted while it worked");
    }

    @Test
    void aContainerThatEndedBeforeTheEngineDidWasEndedByThat() {
        queue("fixer", 1, 1);
        begin();
        told();
        board.vanished(new AgentName("fixer-1"), new ContainerEnd(ContainerEnd.Kind.ENDED, OptionalInt.of(137)), now);
        assertThat(after(1)).isEmpty();
        board.engineAway(now);
        board.engineBack(now.plusSeconds(3));

        assertThat(after(4)).containsExactly("close fixer/1 killed");
        assertThat(report("fixer/1").reason()).isEqualTo("the engine was restarted while it worked");
    }

    @Test
    void aContainerThatWasKilledWhileTheEngineWasThereWasKilled() {
        queue("fixer", 1, 1);
        begin();
        told();
        board.vanished(new AgentName("fixer-1"), new ContainerEnd(ContainerEnd.Kind.ENDED, OptionalInt.of(137)), now);

        assertThat(after(19)).isEmpty();
        assertThat(after(1)).containsExactly("close fixer/1 killed");
        assertThat(report("fixer/1").reason()).isEqualTo("its container was stopped or killed (exit status 137)");
    }

    @Test
    void whatEndedLongBeforeItWasReadIsJudgedAtOnce() {
        queue("fixer", 1, 1);
        begin();
        told();
        ContainerEnd end = new ContainerEnd(
                ContainerEnd.Kind.ENDED, OptionalInt.of(137), Optional.of(now.minusSeconds(3600)), Optional.empty());
        board.vanished(new AgentName("fixer-1"), end, now);

        assertThat(told()).containsExactly("close fixer/1 killed");
    }

    @Test
    void anEngineThatCameBackLongAgoHasNothingToDoWithWhatIsKilledNow() {
        queue("fixer", 1, 1);
        begin();
        told();
        board.engineAway(now);
        board.engineBack(now.plusSeconds(3));
        assertThat(after(90)).isEmpty();
        ended("fixer/1", Optional.empty());

        assertThat(after(20)).containsExactly("close fixer/1 killed");
        assertThat(report("fixer/1").reason()).startsWith("the CLI was ended by signal 15");
    }

    @Test
    void whileTheEngineIsAwayNothingIsBegunAndNobodyIsTakenForHung() {
        queue("fixer", 2, 2);
        maxConcurrent = Optional.of(1);
        begin();
        assertThat(told()).containsExactly("launch fixer/1 on fixer-1");
        board.engineAway(now);
        assertThat(after(200)).isEmpty();
        done("fixer/1");
        assertThat(told()).containsExactly("close fixer/1 done");
        board.engineBack(now);

        assertThat(told()).containsExactly("launch fixer/2 on fixer-1");
        assertThat(after(120)).isEmpty();
    }

    // ---- agents that begin by themselves

    @Test
    void awaitsAnAgentThatBeginsByItself() {
        queues.add(queue("lone", 1, 1, List.of(), 1, Optional.empty(), true));
        begin();

        assertThat(told()).isEmpty();
        beginRun(TaskId.parse("lone/1"), new AgentName("lone-1"));
        ended("lone/1", failure(LoginStatus.Kind.THROTTLED, "529"));
        board.vanished(new AgentName("lone-1"), new ContainerEnd(ContainerEnd.Kind.ENDED, OptionalInt.of(1)), now);
        assertThat(told()).containsExactly("retry lone/1 failed");
        assertThat(after(10)).containsExactly("launch lone/1 on lone-1");
    }

    @Test
    void saysThatAnAgentNeverGotToItsTask() {
        queues.add(queue("lone", 1, 1, List.of(), 1, Optional.empty(), true));
        begin();
        board.vanished(new AgentName("lone-1"), new ContainerEnd(ContainerEnd.Kind.ENDED, OptionalInt.of(78)), now);

        assertThat(told()).containsExactly("close lone/1 start failed");
    }

    @Test
    void callsNotCheckedWhoseCheckWasCutOff() {
        queues.add(checked());
        begin();
        told();
        board.event(new AgentName("fixer-1"), new Event.Result(answer("1").orElseThrow()), now);
        board.event(
                new AgentName("fixer-1"), new Event.ProcessExited(TaskId.parse("fixer/1"), 0, false, true, now), now);
        assertThat(told()).as("its check is at work").isEmpty();
        board.vanished(new AgentName("fixer-1"), ContainerEnd.gone(), now);

        assertThat(told()).containsExactly("close fixer/1 not checked");
    }

    // ---- fixture

    /** True if an agent confirms the start of a launched task. */
    private boolean heard = true;

    private List<TaskAction> dispatcherDecisions = List.of();

    private void queue(String name, int tasks, int agents) {
        queues.add(queue(name, tasks, agents, List.of(), 0, Optional.empty(), false));
    }

    private static TaskQueue checked() {
        return queue(CLOCKS, Optional.of(CheckSpec.of("mvn test")));
    }

    /** Queue with one task and one agent. */
    private static TaskQueue queue(TaskTimeouts taskTimeouts, Optional<CheckSpec> check) {
        TaskQueue plain = queue("fixer", 1, 1, List.of(), 0, Optional.empty(), false);
        return new TaskQueue(
                plain.name(),
                plain.tasks(),
                plain.agents(),
                false,
                List.of(),
                taskTimeouts,
                Optional.empty(),
                0,
                check);
    }

    private static TaskQueue queue(
            String name,
            int tasks,
            int agents,
            List<String> dependsOn,
            int retries,
            Optional<Usd> cost,
            boolean atOnce) {
        AgentName queue = new AgentName(name);
        return new TaskQueue(
                queue,
                IntStream.rangeClosed(1, tasks)
                        .mapToObj(number -> new Task(TaskId.of(queue, "" + number), new Prompt("Do " + number)))
                        .toList(),
                IntStream.rangeClosed(1, agents)
                        .mapToObj(number -> new AgentName(name + "-" + number))
                        .toList(),
                atOnce,
                dependsOn.stream().map(AgentName::new).map(Dependency::on).toList(),
                CLOCKS,
                cost,
                retries,
                Optional.empty());
    }

    private void begin() {
        begin(queues.stream()
                .flatMap(queue -> queue.agents().stream())
                .map(AgentName::value)
                .toList());
    }

    private void begin(List<String> up) {
        prepare(up);
        step();
    }

    private void prepare(List<String> up) {
        board = new TaskBoard(new WorkSpec(queues, maxConcurrent, stagger, maxCost, quota), now);
        dispatcher = new Dispatcher(board);
        up.forEach(agent -> board.agentUp(new AgentName(agent), "sha256:image"));
    }

    /** Actions since the last call; launched tasks begin at once. */
    private List<String> told() {
        step();
        List<String> news = List.copyOf(told);
        told.clear();
        return news;
    }

    private List<String> after(int seconds) {
        now = now.plusSeconds(seconds);
        return told();
    }

    private void step() {
        List<TaskAction> actions = dispatcher.next(now);
        dispatcherDecisions = actions.isEmpty() ? dispatcherDecisions : actions;
        for (TaskAction action : actions) {
            told.add(words(action));
            if (action instanceof TaskAction.Launch launch && heard) {
                beginRun(launch.task(), launch.agent());
            }
        }
    }

    private void beginRun(TaskId task, AgentName agent) {
        holders.put(task, agent);
        board.event(agent, new Event.AttemptStarted(task, "hash", Optional.empty(), 1, now, Optional.empty()), now);
    }

    private void done(String task) {
        ended(task, answer("0.10"));
    }

    private void ended(String task, Optional<TurnResult> answer) {
        TaskId id = TaskId.parse(task);
        AgentName agent = holders.get(id);
        answer.ifPresent(result -> board.event(agent, new Event.Result(result), now));
        board.event(agent, new Event.ProcessExited(id, answer.isPresent() ? 0 : 143, false, false, now), now);
    }

    private TaskReport report(String task) {
        return board.reports().stream()
                .filter(report -> report.task().toString().equals(task))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<TurnResult> answer(String cost) {
        return Optional.of(new TurnResult(
                "success",
                "done",
                Optional.empty(),
                usd(cost),
                TokenUsage.NONE,
                1,
                Duration.ZERO,
                List.of(),
                true,
                Optional.empty()));
    }

    private static Optional<TurnResult> failure(LoginStatus.Kind kind, String detail) {
        return failure(kind, detail, "0");
    }

    private static Optional<TurnResult> failure(LoginStatus.Kind kind, String detail, String cost) {
        return Optional.of(new TurnResult(
                "success",
                detail,
                Optional.empty(),
                usd(cost),
                TokenUsage.NONE,
                1,
                Duration.ZERO,
                List.of(),
                true,
                Optional.of(LoginStatus.of(kind, detail))));
    }

    private static Event use(String tool) {
        return new Event.AssistantMessage(
                "message", TokenUsage.NONE, Map.of("id", new Event.RequestedTool(tool, "")), Optional.empty(), false);
    }

    private static Usd usd(String amount) {
        return new Usd(new BigDecimal(amount));
    }

    private static List<Usd> budgets(List<TaskAction> actions) {
        return actions.stream()
                .filter(TaskAction.Launch.class::isInstance)
                .flatMap(action -> ((TaskAction.Launch) action).budget().stream())
                .toList();
    }

    private static String words(TaskAction action) {
        if (action instanceof TaskAction.Launch launch) {
            return "launch " + launch.task() + " on " + launch.agent();
        } else if (action instanceof TaskAction.Stop stop) {
            return "stop " + stop.task() + " " + stop.cause();
        } else if (action instanceof TaskAction.Retry retry) {
            return "retry " + retry.task() + " " + retry.taskResult().outcome().value();
        }
        TaskAction.Close close = (TaskAction.Close) action;
        return "close " + close.task() + " " + close.report().outcome().value();
    }
}
