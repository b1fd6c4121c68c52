package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.task.Inspection;
import io.github.claudefleet.task.Outcome;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the agent has no part in. */
@Timeout(60)
class FleetSupervisorInspectionTest {

    private static final CheckSpec PROTECTED = CheckSpec.of("mvn verify").protecting("src/test/**");
    private static final CheckSpec INDEPENDENT = CheckSpec.of("mvn verify").in(CheckPlace.CONTAINER);

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
    void aChangedFileThatIsProtectedFailsTheTaskWithItsName() throws Exception {
        agents.work()
                .next(new Inspection(List.of("src/test/ATest.java", "src/test/B.java"), OptionalInt.empty(), "", ""));
        agents.queue(SampleQueue.named("fixer").check(PROTECTED.withRounds(2))).begin();
        checkedByAgent(0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.PROTECTED_FILE_CHANGED);
        assertThat(agents.report("fixer").reason())
                .isEqualTo("it changed src/test/ATest.java and 1 more, which agent.check.protect protects");
        assertThat(agents.calls())
                .as("no second round")
                .filteredOn(call -> call.startsWith("send"))
                .hasSize(1);
    }

    @Test
    void withoutSuchAFileTheCheckCounts() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(PROTECTED)).begin();
        checkedByAgent(0);

        assertThat(agents.work().inspected()).containsExactly("fixer of fixer");
        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void anIndependentCheckDecides() throws Exception {
        agents.work().next(new Inspection(List.of(), OptionalInt.of(1), "3 tests failed", ""));
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT.withRounds(1)))
                .begin();
        agents.calls();
        does(1);
        assertThat(agents.calls()).last().asString().startsWith("send fixer 2 PROMPT=");
        agents.work().next(new Inspection(List.of(), OptionalInt.of(0), "", ""));
        does(2);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
        assertThat(agents.report("fixer").exit().check().orElseThrow().rounds()).hasSize(2);
        assertThat(agents.report("fixer")
                        .exit()
                        .check()
                        .orElseThrow()
                        .rounds()
                        .get(0)
                        .output())
                .isEqualTo("3 tests failed");
    }

    @Test
    void theReasonIsTheLastLineOfAnIndependentCheckWithoutSecrets() throws Exception {
        agents.work().next(new Inspection(List.of(), OptionalInt.of(1), "1 failed\nkey sk-ant-api03-abc\n\n", ""));
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT)).begin();
        agents.begins("fixer", "fixer").complains("fixer", "a warning of the CLI");
        agents.prints("fixer", CliLines.INIT, CliLines.result()).exits("fixer", "fixer", 0);

        assertThat(agents.report("fixer").reason()).isEqualTo("the check ended with status 1: key ********");
    }

    @Test
    void whatCanNotBeInspectedIsNotDone() throws Exception {
        agents.work().next(Inspection.failed("git is gone"));
        agents.queue(SampleQueue.named("fixer").check(PROTECTED)).begin();
        checkedByAgent(0);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(agents.report("fixer").reason()).isEqualTo("its changes could not be inspected: git is gone");
    }

    @Test
    void anUnexpectedFailureEndsTheWaitWithItsCause() {
        InvalidPathException unexpected = new InvalidPathException("\u00e4", "no such letter");
        agents.work().breakDown(unexpected);
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT)).begin();
        does(1);

        assertThatThrownBy(() -> agents.report()).hasRootCause(unexpected);
    }

    @Test
    void anIndependentCheckThatDidNotRunMakesNothingDone() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT)).begin();
        does(1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void aContainerThatEndsBeforeTheEndIsReadMakesNothingDone() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT)).begin();
        agents.begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT, CliLines.result())
                .containerEnds("fixer", 137);
        agents.seconds(60);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void aFailedTaskIsNotInspected() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT)).begin();
        agents.begins("fixer", "fixer")
                .prints("fixer", CliLines.error("error_max_turns", "no"))
                .exits("fixer", "fixer", 1);

        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.OUT_OF_TURNS);
        assertThat(agents.work().inspected()).isEmpty();
    }

    @Test
    void aSupervisorThatBeginsAgainInspectsAgainAndNotARoundThatIsOver() throws Exception {
        agents.queue(SampleQueue.named("fixer").check(INDEPENDENT.withRounds(1)))
                .sentBefore("fixer", "ended fixer 1\nended fixer 2\n");
        does(1);
        does(2);
        agents.work().next(new Inspection(List.of(), OptionalInt.of(0), "", ""));
        agents.begin();

        assertThat(agents.work().inspected()).hasSize(1);
        assertThat(agents.report("fixer").outcome()).isEqualTo(Outcome.DONE);
    }

    private void checkedByAgent(int status) {
        agents.begins("fixer", "fixer")
                .prints("fixer", CliLines.INIT, CliLines.result())
                .exitsBeforeCheck("fixer", "fixer", 0)
                .checked("fixer", "fixer", status);
    }

    private void does(int round) {
        agents.begins("fixer", "fixer", round)
                .prints("fixer", CliLines.INIT, CliLines.result())
                .exits("fixer", "fixer", 0);
    }
}
