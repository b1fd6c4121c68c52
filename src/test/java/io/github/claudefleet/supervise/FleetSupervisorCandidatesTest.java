package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Selection;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.task.ChangeSize;
import io.github.claudefleet.task.Inspection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several attempts at one task, of which one is chosen. */
@Timeout(60)
class FleetSupervisorCandidatesTest {

    private static final String AUTH = new ResourceNames(Shop.idOf("shop")).auth();
    private static final CheckSpec CHECK = CheckSpec.of("mvn verify");

    @TempDir
    private Path results;

    private SupervisedAgents agents;
    private CandidateGroup group;

    @BeforeEach
    void create() {
        agents = new SupervisedAgents(results);
    }

    @AfterEach
    void close() throws InterruptedException {
        agents.close();
    }

    // ---- first

    @Test
    void theFirstThatPassesIsChosenAndTheOthersAreStopped() throws Exception {
        candidates(Selection.FIRST);
        agents.begin();
        assertThat(agents.calls()).hasSize(3);
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 0);

        assertThat(agents.calls()).containsExactly("signal fixer-3 INT in fixer-3");
        assertThat(agents.console())
                .anyMatch(line -> line.endsWith("is stopped: fixer-2 was chosen"))
                .contains("Task fixer-1: not chosen: fixer-2 was chosen; its own outcome was check failed:"
                        + " the check ended with status 1");
        agents.exits("fixer-3", "fixer-3", 130);

