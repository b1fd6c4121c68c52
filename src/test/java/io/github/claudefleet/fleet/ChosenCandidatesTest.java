package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Selection;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import io.github.claudefleet.workspace.FleetChanges;
import io.github.claudefleet.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks of candidates in their workspaces, which decide about a merge. */
class ChosenCandidatesTest {

    private static final AgentName FIXER = new AgentName("fixer");
    private static final List<AgentName> CANDIDATES = List.of(FIXER.replica(1), FIXER.replica(2));

    @TempDir
    private Path temp;

    private FleetSpec spec;

    @BeforeEach
    void createWorkspaces() throws Exception {
        Path project = Files.createDirectories(temp.toRealPath().resolve("project"));
        Files.writeString(project.resolve("App.java"), "class App {}\n");
        git(project, "init", "--quiet", "--initial-branch=main");
        git(project, "add", "--all");
        git(project, "-c", "user.name=Pat", "-c", "user.email=pat@example.org", "commit", "--quiet", "-m", "First");
        FleetBuilder fleet =
                Shop.fleet().candidates(new CandidateGroup(FIXER, CANDIDATES, Selection.FIRST, Optional.empty()));
        CANDIDATES.forEach(name -> fleet.agent(agent(name, project)));
        fleet.agent(agent(new AgentName("writer"), project));
        spec = Workspaces.resolve(fleet.toSpec());
        Workspaces workspaces = new Workspaces((file, user) -> {});
        for (AgentSpec agent : spec.agents()) {
            workspaces.make(spec, agent);
        }
    }

    @Test
    void candidatesWaitForTheSupervisor() {
        assertThat(spec.agents()).extracting(AgentSpec::takesTasks).containsExactly(true, true, false);
    }

    @Test
    void noCandidateIsChosenBeforeTheRunHasEnded() {
        assertThat(notChosen()).isEqualTo(Map.of("fixer-1", true, "fixer-2", true, "writer", false));
    }

    @Test
    void theOneThatIsDoneIsChosen() {
        ChosenCandidates.record(spec, report(Outcome.NOT_CHOSEN, Outcome.DONE, Outcome.FAILED));

        assertThat(notChosen()).isEqualTo(Map.of("fixer-1", true, "fixer-2", false, "writer", false));
    }

    @Test
    void ofAGroupWithoutAChoiceNoneIsChosen() {
        ChosenCandidates.record(spec, report(Outcome.NOT_CHOSEN, Outcome.CHECK_FAILED, Outcome.DONE));

        assertThat(notChosen()).isEqualTo(Map.of("fixer-1", true, "fixer-2", true, "writer", false));
    }

    private Map<String, Boolean> notChosen() {
        return new FleetChanges(spec.name(), temp.resolve("project"), temp.resolve("workspaces"))
                .of(List.of()).stream()
                        .collect(Collectors.toMap(one -> one.agent().value(), FleetChanges.Work::isNotChosen));
    }

    private AgentBuilder agent(AgentName name, Path project) {
        IntegrationSpec integration =
                new IntegrationSpec(MergePolicy.MERGE, true, "origin", Optional.of(CommitAuthor.FLEET));
        return AgentBuilder.named(name.value(), project)
                .prompt("Do it")
                .workspace(new WorkspaceOrigin(
                        project,
                        WorkspaceStrategy.WORKTREE,
                        Optional.empty(),
                        false,
                        integration,
                        temp.resolve("workspaces")));
    }

    private FleetReport report(Outcome first, Outcome second, Outcome writer) {
        return new FleetReport(
                spec.name(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                List.of(task("fixer-1", first), task("fixer-2", second), task("writer", writer)));
    }

    private static TaskReport task(String agent, Outcome outcome) {
        return new TaskReport(
                TaskId.parse(agent),
                Optional.of(new AgentName(agent)),
                outcome,
                "",
                1,
                TaskReport.Times.NONE,
                TaskReport.Answer.NONE,
                TaskReport.Session.NONE,
                TaskReport.Usage.NONE,
                new TaskReport.Inputs("00ff", Optional.empty(), Optional.empty()),
                TaskReport.Exit.NONE,
                TaskReport.Activity.NONE);
    }

    private static void git(Path directory, String... words) throws IOException, InterruptedException {
        ProcessBuilder git = new ProcessBuilder("git", "-C", directory.toString());
        git.command().addAll(List.of(words));
        assertThat(git.inheritIO().start().waitFor()).isZero();
    }
}
