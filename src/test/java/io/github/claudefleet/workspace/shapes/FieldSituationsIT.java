package io.github.claudefleet.workspace.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work in repositories with configurations from public issues is integrated, and the person's files stay unchanged. */
class FieldSituationsIT {

    private static final Allowance PROMISED = Allowance.branchesOf(WorkspaceDriver.FLEET)
            .and("ref refs/claude-fleet/.*")
            .and("(.*/)?logs/refs/heads(/claude-fleet.*)?");

    @TempDir
    private Path temp;

    private Path project;
    private WorkspaceDriver driver;

    @ParameterizedTest
    @EnumSource
    void workComesHomeAndNothingElseChanges(FieldSituation situation) {
        make();
        shell(situation.script());
        if (situation == FieldSituation.SETTINGS_FOR_EACH_WORKTREE) {
            project = temp.resolve("person/linked");
            driver = driver(MergePolicy.BRANCH);
        }
        shell("git status >/dev/null; rm -f \"$P/ran\"");
        HostSnapshot before = HostSnapshot.of(temp.resolve("person"));

        goal("start");
        agent(
                "echo 'class App { int a; }' >App.java; git commit -qam One\nrm gone.txt; mkdir new; echo new >'new/ö x.txt'");
        String told = goal("await");
        assertThat(told).contains("commits=2, files=3,").contains("leftOut=[], warnings=[]");
        assertThat(shell("git -c core.quotePath=false -c color.ui=never diff --no-ext-diff --name-status --no-renames"
                        + " HEAD refs/heads/claude-fleet/shop/tester"))
                .isEqualTo("M\tApp.java\nD\tgone.txt\nA\tnew/ö x.txt");
        assertThat(Shell.attempt(project, environment(), List.of("git", "fsck", "--strict", "--no-dangling"))
                        .isSuccess())
                .isTrue();
        agent("git checkout -q --detach; echo more >more.txt");
        goal("stop");
        goal("start");
        goal("clean");

        assertThat(before.differences(PROMISED)).isEmpty();
        assertThat(Files.exists(temp.resolve("person/ran")))
                .as("a hook was run")
                .isFalse();
        assertThat(shell("git for-each-ref refs/heads/claude-fleet")).isEmpty();
        assertThat(temp.resolve("workspaces")).isEmptyDirectory();
    }

    /**
     * Git sets the repository and index of a hook's environment, and so of a Maven build in the hook:
     * nextlyhq/nextly#1078, pre-commit#321.
     */
    @ParameterizedTest
    @ValueSource(strings = {"pre-push", "pre-commit", "post-commit", "post-checkout"})
    void aBuildInAHookOfGitsWorksInItsOwnRepository(String hook) throws Exception {
        make();
        shell("git worktree add -q ../linked && git -C ../linked commit -q --allow-empty -m Ahead");
        StringBuilder script = new StringBuilder("#!/bin/sh\nset -e\nenv >'" + temp.resolve("env") + "'\n[ ! -e '"
                + temp.resolve("entered") + "' ] || exit 0\n: >'" + temp.resolve("entered") + "'\n");
        for (String verb : List.of("start", "await", "stop")) {
            script.append("'" + String.join("' '", driver.command(verb)) + "' >>'" + temp.resolve("told") + "' 2>&1\n");
            if (verb.equals("start")) {
                script.append("echo new >'" + driver.tree().orElseThrow() + "/new.txt'\n");
            }
        }
        Path file = project.resolve(".git/hooks").resolve(hook);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        HostSnapshot before = HostSnapshot.of(project);

        Shell.Result result =
                Shell.attempt(temp.resolve("person/linked"), environment(), List.of("sh", "-ec", """
                echo another >mine.txt
                case %s in
                    pre-push) git push -q origin HEAD:refs/heads/pushed;;
                    post-checkout) git checkout -q -b elsewhere;;
                    *) git commit -q -m Mine mine.txt;;
                esac
                """.formatted(hook)));

        assertThat(result.isSuccess())
                .as(result.output() + Files.readString(temp.resolve("told")))
                .isTrue();
        assertThat(Files.readString(temp.resolve("env"))).contains("GIT_DIR=");
        assertThat(shell("git show --format= --name-status refs/heads/claude-fleet/shop/tester"))
                .isEqualTo("A\tnew.txt");
        assertThat(shell("git rev-parse refs/heads/claude-fleet/shop/tester^"))
                .as("the project's commit, not that of whoever ran git")
                .isEqualTo(shell("git rev-parse HEAD"));
        assertThat(before.differences(PROMISED.and("\\.git/worktrees/linked/.*")
                        .and("ref refs/heads/(linked|elsewhere)|ref refs/remotes/origin/pushed")
                        .and("\\.git/logs/refs/(heads/(linked|elsewhere)|remotes/origin/pushed)")))
                .isEmpty();
    }

