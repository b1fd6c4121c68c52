package io.github.claudefleet.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.shapes.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces in volumes, by real git and the real script, without an engine. */
class WorkspaceTransfersTest {

    @TempDir
    private Path temp;

    private Path project;
    private LocalVolumes volumes;

    @BeforeEach
    void createProject() {
        volumes = new LocalVolumes(temp, LocalVolumes.IMAGE);
        project = temp.resolve("project");
        Shell.run(temp, """
                git init -q -b main project && cd project
                git config user.name Pat && git config user.email pat@example.org
                printf 'class App {}\\n' >App.java; printf '*.log\\n' >.gitignore; mkdir src; echo deep >src/Deep.txt
                git add -A && git commit -qm First && git tag v1 && git branch behind
                echo two >second.txt && git add -A && git commit -qm Second && git branch ahead && git checkout -q ahead
                echo three >third.txt && git add -A && git commit -qm Third && git checkout -q main
                """);
    }

    @Test
    void filesAndCommitsComeHome() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);

        assertThat(does("git status --porcelain; git log --format=%s")).isEqualTo("Second\nFirst");
        assertThat(does("git for-each-ref --format='%(refname)'"))
                .as("refs whose commits the start commit has")
                .isEqualTo("refs/heads/behind\nrefs/heads/claude-fleet/shop/fixer\nrefs/heads/main\nrefs/tags/v1");
        assertThat(does("git fsck --strict --no-dangling")).isEmpty();
        String commit = does("echo change >>App.java; git commit -qam Change; printf '\\001\\000\\r\\n' >raw.bin; "
                + "git rev-parse HEAD");

        IntegrationResult result = agent.integrate();

        assertThat(result.outcome()).isEqualTo(IntegrationResult.Outcome.BRANCH);
        assertThat(git("rev-parse claude-fleet/shop/fixer^")).isEqualTo(commit);
        assertThat(git("diff --name-only main claude-fleet/shop/fixer")).isEqualTo("App.java\nraw.bin");
        assertThat(git("cat-file blob claude-fleet/shop/fixer:raw.bin | od -An -c")
                        .split(" +"))
                .endsWith("001", "\\0", "\\r", "\\n");
        assertThat(git("fsck --strict --no-dangling")).isEmpty();
        assertThat(result.changes().warnings()).isEmpty();
        assertThat(volumes.engine().names()).allMatch(name -> name.startsWith("volume "));
    }

    /** Docker lists the volumes of the agent's container without a name, which have its labels. */
    @Test
    void anotherVolumeOfTheAgentIsNotTaken() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        volumes.engine()
                .volumes()
                .create(VolumeRequest.onDisk(
                        "0123abcd",
                        Map.of(
                                Labels.WORKSPACE,
                                agent.place().directory().toString(),
                                Labels.CONTAINER,
                                "claude-fleet-shop-fixer")));
        does("echo one >one.txt");

        agent.send();
        does("echo two >two.txt");

        assertThat(agent.integrate().changes().warnings()).isEmpty();
        assertThat(git("diff --name-only main claude-fleet/shop/fixer")).isEqualTo("two.txt");
    }

    @Test
    void aVolumeThatIsGoneIsToldAndNotAskedForAgain() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        volumes.engine().losingVolumes();

        assertThatThrownBy(() -> agent.transfers().fetchForTheLastTime(agent.place()))
                .isInstanceOf(LostWorkspaceException.class)
                .hasMessageContaining("is lost since it was fetched last");
        agent.transfers().fetchForTheLastTime(agent.place());
    }

    @Test
    void moreChangesAreFetchedEachTime() {
        RemoteAgent agent = start(project, WorkspaceStrategy.CLONE, false);
        does("echo one >one.txt; git add -A; git commit -qm One");
        String first = agent.integrate().changes().head();
        does("echo two >two.txt; git add -A; git commit -qm Two; git rm -q second.txt; rm src/Deep.txt");

        IntegrationResult result = agent.integrate();

        assertThat(git("merge-base --is-ancestor " + first + " claude-fleet/shop/fixer"))
                .isEmpty();
        assertThat(git("diff --no-renames --name-status main claude-fleet/shop/fixer"))
                .isEqualTo("A\tone.txt\nD\tsecond.txt\nD\tsrc/Deep.txt\nA\ttwo.txt");
        assertThat(agent.integrate().changes().isNew()).isFalse();
        assertThat(result.changes().warnings()).isEmpty();
    }

    @Test
    void uncommittedAndUntrackedChangesGoIn() {
        Shell.run(project, "echo edited >>App.java; echo new >new.txt; rm second.txt; echo password >my.log");

        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, true);

        assertThat(does("cat App.java new.txt; ls; git status --porcelain"))
                .isEqualTo("class App {}\nedited\nnew\nApp.java\nnew.txt\nsrc");
        assertThat(agent.integrate().changes().isNothing()).isTrue();
    }

    @Test
    void commitsElsewhereThanOnTheBranchAreKept() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        does(
                "git checkout -qb other; echo o >o; git add -A; git commit -qm Other; git checkout -q -; "
                        + "echo stashed >>App.java; git stash -q; echo lost >l; git add l; git commit -qm Lost; git reset -q --hard HEAD~1");

        IntegrationResult result = agent.integrate();

        assertThat(result.changes().others()).anyMatch(ref -> ref.endsWith("/other/heads/other"));
        assertThat(result.changes().others()).anyMatch(ref -> ref.contains("/other/stash"));
        assertThat(result.changes().others()).anyMatch(ref -> ref.contains("/other/lost/"));
    }

    @Test
    void aCopyHasNoGitAndComesHomeAsAPatch() throws Exception {
        Path plain = Files.createDirectories(temp.resolve("plain"));
        Files.writeString(plain.resolve("a.txt"), "a\r\n");
        RemoteAgent agent = start(plain, WorkspaceStrategy.COPY, false);

        assertThat(does("ls -A")).isEqualTo("a.txt");
        does("printf 'b\\r\\n' >>a.txt; mkdir d; echo new >d/new.txt");
        IntegrationResult result = agent.integrate();

        assertThat(result.outcome()).isEqualTo(IntegrationResult.Outcome.PATCH);
        Shell.run(plain, "git apply '" + agent.patch() + "'");
        assertThat(plain.resolve("a.txt")).hasContent("a\r\nb\r\n");
        assertThat(plain.resolve("d/new.txt")).hasContent("new\n");
    }

    @Test
    void ignoredFilesThatAreCommittedComeHomeAndOthersDoNot() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        does("echo a >kept.log; git add -f kept.log; git commit -qm Log; echo b >>kept.log; echo c >other.log");

        agent.integrate();

        assertThat(git("show claude-fleet/shop/fixer:kept.log")).isEqualTo("a\nb");
        assertThat(git("ls-tree --name-only claude-fleet/shop/fixer")).doesNotContain("other.log");
    }

    @Test
    void repositoriesWithinAreKeptBesideTheBranchAndNamed() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        does("git init -q nested; cd nested; echo deep >deep.txt; git add -A; git commit -qm Deep");

        IntegrationResult result = agent.integrate();

        assertThat(result.changes().warnings())
                .anyMatch(warning -> warning.startsWith("nested stays in the workspace"));
        assertThat(Shell.run(agent.place().tree().resolve("nested"), "git log --format=%s; git status --porcelain"))
                .isEqualTo("Deep");
    }

    @Test
    void anAgentThatMovesItsGitAwayLosesNoFile() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        does("echo mine >mine.txt; mv .git /tmp/claude-fleet-moved-$$; ln -s /etc .git; "
                + "rm -rf /tmp/claude-fleet-moved-$$");

        IntegrationResult result = agent.integrate();

        assertThat(git("diff --name-only main claude-fleet/shop/fixer")).isEqualTo("mine.txt");
        assertThat(result.outcome()).isEqualTo(IntegrationResult.Outcome.BRANCH);
    }

    @Test
    void settingsAndHooksOfAnAgentRunNowhere() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        Path proof = temp.resolve("ran");
        does("git config core.fsmonitor 'touch " + proof + "'; git config core.hooksPath \"$PWD/.h\"; "
                + "git config filter.x.clean 'touch " + proof + "; cat'; git config filter.x.smudge 'touch " + proof
                + "; cat'; echo '* filter=x' >.git/info/attributes; echo '* filter=x' >.gitattributes; mkdir .h; "
                + "for h in reference-transaction post-index-change; do printf '#!/bin/sh\\ntouch " + proof
                + "\\n' >.h/$h; chmod +x .h/$h; done; echo x >x.txt");

        agent.integrate();

        assertThat(proof).doesNotExist();
        assertThat(git("show claude-fleet/shop/fixer:x.txt")).isEqualTo("x");
    }

    @Test
    void commitsThatGitRefusesCostNoFile() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        does("tree=$(printf '100644 blob %s\\t..%s\\n' $(git hash-object -w App.java) '' | git mktree); "
                + "git update-ref HEAD $(git commit-tree -p HEAD -m Bad $tree); echo mine >mine.txt");

        IntegrationResult result = agent.integrate();

        assertThat(result.changes().warnings()).anyMatch(warning -> warning.startsWith("its commits were not fetched"));
        assertThat(git("diff --name-only main claude-fleet/shop/fixer")).isEqualTo("mine.txt");
    }

    @Test
    void aTransferContinuesAfterLostConnectionsAndDoesNothingTwice() {
        Shell.run(project, "head -c 9000000 /dev/urandom >big.bin; git add -A; git commit -qm Big");
        AtomicInteger lost = new AtomicInteger();
        RemoteAgent agent = create(project, WorkspaceStrategy.WORKTREE, false);
        volumes.losingBefore(call -> call.contains(" 1 ") && call.startsWith("put") && lost.getAndIncrement() == 0)
                .losingAfter(call -> (call.startsWith("put workspace.bundle 2 ") && lost.getAndIncrement() == 1)
                        || (call.startsWith("unpack") && lost.getAndIncrement() == 2));

        agent.send();

        assertThat(does("git status --porcelain; git fsck --strict --no-dangling"))
                .isEmpty();
        assertThat(volumes.calls())
                .filteredOn(call -> call.startsWith("put workspace.bundle 0 "))
                .hasSize(1);
        does("head -c 9000000 /dev/urandom >more.bin; echo x >x.txt");
        lost.set(0);
        volumes.losingBefore(call -> call.startsWith("get") && lost.getAndIncrement() == 1)
                .losingAfter(call -> call.startsWith("pack") && lost.getAndIncrement() == 0);

        agent.integrate();

        assertThat(git("cat-file blob claude-fleet/shop/fixer:more.bin | sha256sum"))
                .isEqualTo(does("sha256sum <more.bin"));
        assertThat(volumes.calls()).filteredOn(call -> call.startsWith("get")).hasSize(3);
    }

    @Test
    void anEngineWithoutTheVolumeIsNamed() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        volumes.engine().volumes().remove(RemoteAgent.VOLUME);

        assertThatThrownBy(() -> agent.transfers().fetch(agent.place()))
                .isInstanceOf(GitException.class)
                .hasMessage(
                        "the workspace of agent fixer was not fetched from its engine: the engine at fake:/// has no"
                                + " volume of it; name the one that has, with -Dclaude-fleet.engine");
        assertThat(agent.integrate().outcome()).isEqualTo(IntegrationResult.Outcome.FAILED);
    }

    @Test
    void aVolumeThatWasEmptiedTakesNothingAway() {
        RemoteAgent agent = start(project, WorkspaceStrategy.WORKTREE, false);
        does("echo mine >mine.txt");
        agent.integrate();
        does("find . -mindepth 1 -delete");

        IntegrationResult result = agent.integrate();

        assertThat(result.outcome()).isEqualTo(IntegrationResult.Outcome.FAILED);
        assertThat(result.reason()).endsWith("its volume is empty");
        assertThat(agent.place().tree().resolve("mine.txt")).hasContent("mine\n");
    }

    private RemoteAgent start(Path project, WorkspaceStrategy strategy, boolean uncommitted) {
        return create(project, strategy, uncommitted).send();
    }

    private RemoteAgent create(Path project, WorkspaceStrategy strategy, boolean uncommitted) {
        return RemoteAgent.create(temp, project, strategy, uncommitted, volumes.engine(), LocalVolumes.IMAGE);
    }

    /** Runs a script as the agent in its container. */
    private String does(String script) {
        return Shell.run(volumes.volume(RemoteAgent.VOLUME), script);
    }

    private String git(String command) {
        return Shell.run(project, "git " + command);
    }
}
