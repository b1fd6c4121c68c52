package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CandidateGroup;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Selection;
import io.github.claudefleet.spec.TaskQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration of several attempts at one task. */
class AttemptsConfigurationTest extends PomFixture {

    private static final Map<String, Object> THREE =
            Map.of("prompt", "Fix as {{agent}}", "check", "mvn verify", "attempts", 3);
    private static final Map<String, Object> JUDGED =
            Map.of("prompt", "Fix", "attempts", 2, "select", "judge", "judge", "reviewer");

    @Test
    void attemptsAreAgentsWithOnePromptAndWorkspacesOfTheirOwn() {
        FleetSpec spec = spec(agent("fixer", THREE));

        assertThat(spec.agents())
                .extracting(agent -> agent.name().value())
                .containsExactly("fixer-1", "fixer-2", "fixer-3");
        assertThat(spec.agents()).allMatch(AgentSpec::takesTasks);
        assertThat(spec.agents())
                .allMatch(agent -> agent.workspace().origin().home().onlyBranch());
        assertThat(spec.work().queues()).extracting(TaskQueue::name).hasToString("[fixer-1, fixer-2, fixer-3]");
        assertThat(spec.work().queues())
                .extracting(queue -> queue.tasks().get(0).prompt().text())
                .containsOnly("Fix as fixer");
        assertThat(spec.work().queues()).noneMatch(TaskQueue::atOnce);
        assertThat(spec.work().groups())
                .containsExactly(new CandidateGroup(
                        new AgentName("fixer"),
                        List.of(new AgentName("fixer-1"), new AgentName("fixer-2"), new AgentName("fixer-3")),
                        Selection.FIRST,
                        Optional.empty()));
    }

    @Test
    void otherAgentsAreNoCandidates() {
        FleetSpec spec = spec(agent("fixer", Map.of("prompt", "Fix", "replicas", 2)));

        assertThat(spec.work().groups()).isEmpty();
        assertThat(spec.agents())
                .noneMatch(agent -> agent.workspace().origin().home().onlyBranch());
    }

    @Test
    void aJudgeWaitsForAllAttemptsAndHasAForm() {
        FleetSpec spec = spec(agent("reviewer", Map.of("prompt", "See {{patch:fixer}}")), agent("fixer", JUDGED));

        TaskQueue judge = spec.work().queues().get(0);
        assertThat(judge.atOnce()).isFalse();
        assertThat(judge.dependsOn()).hasToString("[fixer-1, fixer-2]").allMatch(one -> one.evenIfFailed());
        assertThat(judge.tasks().get(0).prompt().refers()).isTrue();
        assertThat(spec.agents().get(0).takesTasks()).isTrue();
        assertThat(spec.agents().get(0).claude().jsonSchema()).contains(CandidateGroup.CHOICE_SCHEMA);
    }

    @Test
    void aJudgeMayHaveItsOwnFormAndOtherDependencies() {
        String schema = "{\"type\":\"object\",\"properties\":{\"choice\":{\"enum\":[\"fixer-1\",\"fixer-2\"]}}}";
        FleetSpec spec = spec(
                agent("helper", Map.of("prompt", "Help")),
                agent(
                        "reviewer",
                        Map.of("prompt", "See", "jsonSchema", schema, "dependsOn", List.of("helper", "fixer"))),
                agent("fixer", JUDGED));

        assertThat(spec.agents().get(1).claude().arguments()).containsExactly("--json-schema", schema);
        TaskQueue judge = spec.work().queues().get(1);
        assertThat(judge.dependsOn()).hasToString("[helper, fixer-1, fixer-2]");
        assertThat(judge.dependsOn()).extracting(one -> one.evenIfFailed()).containsExactly(false, true, true);
        assertThat(judge.tasks().get(0).prompt().refers())
                .as("completed with the names")
                .isTrue();
    }

    @Test
    void othersDependOnTheAttemptsByTheNameInThePom() {
        FleetSpec spec = spec(
                agent("fixer", THREE),
                agent("reporter", Map.of("prompt", "{{answer:fixer}}", "dependsOn", List.of("fixer"))));

        assertThat(spec.work().queues().get(3).dependsOn()).hasToString("[fixer-1, fixer-2, fixer-3]");
    }

    // ---- refusals

    @Test
    void refusesSelectAndJudgeWithoutAttempts() {
        assertThat(refused(agent("fixer", Map.of("prompt", "x", "select", "first"))))
                .hasMessageContaining("agent.select is set without agent.attempts");
        assertThat(refused(agent("fixer", Map.of("prompt", "x", "judge", "reviewer"))))
                .hasMessageContaining("agent.judge is set without agent.attempts");
    }

