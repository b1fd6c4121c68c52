package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.DailyLimit;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Usd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fleets of one project that share a limit of their cost in a day. */
@Timeout(60)
class FleetSupervisorDailyLimitTest {

    @TempDir
    private Path directory;

    private final List<SupervisedAgents> fleets = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        for (SupervisedAgents agents : fleets) {
            agents.close();
        }
    }

    @Test
    void aFleetGetsWhatAnEarlierOneOfTheDayHasLeft() throws Exception {
        SupervisedAgents first = fleet("1").queue(SampleQueue.named("fixer")).begin();
        assertThat(first.console()).contains("The project's fleets have cost $0.00 of $1.00 (maxCostPerDay) today");
        assertThat(first.calls()).containsExactly("send fixer 1 --max-budget-usd 1 in fixer");
        spend(first, "0.6");

        SupervisedAgents second = fleet("1").queue(SampleQueue.named("fixer")).begin();

        assertThat(second.console()).contains("The project's fleets have cost $0.60 of $1.00 (maxCostPerDay) today");
        assertThat(second.calls()).containsExactly("send fixer 1 --max-budget-usd 0.4 in fixer");
    }

    @Test
    void onceTheLimitIsReachedNothingIsStartedAndTheReasonNamesIt() throws Exception {
        SupervisedAgents first =
                fleet("1").queue(SampleQueue.named("fixer").tasks("one", "two")).begin();
        first.begins("fixer", "fixer/one")
                .prints("fixer", CliLines.result("fine", "1.25"))
                .exits("fixer", "fixer/one", 0);
        assertThat(outcomes(first))
                .containsExactly("done: ", "not started: the project's maxCostPerDay of $1.00 was reached");

        SupervisedAgents second = fleet("1").queue(SampleQueue.named("fixer")).begin();

        assertThat(second.calls()).isEmpty();
        assertThat(outcomes(second)).containsExactly("not started: the project's maxCostPerDay of $1.00 was reached");
    }

    @Test
    void fleetsAtTheSameTimeSeeEachOthersCostsAndWhatRunsIsStopped() throws Exception {
        SupervisedAgents one = fleet("1").queue(SampleQueue.named("fixer")).begin();
        SupervisedAgents other = fleet("1").queue(SampleQueue.named("tester")).begin();
        one.begins("fixer", "fixer");
        other.begins("tester", "tester").calls();

        spend(one, "1.5");
        assertThat(other.seconds(2).calls()).containsExactly("signal tester INT in tester");
        other.exits("tester", "tester", 130);

        assertThat(outcomes(other)).containsExactly("over budget: the project's maxCostPerDay of $1.00 was reached");
    }

    @Test
    void anAwaitThatReadsTheSameAttemptsAgainCountsThemOnce() throws Exception {
        SupervisedAgents first = fleet("1").queue(SampleQueue.named("fixer")).begin();
        spend(first, "0.6");
        List<String> lines = Files.readAllLines(ledger());

        SupervisedAgents again = fleet("1").queue(SampleQueue.named("fixer")).begin();
        spend(again, "0.6");

        assertThat(outcomes(again)).containsExactly("done: ");
        assertThat(Files.readAllLines(ledger())).isEqualTo(lines).hasSize(1);
    }

    @Test
    void theCostsOfYesterdayDoNotCount() throws Exception {
        Instant yesterday = SettableClock.BEGIN.minus(Duration.ofDays(1));
        Usd much = Usd.parse("cost", "9");
        new CostLedger(ledger(), ZoneId.systemDefault())
                .exchange(List.of(new CostLedger.AttemptCost("shop/old#1@1", much, yesterday)), yesterday);

        SupervisedAgents agents = fleet("1").queue(SampleQueue.named("fixer")).begin();

        assertThat(agents.calls()).containsExactly("send fixer 1 --max-budget-usd 1 in fixer");
    }

    @Test
    void aLedgerThatCannotBeWrittenEndsTheAwaitBeforeAnythingIsStarted() throws Exception {
        Files.writeString(directory.resolve("costs"), "a file");
        SupervisedAgents agents = fleet("1").queue(SampleQueue.named("fixer")).begin();

        assertThatThrownBy(agents::report)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("can't have the costs of today, which maxCostPerDay needs");
        assertThat(agents.calls()).isEmpty();
    }

    @Test
    void withoutALimitThereIsNoLedger() throws Exception {
        SupervisedAgents agents = new SupervisedAgents(directory.resolve("results"));
        fleets.add(agents);
        spend(agents.queue(SampleQueue.named("fixer")).begin().begins("fixer", "fixer"), "3");

        assertThat(outcomes(agents)).containsExactly("done: ");
        assertThat(directory.resolve("costs")).doesNotExist();
    }

    private SupervisedAgents fleet(String most) {
        SupervisedAgents agents = new SupervisedAgents(directory.resolve("results-" + fleets.size()));
        agents.fleet().daily(new DailyLimit(Usd.parse("maxCostPerDay", most), directory.resolve("costs")));
        fleets.add(agents);
        return agents;
    }

    private Path ledger() {
        return directory.resolve("costs").resolve(Shop.PROJECT.id() + ".costs");
    }

    private static void spend(SupervisedAgents agents, String cost) {
        agents.begins("fixer", "fixer")
                .prints("fixer", CliLines.result("fine", cost))
                .exits("fixer", "fixer", 0);
    }

    private static List<String> outcomes(SupervisedAgents agents) throws Exception {
        return agents.report().tasks().stream()
                .map(task -> task.outcome().value() + ": " + task.reason())
                .toList();
    }
}