    /** Merge commits that must be signed without a key, as in CI, or settings that allow only signed commits. */
    @ParameterizedTest
    @ValueSource(strings = {"commit.gpgSign", "merge.verifySignatures"})
    void aMergeThatGitRefusesLeavesNoTrace(String setting) {
        make();
        driver = driver(MergePolicy.MERGE);
        shell(
                "git checkout -q -- mine.txt && git config --global " + setting + " true"
                        + " && git config --global gpg.program false && git update-ref ORIG_HEAD HEAD~1 && git status >/dev/null");
        driver.start();
        agent("echo new >new.txt; echo edited >App.java");
        HostSnapshot before = HostSnapshot.of(temp.resolve("person"));

        assertThat(goal("await")).startsWith("REFUSED ");

        // Git has written the files and restored them.
        assertThat(before.differences(PROMISED.and("project/(App.java|\\.git/(index|logs/HEAD))")))
                .isEmpty();
        assertThat(shell("git status --porcelain --untracked-files=no")).isEmpty();
        assertThat(shell("cat App.java")).isEqualTo("class App {}");
    }

    /** Remote whose URL git rewrites, as CI services do to add a token. */
    @Test
    void aRemoteIsReachedByARewrittenUrl() {
        make();
        driver = driver(MergePolicy.PUSH);
        shell("git remote set-url origin https://git.example.org/shop.git"
                + " && git config --global \"url.file://$P/origin.git.insteadOf\" https://git.example.org/shop.git");

        driver.start();
        agent("echo new >new.txt");

        assertThat(Shell.attempt(temp, environment(), driver.command("await")).output())
                .startsWith("PUSHED ");
        assertThat(Shell.run(temp.resolve("person/origin.git"), "git log -1 --format=%s claude-fleet/shop/tester"))
                .isEqualTo("Work of agent tester");
    }

    private void make() {
        Path person = temp.resolve("person");
        RepositoryShape.PLAIN.make(person, 0);
        project = RepositoryShape.PLAIN.project(person);
        driver = driver(MergePolicy.BRANCH);
    }

    private WorkspaceDriver driver(MergePolicy merge) {
        return new WorkspaceDriver(
                project, temp.resolve("workspaces"), WorkspaceStrategy.WORKTREE, merge, temp.resolve("results"));
    }

    /** Environment with a home directory of the test, for the person's own settings. */
    private Map<String, String> environment() {
        return Map.of(
                "GIT_CONFIG_GLOBAL", temp.resolve("gitconfig").toString(),
                "GIT_AUTHOR_NAME", "Pat",
                "GIT_AUTHOR_EMAIL", "pat@example.org",
                "GIT_COMMITTER_NAME", "Pat",
                "GIT_COMMITTER_EMAIL", "pat@example.org",
                "P", temp.resolve("person").toString());
    }

    private String shell(String script) {
        Shell.Result result = Shell.attempt(project, environment(), List.of("/bin/sh", "-ec", script));
        assertThat(result.isSuccess()).as(script + ": " + result.output()).isTrue();
        return result.output().strip();
    }

    private void agent(String script) {
        driver.shell(temp.resolve("view")).run(script);
    }

    /** Runs a goal that must succeed, and returns its output. */
    private String goal(String verb) {
        Shell.Result result = Shell.attempt(temp, environment(), driver.command(verb));
        assertThat(result.isSuccess()).as(verb + ": " + result.output()).isTrue();
        return result.output();
    }
}
