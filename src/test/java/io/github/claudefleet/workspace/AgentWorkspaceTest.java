package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Common behaviour and differences of the strategies: real git on real repositories. */
@ExtendWith(PersonUnharmed.class)
class AgentWorkspaceTest {

    @TempDir
    private Path temp;

    // ---- all strategies

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void whatAnAgentChangedIsAPatchThatTheProjectTakes(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("gone.txt", "gone").write("späße \"x\".txt", "odd");
        commit(pat, "Second");
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.MERGE);
        write(tree, "src/App.java", "class App { int a; }\n");
        write(tree, "späße \"x\".txt", "changed");
        write(tree, "target/junk", "junk");
        delete(tree.place().tree().resolve("gone.txt"));
        pat.getsMerged("src/App.java", "späße \"x\".txt", "gone.txt");

        IntegrationResult integrated = bring(tree).get(0);

        assertThat(integrated.outcome()).isEqualTo(IntegrationResult.Outcome.MERGED);
        assertThat(integrated.changes().files()).isEqualTo(3);
        assertThat(TestRepository.content(pat.root().resolve("src/App.java"))).contains("class App { int a; }\n");
        assertThat(TestRepository.content(pat.root().resolve("späße \"x\".txt")))
                .contains("changed");
        assertThat(pat.root().resolve("gone.txt")).doesNotExist();
        assertThat(pat.root().resolve("target")).doesNotExist();
        assertThat(Files.exists(temp.resolve("results/fixer/changes.patch"))).isTrue();
        assertThat(bring(tree).get(0).changes().isNew()).isFalse();
        assertThat(clean(tree, false)).isEmpty();
        assertThat(tree.place().tree()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE"})
    void gitIsWholeForTheAgentAndFindsNothingOnThisMachine(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        write(tree, "src/App.java", "class App { int a; }\n");
        TestRepository.agent(tree).run("commit", "--quiet", "--all", "-m", "Add a");
        write(tree, "rest.txt", "rest");

        bring(tree);

        assertThat(TestRepository.agent(tree).ask("status", "--porcelain", "--untracked-files=no"))
                .isEmpty();
        assertThat(TestRepository.agent(tree).ask("rev-parse", "--is-bare-repository", "--abbrev-ref", "HEAD"))
                .as("as the container sees it, without being told where the tree is")
                .isEqualTo("false\nclaude-fleet/shop/fixer");
        assertThat(pat.git("log", "--format=%s", "main..claude-fleet/shop/fixer"))
                .isEqualTo("Work of agent fixer\nAdd a");
        Git.Answer here = Git.asPerson(tree.place().tree()).attempt(new byte[0], "status");
        assertThat(here.isFine()).as("nor a repository further up").isFalse();
        assertThat(pat.git("worktree", "list").lines()).hasSize(1);
        assertThat(pat.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aNewOneNeverTakesAwayWhatTheLastOneHad(WorkspaceStrategy strategy) throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace first = tree(pat, "fixer", strategy, MergePolicy.NONE);
        write(first, "new.txt", "new");

        ChangeCollector.of(first);
        remove(first, !first.hasGit());
        AgentWorkspace second = tree(pat, "fixer", strategy, MergePolicy.NONE);

        assertThat(second.place().tree().resolve("new.txt")).doesNotExist();
        if (first.hasGit()) {
            assertThat(pat.git("show", first.branch() + ":new.txt")).isEqualTo("new");
            write(second, "other.txt", "other");
            assertThat(ChangeCollector.of(second).branch()).isEqualTo(first.branch() + "@1");
            assertThat(pat.git("show", first.branch() + ":new.txt")).isEqualTo("new");
        } else {
            assertThat(TestRepository.content(temp.resolve("places/fixer/kept-1/new.txt")))
                    .contains("new");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void linesEndAsThePersonHasThem(WorkspaceStrategy strategy) throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git("config", "core.autocrlf", "true");
        pat.git("rm", "-r", "--cached", "--quiet", ".");
        pat.git("reset", "--hard", "--quiet");
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        assertThat(TestRepository.content(tree.place().tree().resolve("README.md")))
                .contains("hello\r\n");

        assertThat(ChangeCollector.of(tree).isNothing()).isTrue();
        write(tree, "README.md", "hello\r\nyou\r\n");

        assertThat(ChangeCollector.of(tree).stat()).contains("1 insertion");
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void linksStayLinksAndModesStayModes(WorkspaceStrategy strategy) throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("run.sh", "#!/bin/sh\n");
        pat.root().resolve("run.sh").toFile().setExecutable(true);
        Files.createSymbolicLink(pat.root().resolve("link"), Path.of("README.md"));
        pat.changed();
        commit(pat, "Second");
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.BRANCH);

        assertThat(tree.place().tree().resolve("link")).isSymbolicLink();
        assertThat(tree.place().tree().resolve("run.sh")).isExecutable();
        assertThat(ChangeCollector.of(tree).isNothing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aShallowRepositoryWillDo(WorkspaceStrategy strategy) throws IOException {
        TestRepository origin = TestRepository.at(temp.resolve("origin"));
        origin.write("README.md", "second\n");
        commit(origin, "Second");
        Git.asPerson(temp).run("clone", "--quiet", "--depth=1", "file://" + origin.root(), "project");
        TestRepository pat = TestRepository.over(temp.resolve("project"));
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        write(tree, "new.txt", "new");
        if (tree.hasGit()) {
            TestRepository.agent(tree).run("add", "--all");
            TestRepository.agent(tree).run("commit", "--quiet", "-m", "Add new");
        }

        IntegrationResult integrated = bring(tree).get(0);

        assertThat(integrated.changes().warnings()).isEmpty();
        assertThat(integrated.changes().files()).isEqualTo(1);
        if (tree.hasGit()) {
            assertThat(pat.git("log", "--format=%s", "HEAD.." + tree.branch())).isEqualTo("Add new");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void submodulesStayWhatTheyAre(WorkspaceStrategy strategy) {
        TestRepository library = TestRepository.at(temp.resolve("library"));
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                library.root().toString(),
                "lib");
        commit(pat, "Add a library");
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        write(tree, "new.txt", "new");

        Changes changes = bring(tree).get(0).changes();

        assertThat(changes.files()).isEqualTo(1);
        assertThat(changes.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void filesOfLargeFileStorageStayPointers(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 5\n";
        pat.write("big.bin", pointer);
        commit(pat, "Add a pointer");
        pat.write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        commit(pat, "Say so");
        pat.git("config", "filter.lfs.smudge", "false");
        pat.git("config", "filter.lfs.clean", "false");
        pat.git("config", "filter.lfs.required", "true");
        AgentWorkspace tree = tree(pat, "fixer", strategy, MergePolicy.BRANCH);

        assertThat(TestRepository.content(tree.place().tree().resolve("big.bin")))
                .contains(pointer);
        assertThat(bring(tree).get(0).changes().isNothing()).isTrue();
    }

    @Test
    void aRepositoryOfTheOtherHashWillDo() {
        Path root = temp.resolve("project");
        Git.asPerson(temp).run("init", "--quiet", "--object-format=sha256", "--initial-branch=main", "project");
        TestRepository pat = TestRepository.over(root);
        pat.write("README.md", "hello\n");
        commit(pat, "First");
        AgentWorkspace tree = tree(pat, "fixer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(tree, "new.txt", "new");
        TestRepository.agent(tree).run("add", "--all");
        TestRepository.agent(tree).run("commit", "--quiet", "-m", "Add new");

        bring(tree);

        assertThat(pat.git("log", "-1", "--format=%s", tree.branch())).isEqualTo("Add new");
    }

    @Test
    void anAgentKilledWithinACommitLosesNothingThatIsInItsFiles() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace tree = tree(pat, "fixer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(tree, "new.txt", "new");
        Git agent = TestRepository.agent(tree);
        agent.run("add", "--all");
        agent.run("commit", "--quiet", "-m", "Add new");
        write(tree, "more.txt", "more");
        // State after a kill: locks, half an object, a branch that points to a commit which was never written.
        Path git = tree.place().agentGit();
        TestRepository.write(git.resolve("index.lock"), "");
        TestRepository.write(git.resolve("objects/ab/tmp_obj_x"), "half");
        TestRepository.write(git.resolve("refs/heads/claude-fleet/shop/fixer.lock"), "");
        String good = agent.ask("rev-parse", "HEAD");
        TestRepository.write(git.resolve("refs/heads/claude-fleet/shop/fixer"), "ab" + good.substring(2) + "\n");

        Changes changes = bring(tree).get(0).changes();

        assertThat(pat.git("show", tree.branch() + ":new.txt")).isEqualTo("new");
        assertThat(pat.git("show", tree.branch() + ":more.txt")).isEqualTo("more");
        assertThat(changes.warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("is no commit that can be read"))
                .anyMatch(warning -> warning.endsWith("/other/lost/" + good));
        assertThat(pat.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aWorkspaceInWhichNothingWasChangedLeavesNothing(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("notes.txt", "not committed");
        String snapshot = pat.repository().snapshot(temp, List.of());
        AgentWorkspace tree = pat.tree(layout("fixer"), strategy, snapshot);

        Workspaces.tidy(bring(tree));

        assertThat(tree.place().tree()).doesNotExist();
        assertThat(pat.git("branch", "--list", "claude-fleet/*")).isEmpty();
        AgentWorkspace other = pat.tree(layout("fixer"), strategy, snapshot);
        write(other, "new.txt", "new");
        Workspaces.tidy(bring(other));
        assertThat(other.place().tree().resolve("new.txt")).exists();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void whatIsKeptAsideIsGivenUpByNameAlone(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace first = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        write(first, "new.txt", "new");
        ChangeCollector.of(first);
        Path aside = remove(first, true).orElseThrow();
        AgentWorkspace second = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        ChangeCollector.of(second);

        assertThat(clean(second, false)).contains(aside.toString());
        assertThat(aside.resolve("new.txt")).exists();

        AgentWorkspace again = WorkspaceRecord.workspaceIn(layout("fixer")).orElseThrow();
        ChangeCollector.of(again);
        assertThat(clean(again, true)).isEmpty();
        assertThat(aside).doesNotExist();
        assertThat(WorkspaceRecord.workspaceIn(layout("fixer"))).isEmpty();
        assertThat(pat.git("branch", "--list", "claude-fleet/*")).isEmpty();
        assertThat(pat.git("worktree", "list")).doesNotContain("fixer");
    }

    @Test
    void whatAnAgentMadeIsNeverTakenForAPlace() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        Path fleet = temp.resolve("workspaces/shop-0123456789ab");
        AgentWorkspace tree = pat.tree(new WorkspaceLayout(fleet.resolve("fixer")), WorkspaceStrategy.COPY, pat.head());
        write(tree, "workspace.properties", "repository=/\ngit=/evil\n");
        ChangeCollector.of(tree);
        remove(tree, true);
        pat.tree(new WorkspaceLayout(fleet.resolve("fixer")), WorkspaceStrategy.COPY, pat.head());
        TestRepository.write(fleet.resolve("no agent@1/workspace.properties"), "repository=/\n");

        assertThat(WorkspaceLayout.all(temp.resolve("workspaces"), new FleetName("shop")))
                .containsExactly(new WorkspaceLayout(fleet.resolve("fixer")));
    }

    // ---- merge policies

    @ParameterizedTest
    @ValueSource(strings = {"none", "patch"})
    void whatIsNotToBeABranchIsNone(String merge) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace tree = tree(pat, "fixer", WorkspaceStrategy.WORKTREE, MergePolicy.of(merge));
        write(tree, "new.txt", "new");

        IntegrationResult integrated = bring(tree).get(0);

        assertThat(integrated.isOnBranch()).isFalse();
        assertThat(pat.git("branch", "--list", "claude-fleet/*")).isEmpty();
        assertThat(temp.resolve("results/fixer/changes.patch").toFile().exists())
                .isEqualTo(merge.equals("patch"));
    }

    @Test
    void whatWasNotCommittedStaysOffTheBranchByChoice() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        IntegrationSpec integration =
                new IntegrationSpec(MergePolicy.BRANCH, false, "origin", Optional.of(CommitAuthor.FLEET));
        AgentWorkspace workspace = new AgentWorkspace(
                pat.repository(),
                layout("fixer"),
                WorkspaceStrategy.WORKTREE,
                "claude-fleet/shop/fixer",
                pat.head(),
                integration,
                AgentWorkspace.newRun());
        AgentWorkspace tree = new WorkspaceCreator(workspace).make();
        write(tree, "committed.txt", "c");
        TestRepository.agent(tree).run("add", "--all");
        TestRepository.agent(tree).run("commit", "--quiet", "-m", "Add c");
        write(tree, "rest.txt", "rest");

        bring(tree);

        assertThat(pat.git("log", "-1", "--format=%s", tree.branch())).isEqualTo("Add c");
        assertThat(TestRepository.content(temp.resolve("results/fixer/changes.patch")))
                .get()
                .asString()
                .contains("committed.txt", "rest.txt");
    }

    @Test
    void mergingStopsAtTheFirstConflictWithAllBranchesKept() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        List<AgentWorkspace> fileTrees = List.of(
                tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.MERGE),
                tree(pat, "two", WorkspaceStrategy.CLONE, MergePolicy.MERGE),
                tree(pat, "three", WorkspaceStrategy.WORKTREE, MergePolicy.MERGE));
        fileTrees.forEach(tree -> write(
                tree,
                tree.place().agent().value().equals("three") ? "other.txt" : "README.md",
                tree.place().agent().value()));

        pat.getsMerged("README.md");
        List<IntegrationResult> integrated = bring(fileTrees.toArray(AgentWorkspace[]::new));

        assertThat(integrated)
                .extracting(IntegrationResult::outcome)
                .containsExactly(
                        IntegrationResult.Outcome.MERGED,
                        IntegrationResult.Outcome.REFUSED,
                        IntegrationResult.Outcome.REFUSED);
        assertThat(integrated.get(1).reason())
                .contains("conflicts")
                .contains("README.md")
                .contains("git merge");
        assertThat(integrated.get(2).reason()).isEqualTo("it was not tried, after two's");
        assertThat(TestRepository.content(pat.root().resolve("README.md"))).contains("one");
        assertThat(pat.root().resolve("other.txt")).doesNotExist();
        assertThat(pat.git("status", "--porcelain")).isEmpty();
        assertThat(fileTrees)
                .allSatisfy(tree -> assertThat(pat.git("rev-list", "--count", tree.base() + ".." + tree.branch()))
                        .isEqualTo("1"));
    }

    @Test
    void aBranchIsPushedWhereThatIsWanted() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        Git.asPerson(temp).run("init", "--quiet", "--bare", "remote.git");
        AgentWorkspace lonely = tree(pat, "lonely", WorkspaceStrategy.WORKTREE, MergePolicy.PUSH);
        write(lonely, "new.txt", "new");
        assertThat(bring(lonely).get(0).outcome()).isEqualTo(IntegrationResult.Outcome.REFUSED);
        assertThat(bring(lonely).get(0).reason()).contains("git push origin " + lonely.branch());

        pat.git("remote", "add", "origin", temp.resolve("remote.git").toString());
        pat.may("ref refs/remotes/origin/claude-fleet/shop/lonely");
        IntegrationResult integrated = bring(lonely).get(0);

        assertThat(integrated.outcome()).isEqualTo(IntegrationResult.Outcome.PUSHED);
        assertThat(Git.alone(temp.resolve("remote.git")).ask("rev-parse", lonely.branch()))
                .isEqualTo(integrated.changes().head());
    }

    // ---- directories without git

    @Test
    void aDirectoryInNoRepositoryIsCopied() throws IOException {
        Path project = temp.resolve("project");
        TestRepository.write(project.resolve("pom.xml"), "<project/>");
        TestRepository.write(project.resolve("module a/pom.xml"), "<project/>");
        TestRepository.write(project.resolve("module a/target/built"), "built");
        TestRepository.write(project.resolve("src/target/kept"), "kept");
        TestRepository.at(project.resolve("vendored"));
        AgentWorkspace tree = plain(project);
        Path files = tree.place().tree();

        assertThat(files.resolve("src/target/kept")).exists();
        assertThat(files.resolve("module a/pom.xml")).exists();
        assertThat(files.resolve("module a/target")).doesNotExist();
        assertThat(files.resolve("vendored")).doesNotExist();
        assertThat(project.resolve(".git")).doesNotExist();

        TestRepository.write(files.resolve("src/App.java"), "class App {}\n");
        TestRepository.write(files.resolve("module a/target/built"), "again");
        assertThat(bring(tree).get(0).outcome()).isEqualTo(IntegrationResult.Outcome.PATCH);
        assertThat(clean(tree, false)).containsExactly(files.toString());

        assertThat(FleetChanges.take(tree, ChangeCollector.of(tree))).isTrue();
        assertThat(TestRepository.content(project.resolve("src/App.java"))).contains("class App {}\n");
        assertThat(FleetChanges.take(tree, ChangeCollector.of(tree))).isFalse();
        assertThat(clean(tree, false)).isEmpty();
    }

    @Test
    void aCopysChangesNeverOverwriteWhatIsOtherByNow() throws IOException {
        Path project = temp.resolve("project");
        TestRepository.write(project.resolve("a.txt"), "a\n");
        TestRepository.write(project.resolve("b.txt"), "b\n");
        AgentWorkspace tree = plain(project);
        write(tree, "a.txt", "agent\n");
        write(tree, "b.txt", "agent\n");
        TestRepository.write(project.resolve("b.txt"), "mine\n");

        bring(tree);

        assertThat(Merge.of(tree, ChangeCollector.of(tree))).isInstanceOf(Merge.Refused.class);
        assertThat(TestRepository.content(project.resolve("a.txt"))).contains("a\n");
        assertThat(TestRepository.content(project.resolve("b.txt"))).contains("mine\n");
    }

    @Test
    void whatIsIgnoredIsLeftOutWithoutAWord() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("target/login/.credentials.json", "token").write("new.txt", "new");

        String snapshot = pat.repository()
                .snapshot(
                        temp,
                        List.of(pat.root().resolve("target/login"), pat.root().resolve("target")));

        assertThat(pat.git("diff", "--name-only", "HEAD", snapshot)).isEqualTo("new.txt");
        AgentWorkspace tree = tree(pat, "fixer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        TestRepository.empty(tree.place().tree().resolve("target/nested"));
        write(tree, "new.txt", "new");
        assertThat(bring(tree).get(0).changes().warnings()).isEmpty();
    }

    @Test
    void aKillWithinACommitLosesNothingThatWasCommittedBefore() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace tree = tree(pat, "fixer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        int seen = 0;
        for (int round = 1; round <= 5; round++) {
            killWhileItCommits(tree, round);

            Changes changes = bring(tree).get(0).changes();

            int commits = Integer.parseInt(pat.git("rev-list", "--count", tree.base() + ".." + tree.branch()));
            assertThat(commits).isGreaterThan(seen);
            assertThat(changes.warnings()).allMatch(warning -> warning.contains("elsewhere than on its branch"));
            assertThat(pat.git("fsck", "--strict", "--no-dangling")).isEmpty();
            seen = commits - 1;
        }
    }

    /** Kills all processes of the agent once it has made a few commits. */
    private void killWhileItCommits(AgentWorkspace tree, int round) throws Exception {
        Path log = temp.resolve("commits-" + round);
        String commit = "find '" + tree.place().agentGit() + "' -name '*.lock' -delete; n=0;"
                + " while [ $n -lt 5000 ]; do n=$((n+1)); echo " + round + "-$n >>counted.txt;"
                + " git add counted.txt && git commit -qm \"Count $n\" && echo $n >>'" + log + "'; done";
        ProcessBuilder builder = new ProcessBuilder("setsid", "--wait", "sh", "-c", commit)
                .directory(tree.place().tree().toFile());
        builder.environment().putAll(TestRepository.agent(tree).environment());
        Process agent = builder.start();
        try {
            for (int n = 0;
                    n < 600
                            && TestRepository.content(log)
                                            .map(text -> text.lines().count())
                                            .orElse(0L)
                                    < 2 + round;
                    n++) {
                Thread.sleep(50);
            }
        } finally {
            List<ProcessHandle> all = agent.descendants().toList();
            all.forEach(ProcessHandle::destroyForcibly);
            agent.destroyForcibly().waitFor();
        }
        assertThat(log).exists();
    }

    @Test
    void theLoginIsNoPartOfACopy() throws IOException {
        Path project = temp.resolve("project");
        TestRepository.write(project.resolve("a.txt"), "a");
        TestRepository.write(project.resolve("login [1]/.credentials.json"), "token");
        WorkspaceLayout layout = layout("fixer");
        Repository repository = QuarantineRepository.plain(project, layout.quarantine());

        String snapshot = repository.snapshot(temp, List.of(project.resolve("login [1]"), temp.resolve("elsewhere")));

        assertThat(repository.asPerson().ask("ls-tree", "-r", "--name-only", snapshot))
                .isEqualTo("a.txt");
    }

    // ---- agents in the directory itself

    @Test
    void whatMakesThisMachineRunSomethingIsComparedWithWhatItWas() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("mvnw", "#!/bin/sh\n").write(".mvn/maven.config", "-q");
        WorkspaceLayout layout = layout("fixer");
        FileBaseline.remember(layout, pat.root());
        assertThat(FileBaseline.since(layout).orElseThrow().names()).isEmpty();

        pat.write("mvnw", "#!/bin/sh\nrm\n")
                .write("src/App.java", "class Other {}\n")
                .write("sub/.envrc", "evil");
        pat.write(".git/commondir", "../evil");
        TestRepository.empty(pat.root().resolve("src/nested"));
        pat.changed();

        assertThat(FileBaseline.since(layout).orElseThrow().names())
                .containsExactly(".git/commondir", "mvnw", "src/nested/.git/config", "sub/.envrc");
        assertThat(Workspaces.changedTraps(List.of(layout, layout))).hasSize(4);
        assertThat(Workspaces.changedTraps(List.of(layout))).as("told once").isEmpty();
    }

    // ---- helpers

    private AgentWorkspace plain(Path project) throws IOException {
        WorkspaceLayout layout = layout("fixer");
        Repository repository = QuarantineRepository.plain(project, layout.quarantine());
        AgentWorkspace workspace = new AgentWorkspace(
                repository,
                layout,
                WorkspaceStrategy.COPY,
                "claude-fleet/shop/fixer",
                repository.snapshot(temp, List.of()),
                TestRepository.HOME,
                AgentWorkspace.newRun());
        return new WorkspaceCreator(workspace).make();
    }

    private AgentWorkspace tree(TestRepository pat, String agent, WorkspaceStrategy strategy, MergePolicy merge) {
        IntegrationSpec home = new IntegrationSpec(merge, true, "origin", Optional.of(CommitAuthor.FLEET));
        AgentWorkspace workspace = new AgentWorkspace(
                pat.repository(),
                layout(agent),
                strategy,
                "claude-fleet/shop/" + agent,
                pat.head(),
                home,
                AgentWorkspace.newRun());
        return new WorkspaceCreator(workspace).make();
    }

    private static List<String> clean(AgentWorkspace workspace, boolean givenUp) {
        return new WorkspaceRemover(workspace.place()).clean(workspace, givenUp);
    }

    private static Optional<Path> remove(AgentWorkspace workspace, boolean kept) {
        return new WorkspaceRemover(workspace.place()).remove(workspace, kept);
    }

    private WorkspaceLayout layout(String agent) {
        return new WorkspaceLayout(temp.resolve("places").resolve(agent));
    }

    private List<IntegrationResult> bring(AgentWorkspace... fileTrees) {
        return Workspaces.integrateChanges(
                List.of(fileTrees).stream().map(AgentWorkspace::place).toList(), temp.resolve("results"));
    }

    private static void commit(TestRepository pat, String message) {
        pat.git("add", "--all");
        pat.git("commit", "--quiet", "-m", message);
    }

    private static void write(AgentWorkspace tree, String name, String text) {
        TestRepository.write(tree.place().tree().resolve(name), text);
    }

    private static void delete(Path file) {
        assertThat(file.toFile().delete()).isTrue();
    }
}
