package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes of single tasks. */
@Timeout(60)
class FleetSupervisorTest {

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

    // ---- outcomes

    @Test
    void anAgentWhoseSourceHasNoTasksHoldsUpNobody() throws Exception {
        agents.queue(SampleQueue.named("fixer").tasks())
                .queue(SampleQueue.named("judge").dependsOn("fixer"))
                .begin()
                .does("judge", "judge");

        assertThat(agents.report("judge").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aTaskWithAGoodResultIsDone() throws Exception {
        agents.queue(SampleQueue.named("fixer")).begin();
        assertThat(agents.calls()).containsExactly("send fixer 1 in fixer");

        agents.begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT, CliLines.use("Bash", "mvn verify"))
                .seconds(90)
                .prints("fixer", CliLines.result("All is well", "0.25"))
                .exits("fixer", "fixer", 0);

        TaskReport report = agents.report("fixer");
        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.reason()).isEmpty();
        assertThat(report.answer().text()).contains("All is well");
        assertThat(report.usage().cost()).hasToString("$0.25");
        assertThat(report.attempts()).isOne();
        assertThat(report.times().took()).isEqualTo(Duration.ofSeconds(90));
        assertThat(report.session().id()).contains("5a7b");
        assertThat(report.inputs().image()).contains("sha256:acme");
        assertThat(report.inputs().commit()).contains("0123abc");
        assertThat(report.exit().code()).hasValue(0);
        assertThat(report.activity().steps()).extracting("tool", "target").containsExactly(tuple("Bash", "mvn verify"));
        assertThat(agents.calls()).isEmpty();
    }

    @Test
    void theConsoleTellsBeginProgressAndEnd() {
        agents.queue(SampleQueue.named("fixer")).begin();
        assertThat(agents.console()).containsExactly("Fleet shop: following 1 task of 1 agent");

        agents.begins("fixer", "fixer").prints("fixer", CliLines.use("Bash", "mvn verify"));
        assertThat(agents.console()).containsExactly("Agent fixer began");
        assertThat(agents.seconds(14).console()).isEmpty();
        assertThat(agents.seconds(1).console())
                .containsExactly(
                        "Agent fixer: Bash mvn verify (1 step, 15s)", "0 of 1 task finished, 1 running, $0.00 so far");

        agents.prints("fixer", CliLines.result()).exits("fixer", "fixer", 0);
        assertThat(agents.console()).containsExactly("Task fixer: done (15s, $0.10)", "1 of 1 task done, $0.10, 15s");
    }

    @ParameterizedTest
    @CsvSource({
        "400, no such model, FAILED",
        "529, Overloaded, FAILED",
        "401, Failed to authenticate, LOGIN_DEAD",
        "429, You have hit your weekly limit, OUT_OF_QUOTA"
    })
    void aFailedResultTellsItsCause(int status, String text, Outcome outcome) throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.failure(status, text, "0.1"))
                .exits("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(outcome);
        assertThat(agents.report("fixer").reason()).isEqualTo(text);
        assertThat(agents.report("fixer").answer().text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"error_max_turns, OUT_OF_TURNS", "error_max_budget_usd, OVER_BUDGET"})
    void aLimitOfTheCliHasAnOutcomeOfItsOwn(String subtype, Outcome outcome) throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.error(subtype, "That is enough"))
                .exits("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(outcome);
        assertThat(agents.report("fixer").reason()).isEqualTo("That is enough");
    }

    @Test
    void aCliThatEndsWithoutAResultHasFailed() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT)
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(agents.report("fixer").reason()).isEqualTo("the CLI ended with status 0 and without a result");
    }

    @Test
    void aCliThatEndsAtOnceIsToldByItsLastComplaint() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .complains("fixer", "error: unknown option '--verboser'", "")
                .exits("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.START_FAILED);
        assertThat(agents.report("fixer").reason())
                .isEqualTo("the CLI ended with status 1 at once: error: unknown option '--verboser'");
    }

    @Test
    void aCliThatNeededTooMuchMemoryIsOutOfMemory() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT)
                .exitsOutOfMemory("fixer", "fixer", 137);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
    }

    @Test
    void aResultCountsWhateverTheCliEndsWith() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.result())
                .exits("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").reason()).isEqualTo("the CLI ended with status 1 after its result");
    }

    @Test
    void theLastOfTwoResultsInOneSessionCounts() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT, CliLines.background("mvn verify"), CliLines.result("built soon", "0.5"))
                .seconds(60)
                .prints("fixer", CliLines.background(), CliLines.INIT, CliLines.result("built", "0.75"))
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").answer().text()).contains("built");
        assertThat(agents.report("fixer").usage().cost())
                .as("the CLI adds it up")
                .hasToString("$0.75");
        assertThat(agents.report("fixer").usage().turns()).isEqualTo(2);
    }

    @Test
    void aPromptThatTheCliTookForItsOwnCommandHasFailed() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.resultOfItsOwn("/help is not available"))
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(agents.report("fixer").reason()).contains("asked nothing of the model", "/help is not available");
    }

    // ---- checks

    @Test
    void aCheckThatFailsSpoilsAGoodResult() throws Exception {
        agents.queue(SampleQueue.named("fixer").check("mvn verify"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.result())
                .exitsBeforeCheck("fixer", "fixer", 0)
                .complains("fixer", "2 tests failed");
        assertThat(agents.isOver()).as("its check is under way").isFalse();
        agents.checked("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.CHECK_FAILED);
        assertThat(agents.report("fixer").reason()).isEqualTo("the check ended with status 1: 2 tests failed");
        assertThat(agents.report("fixer").exit().check().orElseThrow())
                .extracting(TaskReport.Check::command, TaskReport.Check::exitCode)
                .containsExactly("mvn verify", 1);
    }

    @Test
    void aCheckThatSucceedsIsReported() throws Exception {
        agents.queue(SampleQueue.named("fixer").check("mvn verify"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.result())
                .exitsBeforeCheck("fixer", "fixer", 0)
                .checked("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").exit().check().orElseThrow())
                .extracting(TaskReport.Check::command, TaskReport.Check::exitCode)
                .containsExactly("mvn verify", 0);
    }

    @Test
    void aCheckThatNeverRanMakesNothingDone() throws Exception {
        agents.queue(SampleQueue.named("fixer").check("mvn verify"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", CliLines.result())
                .exits("fixer", "fixer", 143)
                .seconds(20);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }
}
