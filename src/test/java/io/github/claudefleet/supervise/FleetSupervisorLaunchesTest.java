package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.QuotaPolicy;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.Outcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Order in which tasks are sent to agents, and the conditions that hold them back. */
@Timeout(60)
class FleetSupervisorLaunchesTest {

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

    // ---- pace

    @Test
    void eachFreeAgentGetsATaskAndTheRestFollow() throws Exception {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two", "three").agents(2))
                .begin();
        assertThat(agents.calls())
                .containsExactlyInAnyOrder("send fixer/one 1 in fixer-1", "send fixer/two 1 in fixer-2");

        agents.does("fixer-2", "fixer/two");
        assertThat(agents.calls()).containsExactly("send fixer/three 1 in fixer-2");
        agents.does("fixer-1", "fixer/one").does("fixer-2", "fixer/three");

        assertThat(agents.report().tasks()).allMatch(task -> task.outcome() == Outcome.DONE);
        assertThat(agents.report("fixer/three").agent()).hasToString("Optional[fixer-2]");
    }

    @Test
    void noMoreTasksRunAtOnceThanAreAllowed() {
        agents.fleet().maxConcurrent(2);
        agents.queue(SampleQueue.named("fixer").tasks("one", "two", "three").agents(3))
                .begin();
        assertThat(agents.calls()).hasSize(2);

        agents.begins("fixer-1", "fixer/one").begins("fixer-2", "fixer/two");
        assertThat(agents.seconds(60).calls()).isEmpty();
        agents.prints("fixer-1", CliLines.result()).exits("fixer-1", "fixer/one", 0);
        assertThat(agents.calls()).containsExactly("send fixer/three 1 in fixer-1");
    }

