package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.MergeChoice;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces beside whatever a person does with git meanwhile, and whatever settings they have. */
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
        String first = agent.write("README.md", "agent\n").bringHome().changes().head();
        pat.write("README.md", "pat\n").commit("Mine");
        pat.git("checkout", "--quiet", BRANCH);
        pat.tries("rebase", how, "main");
        assertThat(pat.git("status")).contains("rebas");
        assertThat(pat.git("branch", "--show-current"))
                .as("nobody has it checked out")
                .isEmpty();

        Home home = agent.write("more.txt", "more").bringHome();
        agent.clean(true);

        assertThat(home.changes().branch()).isEqualTo(BRANCH + "@1");
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
        String first = agent.write("README.md", "agent\n").bringHome().changes().head();
        pat.write("README.md", "pat\n").commit("Mine");
        pat.git("worktree", "add", "--quiet", "../other", BRANCH);
        pat.tries("-C", "../other", "rebase", "main");

        Home home = agent.write("more.txt", "more").bringHome();

        assertThat(home.changes().branch()).isEqualTo(BRANCH + "@1");
        assertThat(pat.git("rev-parse", BRANCH)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aCheckoutAndItsCopyDontTouchEachOthersWorkspaces(WorkspaceStrategy strategy) throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, strategy);
        String head = agent.write("new.txt", "new").bringHome().changes().head();
        assertThat(new ProcessBuilder("cp", "-a", "project", "copied")
                        .directory(temp.toFile())
                        .start()
                        .waitFor())
                .isZero();
        TestRepository copy = TestRepository.over(temp.resolve("copied"));
        Path root = temp.resolve("workspaces");
        AgentsWork workOfCopy = new AgentsWork(new FleetName("shop"), copy.root(), root);
        assertThat(workOfCopy.of(List.of())).isEmpty();

        AgentAtWork there = start(copy, strategy);
        there.write("other.txt", "other").bringHome();
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
        again.write("third.txt", "third").bringHome();
        assertThat(agent.write("more.txt", "more").bringHome().changes().files())
                .isEqualTo(2);
        assertThat(agent.clean(true)).isEmpty();
        assertThat(again.place().tree().resolve("third.txt")).exists();
        assertThat(again.clean(true))
                .as("branches that nobody knows to be of the copy's agents")
                .isEqualTo(strategy == WorkspaceStrategy.COPY ? List.of() : List.of(BRANCH));
        assertThat(root).isEmptyDirectory();
    }

    private AgentAtWork start(TestRepository pat, WorkspaceStrategy strategy) {
        return AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, MergeChoice.BRANCH);
    }
}
