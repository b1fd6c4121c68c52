package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work that is to be handed over from workspaces that have nothing to hand over. */
class HandOverCheckTest {

    @ParameterizedTest
    @CsvSource({"WORKTREE, BRANCH", "CLONE, MERGE", "WORKTREE, PUSH"})
    void acceptsAgentsWithABranch(WorkspaceStrategy strategy, MergePolicy merge) {
        assertThatCode(() -> check(strategy, merge, "{{branch:fixer}} {{patch:fixer}}", Optional.empty()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(strategy, merge, "Go on", Optional.of(AgentStart.FAIL_ON_CONFLICT)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"WORKTREE, PATCH", "CLONE, NONE", "COPY, BRANCH"})
    void refusesABranchThatThereWillNotBe(WorkspaceStrategy strategy, MergePolicy merge) {
        assertThatThrownBy(() -> check(strategy, merge, "{{branch:fixer}}", Optional.empty()))
                .hasMessageContaining("workspace.merge of agent fixer is " + merge.value())
                .hasMessageContaining("the prompt of agent reviewer has {{branch:fixer}}");
        assertThatThrownBy(() -> check(strategy, merge, "Go on", Optional.of(AgentStart.FAIL_ON_CONFLICT)))
                .hasMessageContaining("workspace.start of agent reviewer is agents");
        assertThatCode(() -> check(strategy, merge, "{{patch:fixer}} {{answer:fixer}}", Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAPatchOfADirectoryThatIsShared() {
        assertThatThrownBy(() -> check(WorkspaceStrategy.BIND, MergePolicy.BRANCH, "{{patch:fixer}}", Optional.empty()))
                .hasMessageContaining("workspace.strategy of agent fixer is bind")
                .hasMessageContaining("the prompt of agent reviewer has {{patch:fixer}}");
        assertThatCode(() -> check(WorkspaceStrategy.BIND, MergePolicy.BRANCH, "{{answer:fixer}}", Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void anAgentThatOnlyReadsIsNoStart() {
        assertThatCode(() -> check(
                        WorkspaceStrategy.READONLY,
                        MergePolicy.BRANCH,
                        "Go on",
                        Optional.of(AgentStart.FAIL_ON_CONFLICT)))
                .doesNotThrowAnyException();
    }

    private static void check(
            WorkspaceStrategy strategy, MergePolicy merge, String prompt, Optional<AgentStart> reviewer) {
        new HandOverCheck(fleet(strategy, merge, prompt, reviewer)).check();
    }

    private static FleetSpec fleet(
            WorkspaceStrategy strategy, MergePolicy merge, String prompt, Optional<AgentStart> reviewer) {
        FleetBuilder fleet = Shop.fleet()
                .agent(agent("fixer", strategy, merge, Optional.empty()))
                .agent(agent("reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH, reviewer));
        return fleet.queue(SampleQueue.named("fixer").queue())
                .queue(SampleQueue.named("reviewer")
                        .dependsOn("fixer")
                        .prompt(prompt)
                        .queue())
                .toSpec();
    }

    private static AgentBuilder agent(
            String name, WorkspaceStrategy strategy, MergePolicy merge, Optional<AgentStart> start) {
        return AgentBuilder.named(name, Path.of("/shop"))
                .workspace(new WorkspaceOrigin(
                        Path.of("/shop"),
                        strategy,
                        Optional.empty(),
                        start,
                        false,
                        new IntegrationSpec(merge, true, "origin", Optional.of(CommitAuthor.FLEET)),
                        Path.of("/workspaces")));
    }
}