    @Test
    void launchesAreStaggered() {
        agents.fleet().stagger(Duration.ofSeconds(30));
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").agents(2)).begin();
        assertThat(agents.calls()).containsExactly("send fixer/one 1 in fixer-1");

        assertThat(agents.seconds(29).calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("send fixer/two 1 in fixer-2");
    }

    @Test
    void aQueueBeginsOnceAllTasksItDependsOnAreDone() {
        agents.queue(SampleQueue.named("reviewer").dependsOn("fixer"))
                .queue(SampleQueue.named("fixer").tasks("one", "two"))
                .begin()
                .does("fixer", "fixer/one");
        assertThat(agents.calls()).containsExactly("send fixer/one 1 in fixer", "send fixer/two 1 in fixer");

        agents.does("fixer", "fixer/two");
        assertThat(agents.calls()).containsExactly("send reviewer 1 in reviewer");
    }

    @Test
    void aQueueNeverBeginsIfATaskItDependsOnHasFailed() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .queue(SampleQueue.named("reviewer").dependsOn("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("reviewer").outcome()).isEqualTo(Outcome.NOT_STARTED);
        assertThat(agents.report("reviewer").reason()).isEqualTo("it depends on fixer, which was not done");
        assertThat(agents.calls()).containsExactly("send fixer 1 in fixer");
    }

    // ---- retries

    @Test
    void aTaskThatFailsForNowIsRetriedWithGrowingPauses() throws Exception {
        agents.queue(SampleQueue.named("fixer").retries(6)).begin();
        assertThat(agents.calls()).containsExactly("send fixer 1 in fixer");

        List<Integer> pauses = List.of(10, 20, 40, 80, 120, 120);
        for (int retry = 0; retry < pauses.size(); retry++) {
            agents.failsForNow("fixer", "fixer").seconds(pauses.get(retry) - 1);
            assertThat(agents.calls()).isEmpty();
            assertThat(agents.seconds(1).calls()).containsExactly("send fixer " + (retry + 2) + " in fixer");
        }
        assertThat(agents.console())
                .contains("Task fixer will be retried: failed: Overloaded", "Agent fixer began again (attempt 2)");
        agents.failsForNow("fixer", "fixer");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(agents.report("fixer").attempts()).isEqualTo(7);
        assertThat(agents.report("fixer").usage().cost()).hasToString("$0.70");
    }

    @Test
    void aRetryLetsOtherTasksGoFirst() {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").retries(1))
                .begin()
                .failsForNow("fixer", "fixer/one");
        assertThat(agents.calls()).containsExactly("send fixer/one 1 in fixer", "send fixer/two 1 in fixer");

        agents.does("fixer", "fixer/two").seconds(10);
        assertThat(agents.calls()).containsExactly("send fixer/one 2 in fixer");
    }

    @Test
    void anAgentThatBeginsByItselfIsStartedAgainForARetry() throws Exception {
        agents.queue(SampleQueue.named("fixer").retries(1).atOnce()).begin();
        assertThat(agents.calls()).isEmpty();

        agents.failsForNow("fixer", "fixer").containerEnds("fixer", 1).seconds(9);
        assertThat(agents.calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("start container fixer");
        agents.does("fixer", "fixer").containerEnds("fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").attempts()).isEqualTo(2);
    }

    @Test
    void aContainerThatHasNotEndedByTheRetryIsStartedOnceItHas() {
        agents.queue(SampleQueue.named("fixer").retries(1).atOnce())
                .begin()
                .failsForNow("fixer", "fixer")
                .seconds(10);
        assertThat(agents.calls()).isEmpty();

        agents.containerEnds("fixer", 1);
        assertThat(agents.calls()).containsExactly("start container fixer");
    }

    @Test
    void aContainerThatCannotBeStartedAgainLeavesAnUnknownEnd() throws Exception {
        agents.queue(SampleQueue.named("fixer").retries(1).atOnce())
                .begin()
                .failsForNow("fixer", "fixer")
                .containerEnds("fixer", 1);
        agents.engine().failing("start container");
        agents.seconds(10);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(agents.report("fixer").attempts()).isOne();
    }

    // ---- login and quota

    @Test
    void aDeadLoginHoldsAllLaunches() throws Exception {
        agents.queue(SampleQueue.named("fixer")
                        .tasks("one", "two", "three")
                        .agents(2)
                        .retries(2))
                .begin()
                .begins("fixer-2", "fixer/two")
                .begins("fixer-1", "fixer/one")
                .prints("fixer-1", CliLines.failure(401, "Invalid token", "0"))
                .exits("fixer-1", "fixer/one", 1);
        assertThat(agents.isOver()).as("who is at work goes on").isFalse();
        agents.prints("fixer-2", CliLines.result()).exits("fixer-2", "fixer/two", 0);

        assertThat(agents.report().tasks())
                .extracting(task -> task.outcome().value())
                .containsExactly("login dead", "done", "not started");
        assertThat(agents.report("fixer/three").reason())
                .isEqualTo("the login is not accepted any more (Invalid token)");
        assertThat(agents.calls()).hasSize(2);
    }

    @Test
    void anExhaustedQuotaEndsTheWorkByDefault() throws Exception {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two"))
                .begin()
                .begins("fixer", "fixer/one")
                .prints("fixer", CliLines.failure(429, "You have hit your weekly limit", "0"))
                .exits("fixer", "fixer/one", 1);

        assertThat(agents.report().tasks())
                .extracting(task -> task.outcome().value())
                .containsExactly("out of quota", "not started");
    }

    @Test
    void anExhaustedQuotaIsAwaitedUntilItsReset() throws Exception {
        agents.fleet().quota(new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(1)));
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").agents(2))
                .begin()
                .does("fixer-2", "fixer/two");
        agents.calls();
        runOutOfQuota(600);

        assertThat(agents.console()).anyMatch(line -> line.contains("quota is used up: no task starts until"));
        assertThat(agents.seconds(604).calls()).isEmpty();
        assertThat(agents.seconds(1).calls()).containsExactly("send fixer/one 2 in fixer-1");
        agents.does("fixer-1", "fixer/one");
        assertThat(agents.report("fixer/one").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void afterTheResetOneTaskGoesFirst() {
        agents.fleet().quota(new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(1)));
        agents.queue(SampleQueue.named("fixer").tasks("one", "two", "three").agents(2))
                .begin()
                .begins("fixer-2", "fixer/two");
        runOutOfQuota(600);
        agents.prints("fixer-2", CliLines.result()).exits("fixer-2", "fixer/two", 0);
        assertThat(agents.calls()).as("nothing new before the reset").hasSize(2);

        assertThat(agents.seconds(605).calls()).containsExactly("send fixer/one 2 in fixer-1");
        agents.begins("fixer-1", "fixer/one").prints("fixer-1", CliLines.INIT);
        assertThat(agents.seconds(30).calls()).as("no answer of the model yet").isEmpty();
        assertThat(agents.prints("fixer-1", CliLines.use("Bash", "ls")).calls())
                .containsExactly("send fixer/three 1 in fixer-2");
    }

    @Test
    void aResetThatIsTooFarAwayIsNotAwaited() throws Exception {
        agents.fleet().quota(new LoginSpec.Quota(QuotaPolicy.WAIT, Duration.ofHours(1)));
        agents.queue(SampleQueue.named("fixer").agents(1)).begin();
        agents.begins("fixer-1", "fixer")
                .prints("fixer-1", CliLines.quotaReached(agents.now().getEpochSecond() + 4000))
                .prints("fixer-1", CliLines.failure(429, "You have hit your weekly limit", "0"))
                .exits("fixer-1", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.OUT_OF_QUOTA);
    }

    private void runOutOfQuota(int secondsUntilReset) {
        agents.begins("fixer-1", "fixer/one")
                .prints("fixer-1", CliLines.quotaReached(agents.now().getEpochSecond() + secondsUntilReset))
                .prints("fixer-1", CliLines.failure(429, "You have hit your weekly limit", "0"))
                .exits("fixer-1", "fixer/one", 1);
    }

    // ---- budget

    @Test
    void theFleetsBudgetStopsWhatRunsAndLaunchesNothingMore() throws Exception {
        agents.fleet().maxCost(usd("1"));
        agents.queue(SampleQueue.named("fixer").tasks("one", "two", "three").agents(2))
                .begin()
                .begins("fixer-1", "fixer/one")
                .begins("fixer-2", "fixer/two");
        agents.calls();

        agents.prints("fixer-1", CliLines.result("fine", "1.5"));
        assertThat(agents.calls()).containsExactly("signal fixer/two INT in fixer-2");
        agents.exits("fixer-1", "fixer/one", 0).exits("fixer-2", "fixer/two", 130);

        assertThat(agents.report().tasks())
                .extracting(task -> task.outcome().value())
                .containsExactly("done", "over budget", "not started");
        assertThat(agents.report("fixer/three").reason()).isEqualTo("the fleet's maxCost of $1.00 was reached");
        assertThat(agents.report().maxCost()).contains(usd("1"));
    }

    @Test
    void eachAttemptIsLimitedToTheRestOfTheBudgets() {
        agents.fleet().maxCost(usd("1"));
        agents.queue(SampleQueue.named("fixer")
                        .tasks("one", "two")
                        .maxCost(usd("0.6"))
                        .retries(1))
                .begin();
        assertThat(agents.calls()).containsExactly("send fixer/one 1 --max-budget-usd 0.6 in fixer");

        agents.begins("fixer", "fixer/one")
                .prints("fixer", CliLines.failure(529, "Overloaded", "0.5"))
                .exits("fixer", "fixer/one", 1);
        assertThat(agents.calls()).containsExactly("send fixer/two 1 --max-budget-usd 0.5 in fixer");
        agents.does("fixer", "fixer/two").seconds(10);
        assertThat(agents.calls()).containsExactly("send fixer/one 2 --max-budget-usd 0.1 in fixer");
    }

    @Test
    void aTaskThatHasSpentItsOwnBudgetIsNotRetried() throws Exception {
        agents.queue(SampleQueue.named("fixer").maxCost(usd("0.5")).retries(1))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.failure(529, "Overloaded", "0.5"))
                .exits("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(agents.report("fixer").reason())
                .isEqualTo("Overloaded; it is not begun again: its maxCost of $0.50 is used up");
    }

    private static Usd usd(String amount) {
        return new Usd(new BigDecimal(amount));
    }
}
