package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces during the person's own use of git, and with any settings of the person. */
@ExtendWith(PersonUnharmed.class)
class PersonsOwnGitTest {

    private static final String BRANCH = "claude-fleet/shop/fixer";

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"--merge", "--apply"})
    void aBranchThatAPersonIsRebasingIsNotMoved(String how) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE);
        String first =
                agent.write("README.md", "agent\n").integrateChanges().changes().head();
        pat.write("README.md", "pat\n").commit("Mine");
        pat.git("checkout", "--quiet", BRANCH);
        pat.tries("rebase", how, "main");
        assertThat(pat.git("status")).contains("rebas");
        assertThat(pat.git("branch", "--show-current"))
                .as("nobody has it checked out")
                .isEmpty();

        IntegrationResult integrated = agent.write("more.txt", "more").integrateChanges();
        agent.clean(true);

        assertThat(integrated.changes().branch()).isEqualTo(BRANCH + "@1");
        assertThat(pat.git("rev-parse", BRANCH)).isEqualTo(first);
        pat.git("checkout", "--theirs", "README.md");
        pat.git("add", "README.md");
        pat.git("-c", "core.editor=true", "rebase", "--continue");
        assertThat(pat.git("log", "--format=%s", BRANCH)).isEqualTo("Work of agent fixer\nMine\nFirst");
    }

    @Test
    void aBranchThatIsRebasedInAnotherWorktreeIsNotMoved() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.CLONE);
        String first =
                agent.write("README.md", "agent\n").integrateChanges().changes().head();
        pat.write("README.md", "pat\n").commit("Mine");
        pat.git("worktree", "add", "--quiet", "../other", BRANCH);
        pat.tries("-C", "../other", "rebase", "main");

        IntegrationResult integrated = agent.write("more.txt", "more").integrateChanges();

        assertThat(integrated.changes().branch()).isEqualTo(BRANCH + "@1");
        assertThat(pat.git("rev-parse", BRANCH)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aCheckoutAndItsCopyDontTouchEachOthersWorkspaces(WorkspaceStrategy strategy) throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, strategy);
        String head = agent.write("new.txt", "new").integrateChanges().changes().head();
        assertThat(new ProcessBuilder("cp", "-a", "project", "copied")
                        .directory(temp.toFile())
                        .start()
                        .waitFor())
                .isZero();
        TestRepository copy = TestRepository.over(temp.resolve("copied"));
        Path root = temp.resolve("workspaces");
        FleetChanges workOfCopy = new FleetChanges(new FleetName("shop"), copy.root(), root);
        assertThat(workOfCopy.of(List.of())).isEmpty();

        AgentAtWork there = start(copy, strategy);
        there.write("other.txt", "other").integrateChanges();
        assertThat(agent.place().tree().resolve("new.txt")).exists();
        assertThat(agent.place().tree().resolve("other.txt")).doesNotExist();
        there.clean(true);

        assertThat(there.place().directory()).doesNotExist();
        assertThat(agent.place().tree().resolve("new.txt")).exists();
        if (strategy != WorkspaceStrategy.COPY) {
            assertThat(pat.git("rev-parse", BRANCH)).isEqualTo(head);
            assertThat(copy.git("rev-parse", BRANCH)).as("it came by the copy").isEqualTo(head);
            assertThat(copy.git("branch", "--list", BRANCH + "@*")).isEmpty();
        }
        AgentAtWork again = start(copy, strategy);
        again.write("third.txt", "third").integrateChanges();
        assertThat(agent.write("more.txt", "more").integrateChanges().changes().files())
                .isEqualTo(2);
        assertThat(agent.clean(true)).isEmpty();
        assertThat(again.place().tree().resolve("third.txt")).exists();
        assertThat(again.clean(true))
                .as("branches that nobody knows to be of the copy's agents")
                .isEqualTo(strategy == WorkspaceStrategy.COPY ? List.of() : List.of(BRANCH));
        assertThat(root).isEmptyDirectory();
    }

    /**
     * Case of tools that put their worktrees into the project, such as .claude/worktrees: a commit would contain them
     * as submodules.
     */
    @Test
    void repositoriesWithinTheProjectDontComeAlongWithWhatIsNotCommitted() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git("worktree", "add", "--quiet", "-b", "other", ".claude/worktrees/größe");
        pat.git("init", "--quiet", "src/without-a-commit");
        pat.write("new.txt", "new");

        AgentAtWork agent = startWithAll(pat);

        assertThat(pat.git("diff", "--name-status", "HEAD", base(agent))).isEqualTo("A\tnew.txt");
        assertThat(agent.integrateChanges().changes().isNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "rebase", "cherry-pick"})
    void agentsCanStartFromTheMiddleOfAConflict(String what) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git("checkout", "--quiet", "-b", "side");
        pat.write("README.md", "side\n").write("side.txt", "side").commit("Side");
        pat.git("checkout", "--quiet", "main");
        pat.write("README.md", "main\n").commit("Main");
        pat.tries(what, "side");
        assertThat(pat.git("status", "--porcelain"))
                .contains("UU README.md", what.equals("rebase") ? "" : "A  side.txt");

        AgentAtWork agent = startWithAll(pat);
        IntegrationResult integrated = agent.write("more.txt", "more").integrateChanges();

        assertThat(agent.place().tree().resolve("README.md")).content().contains("<<<<<<<");
        assertThat(integrated.changes().files()).isEqualTo(1);
        pat.write("README.md", "both\n").git("add", "README.md");
        pat.git("-c", "core.editor=true", what, "--continue");
        assertThat(agent.clean(true)).isEmpty();
    }

    @Test
    void filesThatAreToBeAddedLaterComeAlong() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("later.txt", "later").git("add", "--intent-to-add", "later.txt");
        pat.git("rm", "--quiet", "--cached", "README.md");

        AgentAtWork agent = startWithAll(pat);

        assertThat(pat.git("diff", "--name-status", "HEAD", base(agent))).isEqualTo("A\tlater.txt");
        assertThat(pat.git("status", "--porcelain")).isEqualTo("D  README.md\n A later.txt\n?? README.md");
    }

    private static String base(AgentAtWork agent) {
        return WorkspaceRecord.workspaceIn(agent.place()).orElseThrow().base();
    }

    private AgentAtWork startWithAll(TestRepository pat) {
        Path root = temp.resolve("workspaces");
        return AgentAtWork.start(
                root,
                new WorkspaceOrigin(
                        pat.root(), WorkspaceStrategy.WORKTREE, Optional.empty(), true, IntegrationSpec.DEFAULT, root));
    }

    private AgentAtWork start(TestRepository pat, WorkspaceStrategy strategy) {
        return AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, MergePolicy.BRANCH);
    }
}
