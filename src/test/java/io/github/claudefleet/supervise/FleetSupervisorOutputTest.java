package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.results.ReportFixture;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stored output, interim reports and cancellation. */
@Timeout(60)
class FleetSupervisorOutputTest {

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

    // ---- stored output

    @Test
    void aGatewayThatIsGoneIsToldOnceATaskFails() throws Exception {
        fenced().begin().containerIsRemoved(SupervisedAgents.GATEWAY);
        assertThat(agents.console()).noneMatch(line -> line.contains("gateway"));

        agents.failsForNow("fixer", "fixer");
        assertThat(agents.console())
                .filteredOn(line -> line.contains("gateway"))
                .containsExactly(
                        "The fleet's gateway does not run, and without it agents reach nobody: their tasks fail."
                                + " mvn claude-fleet:start makes it anew");

        agents.seconds(60).failsForNow("fixer", "fixer");
        assertThat(agents.console()).noneMatch(line -> line.contains("gateway"));
    }

    @Test
    void aTaskThatFailsBehindARunningGatewayTellsNothingOfIt() throws Exception {
        fenced().begin().failsForNow("fixer", "fixer");

        assertThat(agents.console()).noneMatch(line -> line.contains("gateway"));
    }

    private SupervisedAgents fenced() {
        agents.fleet().agent(Shop.agent("fixer").egress(EgressSpec.DEFAULT));
        return agents.queue(SampleQueue.named("fixer"));
    }

    @Test
    void linesThatAreNoEventsAreCountedAndKept() throws Exception {
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", "no JSON", "{\"type\":\"assist", "[]", "", "Grüße 🙂", CliLines.SIGN_OF_LIFE)
                .prints("fixer", CliLines.result())
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").activity().garbage()).isEqualTo(4);
        assertThat(stored("fixer/events.jsonl"))
                .hasSize(8)
                .contains("no JSON", "{\"type\":\"assist", "[]", "Grüße 🙂", CliLines.SIGN_OF_LIFE, CliLines.result());
    }

    @Test
    void linesOfALogOfBothStreamsAreOfStandardErrorUnlessTheyAreObjects() throws Exception {
        agents.engine().lacking(EngineCapability.SEPARATE_ERRORS);
        agents.queue(SampleQueue.named("fixer"))
                .begin()
                .begins("fixer", "fixer")
                .prints("fixer", "", "npm warns of something", "{\"type\":\"assist", CliLines.SIGN_OF_LIFE)
                .prints("fixer", CliLines.result())
                .exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").activity().garbage()).isEqualTo(1);
        assertThat(stored("fixer/stderr.log")).containsExactly("npm warns of something");
        assertThat(stored("fixer/events.jsonl")).doesNotContain("npm warns of something");
    }

    @Test
    void outputIsStoredByTaskWithoutCredentials() throws Exception {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two")).begin();
        agents.prints("fixer", "of no task")
                .begins("fixer", "fixer/one")
                .complains("fixer", "uses sk-ant-oat01-" + "x".repeat(40))
                .prints("fixer", CliLines.result("one", "0.1"))
                .exits("fixer", "fixer/one", 0)
                .does("fixer", "fixer/two");

        assertThat(agents.isOver()).isTrue();
        assertThat(stored("fixer/one/events.jsonl")).hasSize(3).contains(CliLines.result("one", "0.1"));
        assertThat(stored("fixer/one/stderr.log"))
                .singleElement()
                .asString()
                .startsWith("uses ")
                .doesNotContain("xxx");
        assertThat(stored("fixer/two/events.jsonl")).hasSize(3).contains(CliLines.result());
        assertThat(stored("fixer/two/stderr.log")).isEmpty();
    }

    @Test
    void outputOfAnEarlierSupervisorIsReplacedAndThatOfARetryAppended() throws Exception {
        Files.createDirectories(results.resolve("fixer"));
        Files.writeString(results.resolve("fixer/events.jsonl"), "of an earlier one\n");
        agents.queue(SampleQueue.named("fixer").retries(1))
                .begin()
                .failsForNow("fixer", "fixer")
                .seconds(10)
                .does("fixer", "fixer");

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(stored("fixer/events.jsonl")).hasSize(6).doesNotContain("of an earlier one");
    }

    @Test
    void outputThatCannotBeStoredEndsTheSupervision() throws Exception {
        Files.writeString(results.resolve("fixer"), "a file in the way");
        agents.queue(SampleQueue.named("fixer")).begin().begins("fixer", "fixer");

        assertThatThrownBy(agents::report)
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .isInstanceOf(IOException.class);
    }

    // ---- interim reports

    @Test
    void interimReportsComeEveryFiveSeconds() {
        agents.queue(SampleQueue.named("fixer")).begin().begins("fixer", "fixer");
        assertThat(agents.seconds(5).snapshots()).isEmpty();

        assertThat(agents.seconds(1).snapshots()).singleElement().satisfies(report -> {
            assertThat(report.ended()).isEmpty();
            assertThat(report.tasks()).extracting(TaskReport::attempts).containsExactly(1);
        });
        assertThat(agents.seconds(5).snapshots()).hasSize(1);
        assertThat(agents.seconds(1).snapshots()).hasSize(2);
    }

    @Test
    void slowInterimReportsAreRarer() {
        agents.queue(SampleQueue.named("fixer"))
                .snapshotsAlsoTo(report -> agents.passes(2))
                .begin();

        assertThat(agents.seconds(6).snapshots()).hasSize(1);
        assertThat(agents.seconds(25).snapshots()).hasSize(1);
        assertThat(agents.seconds(1).snapshots()).hasSize(2);
    }

    @Test
    void interimReportsCanBeWrittenAsResults() {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two"))
                .snapshotsAlsoTo(ReportFixture.writer(results)::snapshot)
                .begin()
                .does("fixer", "fixer/one")
                .seconds(6);

        assertThat(new ResultFiles(results).read().tasks())
                .extracting(task -> task.task() + " " + task.outcome().value())
                .containsExactly("fixer/one done", "fixer/two not started");
    }

    // ---- cancellation

    @Test
    void anInterruptedSupervisorStoresWhatItKnows() {
        agents.queue(SampleQueue.named("fixer").tasks("one", "two"))
                .begin()
                .does("fixer", "fixer/one")
                .begins("fixer", "fixer/two")
                .prints("fixer", CliLines.use("Bash", "mvn verify"));

        agents.interrupt();

        assertThatThrownBy(agents::report).hasCauseInstanceOf(InterruptedException.class);
        assertThat(agents.snapshots()).singleElement().satisfies(report -> {
            assertThat(report.ended()).isEmpty();
            assertThat(report.tasks())
                    .extracting(each -> each.activity().stepsInAll())
                    .containsExactly(0, 1);
            assertThat(report.tasks().get(0).outcome()).isEqualTo(Outcome.DONE);
        });
        assertThat(agents.calls())
                .as("agents are left at work")
                .containsExactly("send fixer/one 1 in fixer", "send fixer/two 1 in fixer");
    }

    @Test
    void aFleetWithoutTasksHasNothingToAwait() throws Exception {
        agents.begin();

        assertThat(agents.report().tasks()).isEmpty();
        assertThat(agents.console()).isEmpty();
    }

    private List<String> stored(String file) {
        try {
            return Files.readAllLines(results.resolve(file)).stream()
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