        assertThat(outcome("fixer-1"))
                .isEqualTo("not chosen: fixer-2 was chosen; its own outcome was check failed:"
                        + " the check ended with status 1");
        assertThat(outcome("fixer-2")).isEqualTo("done");
        assertThat(outcome("fixer-3")).isEqualTo("not chosen: fixer-2 was chosen");
        assertThat(agents.console()).anyMatch(line -> line.startsWith("1 of 1 task done"));
    }

    @Test
    void oneThatHasNotBegunIsNotSent() throws Exception {
        agents.fleet().maxConcurrent(1);
        candidates(Selection.FIRST);
        agents.begin();
        agents.calls();
        passes("fixer-1");

        assertThat(agents.calls()).isEmpty();
        assertThat(outcome("fixer-1")).isEqualTo("done");
        assertThat(outcome("fixer-2")).isEqualTo("not chosen: fixer-1 was chosen before it began");
    }

    @Test
    void ifNonePassesAllKeepTheirOutcomes() throws Exception {
        candidates(Selection.FIRST);
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 2);
        assertThat(agents.console()).noneMatch(line -> line.startsWith("Task fixer-1:"));
        ends("fixer-3", 3);

        assertThat(outcome("fixer-1")).isEqualTo("check failed: the check ended with status 1");
        assertThat(outcome("fixer-2")).isEqualTo("check failed: the check ended with status 2");
        assertThat(outcome("fixer-3")).isEqualTo("check failed: the check ended with status 3");
    }

    @Test
    void oneThatIsDoneWhileItIsStoppedIsNotChosenNevertheless() throws Exception {
        candidates(Selection.FIRST);
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-3", 0);
        ends("fixer-1", 0);
        ends("fixer-2", 1);

        assertThat(outcome("fixer-1")).isEqualTo("not chosen: fixer-3 was chosen");
        assertThat(outcome("fixer-2")).isEqualTo("not chosen: fixer-3 was chosen");
        assertThat(outcome("fixer-3")).isEqualTo("done");
    }

    @Test
    void oneThatWaitsForARetryIsNotBegunAgain() throws Exception {
        group = group(Selection.FIRST, Optional.empty());
        agents.fleet().candidates(group);
        group.candidates()
                .forEach(name ->
                        agents.queue(SampleQueue.named(name.value()).retries(1).check(CHECK)));
        agents.begin();
        agents.failsForNow("fixer-1", "fixer-1");
        begins("fixer-2", "fixer-3");
        agents.calls();
        ends("fixer-2", 0);
        ends("fixer-3", 1);

        assertThat(agents.calls()).containsExactly("signal fixer-3 INT in fixer-3");
        assertThat(outcome("fixer-1")).isEqualTo("not chosen: fixer-2 was chosen");
    }

    @Test
    void oneThatWasOverBeforeIsWaitedForWhileItIsInspected() throws Exception {
        agents.work().next(new Inspection(List.of("src/test/A.java"), OptionalInt.empty(), "", ""));
        candidates(Selection.FIRST, CHECK.protecting("src/test/**"));
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 0);
        ends("fixer-2", 0);
        ends("fixer-3", 1);

        assertThat(outcome("fixer-1")).startsWith("not chosen: fixer-2 was chosen; its own outcome was protected file");
        assertThat(outcome("fixer-2")).isEqualTo("done");
    }

    // ---- smallest

    @Test
    void theSmallestChangeOfThoseThatPassIsChosen() throws Exception {
        agents.work().size("fixer-1", ChangeSize.of(12, 1));
        agents.work().size("fixer-3", ChangeSize.of(7, 2));
        candidates(Selection.SMALLEST);
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 0);
        ends("fixer-2", 1);
        assertThat(agents.work().measured()).isEmpty();
        ends("fixer-3", 0);

        assertThat(agents.work().measured()).containsExactly("fixer-1", "fixer-3");
        assertThat(outcome("fixer-1"))
                .isEqualTo("not chosen: fixer-3 was chosen, which changes 7 lines; this one changes 12");
        assertThat(outcome("fixer-2")).startsWith("not chosen: fixer-3 was chosen; its own outcome was check failed");
        assertThat(outcome("fixer-3")).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource({"3, 2, 3, 1, fixer-2", "3, 1, 3, 1, fixer-1"})
    void fewerFilesAndThenTheOrderDecideAmongEqualNumbersOfLines(
            int lines, int files, int otherLines, int otherFiles, String best) throws Exception {
        agents.work().size("fixer-1", ChangeSize.of(lines, files));
        agents.work().size("fixer-2", ChangeSize.of(otherLines, otherFiles));
        agents.work().size("fixer-3", ChangeSize.of(50, 1));
        candidates(Selection.SMALLEST);
        agents.begin();
        passes("fixer-3");
        passes("fixer-2");
        passes("fixer-1");

        assertThat(outcome(best)).isEqualTo("done");
    }

    @Test
    void theOnlyOneThatPassesIsNotMeasured() throws Exception {
        candidates(Selection.SMALLEST);
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 0);
        ends("fixer-3", 1);

        assertThat(agents.work().measured()).isEmpty();
        assertThat(outcome("fixer-2")).isEqualTo("done");
    }

    @Test
    void changesThatCanNotBeMeasuredAreNotTheSmallest() throws Exception {
        agents.work().size("fixer-1", ChangeSize.unknown("git is gone"));
        agents.work().size("fixer-2", ChangeSize.of(3, 1));
        agents.work().size("fixer-3", ChangeSize.unknown("git is gone"));
        candidates(Selection.SMALLEST);
        agents.begin();
        passes("fixer-1");
        passes("fixer-2");
        passes("fixer-3");

        assertThat(outcome("fixer-2")).isEqualTo("done");
        assertThat(outcome("fixer-1"))
                .isEqualTo("not chosen: fixer-2 was chosen; its own outcome was not checked:"
                        + " its changes could not be measured: git is gone");
    }

    // ---- judge

    @Test
    void theJudgeGetsThePatchesOfThoseThatPassAndChooses() throws Exception {
        judged();
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 0);
        ends("fixer-2", 1);
        agents.calls();
        ends("fixer-3", 0);

        assertThat(agents.calls()).last().asString().startsWith("send reviewer 1 PROMPT=");
        assertThat(prompt())
                .matches("(?s)Compare fixer-1: " + ContainerPaths.KIT + "/patches/fixer-1-\\w+\\.patch,"
                        + " fixer-3: " + ContainerPaths.KIT + "/patches/fixer-3-\\w+\\.patch;"
                        + " they are fixer-1: done, fixer-3: done\n\nChoose one of fixer-1, fixer-3\\."
                        + " Its name is the \"choice\" of your structured answer\\.\n");
        answers("{\"choice\":\"fixer-3\",\"reason\":\"short\"}");

        assertThat(outcome("fixer-1")).isEqualTo("not chosen: fixer-3 was chosen");
        assertThat(outcome("fixer-2")).startsWith("not chosen: fixer-3 was chosen; its own outcome was check failed");
        assertThat(outcome("fixer-3")).isEqualTo("done");
        assertThat(outcome("reviewer")).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"choice\":\"fixer-9\"} | its answer chose \"fixer-9\", which is none of fixer-1, fixer-3",
                "{\"choice\":\"fixer-2\"} | its answer chose \"fixer-2\", which is none of fixer-1, fixer-3",
                "{\"choice\":2} | its answer has no choice of fixer-1, fixer-3",
                "null | its answer has no choice of fixer-1, fixer-3",
            })
    void aJudgeThatAnswersNonsenseFailsAndNoneIsChosen(String answer, String reason) throws Exception {
        judged();
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 0);
        ends("fixer-2", 1);
        ends("fixer-3", 0);
        answers(answer);

        assertThat(outcome("reviewer")).isEqualTo("failed: " + reason);
        assertThat(outcome("fixer-1")).isEqualTo("not chosen: its judge reviewer has chosen none");
        assertThat(outcome("fixer-2")).isEqualTo("check failed: the check ended with status 1");
        assertThat(outcome("fixer-3")).isEqualTo("not chosen: its judge reviewer has chosen none");
    }

    @Test
    void aJudgeThatFailsChoosesNone() throws Exception {
        judged();
        agents.begin();
        passes("fixer-1");
        passes("fixer-2");
        passes("fixer-3");
        agents.begins("reviewer", "reviewer")
                .prints("reviewer", CliLines.error("error_max_turns", "no"))
                .exits("reviewer", "reviewer", 1);

        assertThat(outcome("reviewer")).isEqualTo("out of turns: no");
        assertThat(outcome("fixer-1")).isEqualTo("not chosen: its judge reviewer has chosen none");
    }

    @Test
    void aSingleOneThatPassesNeedsNoJudge() throws Exception {
        judged();
        agents.queue(SampleQueue.named("reporter").dependsOn("reviewer")).begin();
        agents.calls();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 0);
        ends("fixer-3", 1);

        assertThat(agents.calls()).containsExactly("send reporter 1 in reporter");
        agents.does("reporter", "reporter");
        assertThat(outcome("fixer-2")).isEqualTo("done");
        assertThat(outcome("reviewer")).isEqualTo("not chosen: there was nothing to choose: only fixer-2 was done");
        assertThat(outcome("reporter")).isEqualTo("done");
    }

    @Test
    void aSingleOneThatPassesIsChosenEvenIfTheJudgeCanNotBegin() throws Exception {
        add(group(Selection.JUDGE, Optional.of(new AgentName("reviewer"))), CHECK);
        agents.queue(SampleQueue.named("helper"))
                .queue(SampleQueue.named("reviewer").dependsOn(group, true).alsoDependsOn("helper"))
                .begin();
        agents.begins("helper", "helper")
                .prints("helper", CliLines.error("error_max_turns", "no"))
                .exits("helper", "helper", 1);
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 0);
        ends("fixer-3", 1);

        assertThat(outcome("fixer-2")).isEqualTo("done");
        assertThat(outcome("reviewer")).isEqualTo("not started: it depends on helper, which was not done");
    }

    @Test
    void withoutOneThatPassesTheJudgeIsNotAsked() throws Exception {
        judged();
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 1);
        ends("fixer-3", 1);

        assertThat(outcome("reviewer")).isEqualTo("not started: none of the attempts at fixer was done");
        assertThat(outcome("fixer-1")).isEqualTo("check failed: the check ended with status 1");
    }

    // ---- those that depend on the candidates

    @Test
    void othersGetTheChosenOnesAnswerAndDoNotWaitForTheRest() throws Exception {
        candidates(Selection.FIRST);
        agents.queue(SampleQueue.named("reporter")
                        .dependsOn(group, false)
                        .prompt("{{answer:fixer}} of {{branch:fixer}}, {{outcome:fixer}}"))
                .begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        agents.calls();
        ends("fixer-2", 0);

        assertThat(agents.calls()).anyMatch(call -> call.startsWith("send reporter 1 PROMPT="));
        assertThat(prompt())
                .startsWith("<answer-of-fixer>\nby fixer-2\n</answer-of-fixer> of claude-fleet/shop/fixer-2, done");
    }

    @Test
    void othersAreSkippedIfNoneIsChosen() throws Exception {
        candidates(Selection.FIRST);
        agents.queue(SampleQueue.named("reporter").dependsOn(group, false)).begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 1);
        ends("fixer-2", 1);
        ends("fixer-3", 1);

        assertThat(outcome("reporter")).isEqualTo("not started: it depends on fixer, which was not done");
    }

    @Test
    void aWorkspaceStartsFromTheChosenOne() {
        agents.fleet()
                .agent(AgentBuilder.named("reporter", Path.of("/shop"))
                        .workspace(new WorkspaceOrigin(
                                Path.of("/shop"),
                                WorkspaceStrategy.WORKTREE,
                                Optional.empty(),
                                Optional.of(AgentStart.FAIL_ON_CONFLICT),
                                false,
                                IntegrationSpec.DEFAULT,
                                Path.of("/workspaces"))));
        candidates(Selection.SMALLEST);
        agents.queue(SampleQueue.named("reporter").dependsOn(group, false)).begin();
        agents.work().size("fixer-1", ChangeSize.of(9, 1));
        passes("fixer-1");
        passes("fixer-2");
        passes("fixer-3");

        assertThat(agents.work().started()).containsExactly("reporter from [fixer-2]");
    }

    // ---- a supervisor that begins again

    @Test
    void anotherSupervisorChoosesTheSameAndStopsTheRest() throws Exception {
        candidates(Selection.FIRST);
        agents.sentBefore("fixer-1", "ended fixer-1 1\n")
                .sentBefore("fixer-2", "ended fixer-2 1\n")
                .sentBefore("fixer-3", "taken fixer-3 1\n");
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-2", 0);
        agents.passes(2);
        ends("fixer-1", 0);
        agents.begin();

        assertThat(agents.calls()).containsExactly("signal fixer-3 INT in fixer-3");
        agents.exits("fixer-3", "fixer-3", 130);
        assertThat(outcome("fixer-2")).isEqualTo("done");
        assertThat(outcome("fixer-1")).isEqualTo("not chosen: fixer-2 was chosen");
    }

    @Test
    void oneThatEndedBeforeAndIsNotReadYetIsWaitedFor() throws Exception {
        candidates(Selection.FIRST);
        agents.sentBefore("fixer-1", "ended fixer-1 1\n");
        begins("fixer-2", "fixer-3");
        ends("fixer-2", 0);
        agents.begin();

        assertThat(agents.calls()).doesNotContain("signal fixer-3 INT in fixer-3");
    }

    @Test
    void anotherSupervisorDoesNotAskTheJudgeAgain() throws Exception {
        judged();
        for (String name : List.of("fixer-1", "fixer-2", "fixer-3", "reviewer")) {
            agents.sentBefore(name, "ended " + name + " 1\n");
        }
        answers("{\"choice\":\"fixer-1\"}");
        passes("fixer-1");
        passes("fixer-2");
        passes("fixer-3");
        agents.begin();

        assertThat(agents.calls()).isEmpty();
        assertThat(outcome("fixer-1")).isEqualTo("done");
        assertThat(outcome("fixer-2")).isEqualTo("not chosen: fixer-1 was chosen");
        assertThat(outcome("reviewer")).isEqualTo("done");
    }

    @Test
    void theBudgetOfTheFleetMayLeaveNothingForTheJudge() throws Exception {
        agents.fleet().maxCost(Usd.parse("maxCost", "0.25"));
        judged();
        agents.begin();
        begins("fixer-1", "fixer-2", "fixer-3");
        ends("fixer-1", 0);
        ends("fixer-2", 0);
        ends("fixer-3", 0);

        assertThat(outcome("reviewer")).isEqualTo("not started: the fleet's maxCost of $0.25 was reached");
        assertThat(outcome("fixer-1")).isEqualTo("not chosen: its judge reviewer has chosen none");
    }

    private void candidates(Selection selection) {
        candidates(selection, CHECK);
    }

    private void candidates(Selection selection, CheckSpec check) {
        add(group(selection, Optional.empty()), check);
    }

    private void judged() {
        add(group(Selection.JUDGE, Optional.of(new AgentName("reviewer"))), CHECK);
        agents.queue(SampleQueue.named("reviewer")
                .dependsOn(group, true)
                .template("Compare {{patch:fixer}}; they are {{outcome:fixer}}"));
    }

    private void add(CandidateGroup wanted, CheckSpec check) {
        group = wanted;
        agents.fleet().candidates(wanted);
        wanted.candidates()
                .forEach(name -> agents.queue(SampleQueue.named(name.value()).check(check)));
    }

    private static CandidateGroup group(Selection selection, Optional<AgentName> judge) {
        AgentName name = new AgentName("fixer");
        return new CandidateGroup(name, List.of(name.replica(1), name.replica(2), name.replica(3)), selection, judge);
    }

    private void begins(String... names) {
        for (String name : names) {
            agents.begins(name, name).prints(name, CliLines.result("by " + name, "0.1"));
        }
    }

    private void ends(String name, int check) {
        agents.exitsBeforeCheck(name, name, 0).checked(name, name, check);
    }

    private void passes(String name) {
        begins(name);
        ends(name, 0);
    }

    private void answers(String structured) {
        agents.begins("reviewer", "reviewer")
                .prints(
                        "reviewer",
                        CliLines.result("chosen", "0.1")
                                .replace("\"num_turns\"", "\"structured_output\":" + structured + ",\"num_turns\""))
                .exits("reviewer", "reviewer", 0);
    }

    private String outcome(String task) throws Exception {
        var report = agents.report(task);
        return report.outcome().value() + (report.reason().isEmpty() ? "" : ": " + report.reason());
    }

    private String prompt() {
        List<UploadFile> files = agents.engine().uploadedTo(AUTH, ContainerPaths.KIT);
        return new String(
                files.stream()
                        .filter(file -> file.path().startsWith("prompts/"))
                        .findFirst()
                        .orElseThrow()
                        .content(),
                StandardCharsets.UTF_8);
    }
}