    @Test
    void refusesAttemptsByReplicas() {
        assertThat(refused(agent("fixer", with(THREE, "replicas", 2))))
                .hasMessageContaining("agent.attempts is set beside agent.replicas");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21})
    void refusesNumbersOutOfRange(int number) {
        assertThat(refused(agent("fixer", with(THREE, "attempts", number)))).hasMessageContaining("agent.attempts");
    }

    @Test
    void refusesAnUnknownSelection() {
        InvalidSpecException refusal = refused(agent("fixer", with(THREE, "select", "best")));

        assertThat(refusal).hasMessageContaining("agent.select \"best\" is unknown");
        assertThat(refusal.suggestion()).isEqualTo("Use one of: first, smallest, judge.");
    }

    @Test
    void refusesSeveralTasksOrNone() {
        assertThat(refused(agent("fixer", Map.of("tasks", List.of("one", "two"), "check", "x", "attempts", 2))))
                .hasMessageContaining("agent.attempts needs one task, which agent.prompt or agent.promptFile gives");
        assertThat(refused(agent("fixer", Map.of("tasks", List.of("one"), "check", "x", "attempts", 2))))
                .hasMessageContaining("agent.attempts needs one task");
        assertThat(refused(agent("fixer", Map.of("attempts", 2))))
                .hasMessageContaining("agent.attempts needs one task");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "smallest"})
    void refusesAChoiceByTheCheckWithoutOne(String select) {
        assertThat(refused(agent("fixer", Map.of("prompt", "x", "attempts", 2, "select", select))))
                .hasMessageContaining("agent.select is " + select + ", but there is no agent.check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bind", "readonly"})
    void refusesWorkspacesThatShareFiles(String strategy) {
        WorkspaceConfiguration workspace = Beans.fill(new WorkspaceConfiguration(), Map.of("strategy", strategy));

        assertThat(refused(agent("fixer", with(THREE, "workspace", workspace))))
                .hasMessageContaining("agent.attempts need workspaces of their own, but strategy " + strategy);
    }

    @Test
    void refusesAMissingOrSuperfluousJudge() {
        assertThat(refused(agent("fixer", with(THREE, "select", "judge"))))
                .hasMessageContaining("agent.judge is missing");
        assertThat(refused(agent("fixer", with(THREE, "judge", "reviewer"))))
                .hasMessageContaining("agent.judge is set, but agent.select is first");
    }

    @Test
    void refusesAJudgeThatIsNoAgentOfTheFleet() {
        assertThat(refused(agent("fixer", JUDGED)))
                .hasMessageContaining("agent.judge of agent fixer names \"reviewer\", which is no agent of this fleet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixer", "fixer-1"})
    void refusesAJudgeInItsOwnCause(String judge) {
        assertThat(refused(agent("fixer", with(JUDGED, "judge", judge))))
                .hasMessageContaining("agent.judge \"" + judge + "\" is one of the attempts that it would judge");
    }

    @Test
    void refusesAJudgeWithoutOnePrompt() {
        for (Map<String, Object> other : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("tasks", List.of("one")),
                Map.of("prompt", "x", "replicas", 1),
                Map.of("prompt", "x", "check", "y", "attempts", 2))) {
            assertThat(refused(agent("fixer", JUDGED), agent("reviewer", other)))
                    .hasMessageContaining("agent.judge \"reviewer\" has not one prompt");
        }
    }

    @Test
    void refusesAJudgeOfTwo() {
        assertThat(refused(agent("fixer", JUDGED), agent("writer", JUDGED), agent("reviewer", Map.of("prompt", "See"))))
                .hasMessageContaining("agent.judge \"reviewer\" is the judge of fixer and of writer");
    }

    @Test
    void refusesAJudgesFormWithoutAChoice() {
        assertThat(refused(
                        agent("fixer", JUDGED),
                        agent("reviewer", Map.of("prompt", "See", "jsonSchema", "{\"type\":\"object\"}"))))
                .hasMessageContaining("agent.jsonSchema has no \"choice\", but the agent is a judge of attempts");
    }

    @Test
    void refusesAJudgeThatStartsFromTheAttempts() {
        WorkspaceConfiguration workspace = Beans.fill(new WorkspaceConfiguration(), Map.of("start", "agents"));

        assertThat(refused(agent("fixer", JUDGED), agent("reviewer", Map.of("prompt", "See", "workspace", workspace))))
                .hasMessageContaining("workspace.start is agents, but the agent judges attempts");
    }

    @Test
    void refusesAttemptsThatWaitForTheirJudge() {
        assertThat(refused(
                        agent("fixer", with(JUDGED, "dependsOn", List.of("reviewer"))),
                        agent("reviewer", Map.of("prompt", "See"))))
                .hasMessageContaining("agent.dependsOn goes in a circle");
    }

    private static Map<String, Object> with(Map<String, Object> parameters, String name, Object value) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(name, value);
        return all;
    }
}
