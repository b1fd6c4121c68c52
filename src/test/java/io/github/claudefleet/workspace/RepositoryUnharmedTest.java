package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.MergeChoice;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a person's is harmed, and nothing of an agent's is lost, in repositories as people have them. */
class RepositoryUnharmedTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"--cone", "--no-cone"})
    void filesOutsideOfASparseCheckoutAreNotDeleted(String cone) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("other/Other.java", "class Other {}\n");
        pat.commit("Second");
        pat.git("sparse-checkout", "set", cone, "src");
        AgentAtWork agent =
                AgentAtWork.start(pat.root(), temp.resolve("workspaces"), WorkspaceStrategy.CLONE, MergeChoice.MERGE);
        agent.write("src/App.java", "class App { int a; }\n");

        Home home = agent.bringHome();

        assertThat(home.outcome()).isEqualTo(Home.Outcome.MERGED);
        assertThat(home.changes().files()).isEqualTo(1);
        assertThat(pat.git("ls-tree", "-r", "--name-only", "HEAD")).contains("other/Other.java");
    }

    @Test
    void whatAPersonCommittedOnAnAgentsBranchStays() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent =
                AgentAtWork.start(pat.root(), temp.resolve("workspaces"), WorkspaceStrategy.CLONE, MergeChoice.BRANCH);
        agent.write("new.txt", "new").bringHome();
        pat.git("checkout", "--quiet", "claude-fleet/shop/fixer");
        pat.write("note.txt", "a review").commit("Note");
        String note = pat.head();

        agent.write("more.txt", "more");
        agent.work();

        assertThat(pat.git("rev-parse", "claude-fleet/shop/fixer")).isEqualTo(note);
        assertThat(pat.git("status", "--porcelain")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE"})
    void whatAnAgentLeftElsewhereThanAtHeadIsNotDestroyed(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, MergeChoice.BRANCH);
        agent.git("checkout", "--quiet", "-b", "größe,#1");
        agent.write("aside.txt", "on another branch").commit("Aside");
        String aside = agent.git("rev-parse", "HEAD");
        agent.git("checkout", "--quiet", "claude-fleet/shop/fixer");
        agent.write("README.md", "stashed\n").git("stash", "--quiet");
        String stash = agent.git("rev-parse", "stash");
        agent.write("lost.txt", "lost").commit("Lost");
        String lost = agent.git("rev-parse", "HEAD");
        agent.git("reset", "--quiet", "--hard", "HEAD~1");

        agent.stop();

        assertThat(pat.git("show", aside + ":aside.txt")).isEqualTo("on another branch");
        assertThat(pat.git("show", stash + ":README.md")).isEqualTo("stashed");
        assertThat(pat.git("show", lost + ":lost.txt")).isEqualTo("lost");
        assertThat(pat.git("for-each-ref", "--format=%(objectname)")).contains(aside, stash, lost);
    }
}
