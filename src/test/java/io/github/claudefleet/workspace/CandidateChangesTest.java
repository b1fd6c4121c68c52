package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of several candidates, of which only those of the chosen one come home. */
@ExtendWith(PersonUnharmed.class)
class CandidateChangesTest {

    @TempDir
    private Path temp;

    private TestRepository pat;

    @BeforeEach
    void createRepository() {
        pat = TestRepository.at(temp.resolve("project"));
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "COPY"})
    void onlyTheChosenOneIsMerged(WorkspaceStrategy strategy) {
        AgentWorkspace one = candidate("fixer-1", strategy);
        AgentWorkspace two = candidate("fixer-2", strategy);
        write(one, "fixed.txt", "one\n");
        write(two, "fixed.txt", "two\n");

        choose(List.of(one, two), two);
        List<IntegrationResult> results = integrate(one, two);

        assertThat(results.get(0).outcome())
                .isEqualTo(one.hasGit() ? IntegrationResult.Outcome.BRANCH : IntegrationResult.Outcome.PATCH);
        assertThat(results.get(0).reason()).isEqualTo("another attempt was chosen, or none");
        assertThat(results.get(1).outcome()).isEqualTo(IntegrationResult.Outcome.MERGED);
        assertThat(pat.root().resolve("fixed.txt")).hasContent("two");
        assertThat(temp.resolve("results/fixer-1/changes.patch")).content().contains("+one");
    }

    @Test
    void nothingIsMergedBeforeTheChoice() {
        AgentWorkspace one = candidate("fixer-1", WorkspaceStrategy.WORKTREE);
        write(one, "fixed.txt", "one\n");

        assertThat(integrate(one).get(0).outcome()).isEqualTo(IntegrationResult.Outcome.BRANCH);
        assertThat(pat.root().resolve("fixed.txt")).doesNotExist();
    }

    @Test
    void aLaterChoiceReplacesAnEarlierOne() {
        AgentWorkspace one = candidate("fixer-1", WorkspaceStrategy.WORKTREE);
        AgentWorkspace two = candidate("fixer-2", WorkspaceStrategy.WORKTREE);
        write(one, "one.txt", "one\n");
        write(two, "two.txt", "two\n");
        choose(List.of(one, two), one);
        choose(List.of(one, two), two);

        assertThat(integrate(one, two))
                .extracting(IntegrationResult::outcome)
                .containsExactly(IntegrationResult.Outcome.BRANCH, IntegrationResult.Outcome.MERGED);
    }

    @Test
    void aPlaceWithoutAWorkspaceIsSkipped() {
        WorkspaceLayout none = place("fixer-9");

        Workspaces.choose(List.of(none), Set.of(none));

        assertThat(none.directory()).doesNotExist();
    }

    @Test
    void applyRefusesOneThatIsNotChosen() {
        AgentWorkspace one = candidate("fixer-1", WorkspaceStrategy.WORKTREE);
        AgentWorkspace two = candidate("fixer-2", WorkspaceStrategy.WORKTREE);
        write(one, "fixed.txt", "one\n");
        write(two, "fixed.txt", "two\n");
        choose(List.of(one, two), two);
        List<FleetChanges.Work> work =
                new FleetChanges(new FleetName("shop"), pat.root(), temp.resolve("places")).of(List.of());

        assertThat(work).extracting(FleetChanges.Work::isNotChosen).containsExactly(true, false);
        assertThatThrownBy(() -> FleetChanges.take(work.get(0)))
                .isInstanceOf(IntegrationException.class)
                .hasMessageContaining("The work of agent fixer-1 is one of several attempts, and is not known")
                .hasMessageContaining("take it by hand from branch claude-fleet/shop/fixer-1 (1 commit)");
        assertThat(pat.root().resolve("fixed.txt")).doesNotExist();
        assertThat(FleetChanges.take(work.get(1))).isTrue();
        pat.changed();
        assertThat(pat.root().resolve("fixed.txt")).hasContent("two");
    }

    @Test
    void theSizeIsThatOfAddedAndRemovedLines() {
        AgentWorkspace one = candidate("fixer-1", WorkspaceStrategy.WORKTREE);
        assertThat(CurrentChanges.in(one.place()).size()).isEqualTo(new CurrentChanges.Size(0, 0));
        write(one, "new.txt", "1\n2\n3\n");
        write(one, "a\tb.txt", "1\n");
        write(one, "image.bin", "\0\1\2");

        assertThat(CurrentChanges.in(one.place()).size()).isEqualTo(new CurrentChanges.Size(4, 3));
    }

    private static void choose(List<AgentWorkspace> candidates, AgentWorkspace chosen) {
        Workspaces.choose(candidates.stream().map(AgentWorkspace::place).toList(), Set.of(chosen.place()));
    }

    private List<IntegrationResult> integrate(AgentWorkspace... candidates) {
        List<IntegrationResult> results = Workspaces.integrateChanges(
                List.of(candidates).stream().map(AgentWorkspace::place).toList(), temp.resolve("results"));
        if (results.stream().anyMatch(one -> one.outcome() == IntegrationResult.Outcome.MERGED)) {
            pat.changed();
        }
        return results;
    }

    private AgentWorkspace candidate(String agent, WorkspaceStrategy strategy) {
        IntegrationSpec integration =
                new IntegrationSpec(MergePolicy.MERGE, true, "origin", Optional.of(CommitAuthor.FLEET));
        return new WorkspaceCreator(new AgentWorkspace(
                        pat.repository(),
                        place(agent),
                        strategy,
                        "claude-fleet/shop/" + agent,
                        pat.head(),
                        integration.ofCandidate(false),
                        AgentWorkspace.newRun()))
                .make();
    }

    private WorkspaceLayout place(String agent) {
        return new WorkspaceLayout(temp.resolve("places/shop-0123456789ab").resolve(agent));
    }

    private static void write(AgentWorkspace tree, String name, String text) {
        TestRepository.write(tree.place().tree().resolve(name), text);
    }
}
