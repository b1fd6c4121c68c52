package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of a task: its failed check goes back to its agent. */
@Timeout(60)
class FleetSupervisorRoundsTest {

    private static final CheckSpec TWO_ROUNDS = CheckSpec.of("mvn verify").withRounds(2);
    private static final String AUTH = new ResourceNames(Shop.idOf("shop")).auth();

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
    void aFailedCheckGoesBackToTheSessionWithItsOutput() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(TWO_ROUNDS)).begin();
        agents.calls();
        round(1, 1, "\u001B[1;31m2 tests failed\u001B[0m with key sk-ant-api03-abcdefgh");

        assertThat(agents.calls())
                .hasSize(2)
                .first()
                .asString()
                .matches("upload to " + AUTH + " prompts/fixer-round-2-\\w+\\.md");
        assertThat(prompt())
                .contains(
                        "failed with exit status 1", "mvn verify", "2 tests failed with key ", "This is round 2 of 3.")
                .contains("<check-output>\n")
                .doesNotContain("abcdefgh");
        assertThat(agents.console())
                .anyMatch(line -> line.startsWith("Task fixer goes back to its agent, round 2 of 3: the check ended"))
                .noneMatch(line -> line.contains("abcdefgh"));
        round(2, 0, "");

        TaskReport report = agents.report("fixer");
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.usage().cost()).hasToString("$0.20");
        assertThat(report.exit().check().orElseThrow().rounds())
                .extracting(TaskReport.Round::number, TaskReport.Round::exitCode)
                .containsExactly(tuple(1, 1), tuple(2, 0));
    }

    @Test
    void theTaskIsSentWithItsSessionAndRound() {
        agents.queue(SampleQueue.named("fixer").check(TWO_ROUNDS)).begin();
        agents.calls();
        round(1, 1, "no");

        assertThat(agents.calls().get(1))
                .matches("send fixer 2 PROMPT=prompts/fixer-round-2-\\w+\\.md ROUND=2 --resume 5a7b in fixer");
    }

    @Test
    void theLastRoundEndsTheTask() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(TWO_ROUNDS)).begin();
        round(1, 1, "no");
        round(2, 1, "no");
        round(3, 4, "still not");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.CHECK_FAILED);
        assertThat(agents.report("fixer").reason()).isEqualTo("the check ended with status 4: still not");
    }

    @Test
    void aRoundGoesToTheAgentThatHasTheSession() {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").agents(2).check(TWO_ROUNDS))
                .begin();
        agents.calls();
        round("fixer-2", "fixer/two", 1, 1, "no");

        assertThat(agents.calls())
                .last()
                .asString()
                .startsWith("send fixer/two 2 ")
                .endsWith(" in fixer-2");
    }

    @Test
    void anAgentBetweenTwoRoundsIsNotFree() {
        agents.fleet().stagger(Duration.ofSeconds(30));
        agents.queue(SampleQueue.named("fixer").tasks("one", "two").check(TWO_ROUNDS))
                .begin();
        agents.calls();
        round("fixer", "fixer/one", 1, 1, "no");

        assertThat(agents.seconds(60).calls()).last().asString().startsWith("send fixer/one 2 ");
    }

    @Test
    void withoutTheAgentsContainerThereIsNoRound() throws Exception {
        agents.fleet().stagger(Duration.ofSeconds(30));
        agents.queue(SampleQueue.named("fixer").check(TWO_ROUNDS)).begin();
        round(1, 1, "no");
        agents.containerEnds("fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.CHECK_FAILED);
        assertThat(agents.report("fixer").reason()).endsWith("the container of its agent fixer has ended");
    }

    @Test
    void aTemporaryFailureRepeatsTheRound() {
        agents.queue(SampleQueue.named("fixer").retries(1).check(TWO_ROUNDS)).begin();
        round(1, 1, "no");
        agents.begins("fixer", "fixer", 2)
                .prints("fixer", CliLines.INIT, CliLines.failure(529, "Overloaded", "0.1"))
                .exits("fixer", "fixer", 1);
        agents.calls();

        assertThat(agents.seconds(15).calls())
                .last()
                .asString()
                .matches("send fixer 3 PROMPT=\\S+ ROUND=2 --resume 5a7b in fixer");
    }

    @Test
    void theTasksCostLimitHoldsOverAllRounds() throws Exception {
        agents.queue(SampleQueue.named("fixer")
                        .maxCost(Usd.parse("maxCost", "0.15"))
                        .check(TWO_ROUNDS))
                .begin();
        agents.calls();
        round(1, 1, "no");
        assertThat(agents.calls()).last().asString().startsWith("send fixer 2 --max-budget-usd 0.05 PROMPT=");
        round(2, 1, "no");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.CHECK_FAILED);
        assertThat(agents.report("fixer").reason()).endsWith("its maxCost of $0.15 is used up");
    }

    @Test
    void aCheckThatTakesTooLongIsStoppedAndHasFailed() {
        agents.queue(SampleQueue.named("fixer")
                        .check(CheckSpec.of("mvn verify").withRounds(1).withTimeout(Duration.ofMinutes(2))))
                .begin();
        agents.begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT, CliLines.result())
                .exitsBeforeCheck("fixer", "fixer", 0);
        agents.calls();
        assertThat(agents.seconds(119).calls()).isEmpty();
        assertThat(agents.seconds(2).calls()).containsExactly("signal fixer INT in fixer");
        agents.checked("fixer", "fixer", 130);

        assertThat(agents.console()).anyMatch(line -> line.endsWith("round 2 of 2: the check took longer than 2m"));
        assertThat(agents.calls()).last().asString().startsWith("send fixer 2 ");
    }

    // ---- a supervisor that begins again

    @Test
    void aRoundThatAnEarlierSupervisorSentIsNotSentAgain() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(TWO_ROUNDS))
                .sentBefore("fixer", "ended fixer 1\ntaken fixer 2\n");
        round(1, 1, "no");
        agents.begins("fixer", "fixer", 2).begin();

        assertThat(agents.seconds(10).calls()).isEmpty();
        agents.prints("fixer", CliLines.INIT, CliLines.result())
                .exitsBeforeCheck("fixer", "fixer", 0)
                .checked("fixer", "fixer", 0);
        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").exit().check().orElseThrow().rounds()).hasSize(2);
    }

    @Test
    void aRoundThatAnEarlierSupervisorDidNotSendIsSent() {
        agents.queue(SampleQueue.named("fixer").check(TWO_ROUNDS)).sentBefore("fixer", "ended fixer 1\n");
        round(1, 1, "no");
        agents.begin();

        assertThat(agents.calls()).last().asString().matches("send fixer 2 PROMPT=\\S+ ROUND=2 --resume 5a7b in fixer");
    }

    private void round(int number, int status, String output) {
        round("fixer", "fixer", number, status, output);
    }

    private void round(String agent, String task, int number, int status, String output) {
        agents.begins(agent, task, number)
                .prints(agent, CliLines.INIT, CliLines.result())
                .exitsBeforeCheck(agent, task, 0)
                .complains(agent, output)
                .checked(agent, task, status);
    }

    private String prompt() {
        List<UploadFile> files = agents.engine().uploadedTo(AUTH, ContainerPaths.KIT);
        return new String(files.get(files.size() - 1).content(), StandardCharsets.UTF_8);
    }
}
