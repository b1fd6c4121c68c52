package io.github.claudefleet.workspace.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Agents' files with modes that exclude their owner, and goals run by a user to whom modes apply: root without its
 * capabilities, which then is an owner of files like any other.
 */
class UnprivilegedUserIT {

    private static final String SOMEBODY_ELSE = "12345";

    @TempDir
    private Path temp;

    private Path project;
    private HostSnapshot before;
    private WorkspaceDriver driver;

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void directoriesThatCantBeWrittenComeHomeAndAreRemoved(WorkspaceStrategy strategy) {
        start(strategy);
        inTheTree("mkdir -p cache/a && echo x >cache/a/x.txt && chmod 555 cache/a cache && chmod 444 cache/a/x.txt");
        if (strategy != WorkspaceStrategy.COPY) {
            inTheTree("chmod -R a-w ../git");
        }

        assertThat(goal("stop")).contains("files=1,").contains("leftOut=[], warnings=[]");
        assertBroughtHome(strategy, "cache/a/x.txt", "x");
        goal("start");
        assertThat(tree().resolve("App.java")).exists();
        assertThat(tree().resolve("cache")).doesNotExist();

        inTheTree("mkdir -p cache/a && echo x >cache/a/x.txt && chmod 555 cache/a cache");
        assertGivesUp();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void filesThatTheirOwnerClosedComeHome(WorkspaceStrategy strategy) {
        start(strategy);
        inTheTree("mkdir closed && echo in >closed/in.txt && echo new >new.txt"
                + " && chmod 000 closed/in.txt closed new.txt big/data.txt");

        assertThat(goal("await")).contains("files=2,").contains("leftOut=[], warnings=[]");
        assertBroughtHome(strategy, "closed/in.txt", "in");
        assertBroughtHome(strategy, "new.txt", "new");
        if (strategy != WorkspaceStrategy.COPY) {
            assertThat(Shell.run(project, "git ls-tree claude-fleet/shop/tester new.txt"))
                    .startsWith("100644 ");
        }

        inTheTree("chmod 000 closed/in.txt closed new.txt");
        goal("start");
        inTheTree("mkdir -p closed/deep && echo x >closed/deep/x && chmod 000 closed/deep closed");
        assertGivesUp();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void whatCantBeReadIsNamedAndKept(WorkspaceStrategy strategy) {
        assumeTrue(HostUser.isRoot(), "nobody but root can make a file somebody else's");
        start(strategy);
        inTheTree(
                "echo secret >closed.txt && mkdir closed && echo new >new.txt && chmod 000 closed.txt closed src/Deep.java"
                        + " && chown " + SOMEBODY_ELSE + " closed.txt closed src/Deep.java");

        String told = goal("stop");

        assertThat(told)
                .contains("files=1,")
                .contains("closed.txt stays in the workspace: it can't be read")
                .contains("closed stays in the workspace: it can't be read")
                .contains("src/Deep.java stays in the workspace: it can't be read");
        assertBroughtHome(strategy, "new.txt", "new");
        if (strategy != WorkspaceStrategy.COPY) {
            assertThat(Shell.run(project, "git show claude-fleet/shop/tester:src/Deep.java"))
                    .isEqualTo("class Deep {}");
        }
        goal("start");
        assertThat(tree().resolveSibling("kept-1/closed.txt")).exists();
        assertGivesUp();
    }

    @Test
    void filesOfOursAreForTheirOwnerAlone() {
        start(WorkspaceStrategy.WORKTREE);
        inTheTree("echo new >new.txt");
        goal("await");

        assertThat(Shell.run(tree().getParent(), "stat -c %a workspace.properties published.properties"))
                .isEqualTo("600\n600");
        assertGivesUp();
    }

    private void start(WorkspaceStrategy strategy) {
        Path person = temp.resolve("person");
        RepositoryShape.PLAIN.make(person, 0);
        project = RepositoryShape.PLAIN.project(person);
        before = HostSnapshot.of(person);
        driver = new WorkspaceDriver(
                project, temp.resolve("workspaces"), strategy, MergePolicy.BRANCH, temp.resolve("results"));
        goal("start");
    }

    private Path tree() {
        return driver.tree().orElseThrow();
    }

    private void inTheTree(String script) {
        Shell.run(tree(), script);
    }

    /** Runs a goal that must succeed, and returns its output. */
    private String goal(String verb) {
        List<String> command = new ArrayList<>();
        if (HostUser.isRoot()) {
            command.addAll(List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"));
        }
        command.addAll(driver.command(verb));
        Shell.Result result = Shell.attempt(temp, Map.of(), command);
        assertThat(result.isSuccess()).as(verb + ": " + result.output()).isTrue();
        return result.output();
    }

    private void assertBroughtHome(WorkspaceStrategy strategy, String file, String content) {
        if (strategy == WorkspaceStrategy.COPY) {
            assertThat(temp.resolve("results/tester/changes.patch"))
                    .content()
                    .contains("+++ b/" + file + "\n@@ -0,0 +1 @@\n+" + content + "\n");
        } else {
            assertThat(Shell.run(project, "git show claude-fleet/shop/tester:" + file))
                    .isEqualTo(content);
        }
    }

    private void assertGivesUp() {
        goal("clean");
        assertThat(Files.exists(tree().getParent())).isFalse();
        assertThat(before.differences(Allowance.NONE.and("(.*/)?logs/refs/.*"))).isEmpty();
    }
}
