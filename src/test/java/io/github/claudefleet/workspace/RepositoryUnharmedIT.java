package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that nothing of the person's is damaged, and no work of an agent is lost, in realistic repositories. */
@ExtendWith(PersonUnharmed.class)
class RepositoryUnharmedIT {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"WORKTREE, --cone", "WORKTREE, --no-cone", "CLONE, --cone", "COPY, --cone"})
    void filesOutsideOfASparseCheckoutAreNotDeleted(WorkspaceStrategy strategy, String cone) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("other/Other.java", "class Other {}\n");
        pat.commit("Second");
        pat.git("sparse-checkout", "set", cone, "src");
        AgentAtWork agent = AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, MergePolicy.MERGE);
        assertThat(agent.place().tree().resolve("other")).doesNotExist();
        agent.write("src/App.java", "class App { int a; }\n");
        pat.getsMerged("src/App.java");

        IntegrationResult integrated = agent.integrateChanges();

        assertThat(integrated.outcome()).isEqualTo(IntegrationResult.Outcome.MERGED);
        assertThat(integrated.changes().files()).isEqualTo(1);
        assertThat(pat.git("ls-tree", "-r", "--name-only", "HEAD")).contains("other/Other.java");
    }

    @Test
    void whatAPersonCommittedOnAnAgentsBranchStays() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent =
                AgentAtWork.start(pat.root(), temp.resolve("workspaces"), WorkspaceStrategy.CLONE, MergePolicy.BRANCH);
        agent.write("new.txt", "new").integrateChanges();
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
        AgentAtWork agent = AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, MergePolicy.BRANCH);
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

    @Test
    void whatTheAgentsOwnGitLeavesOutIsNotDeleted() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.git("update-index", "--skip-worktree", "README.md");
        assertThat(agent.place().tree().resolve("README.md").toFile().delete()).isTrue();
        agent.git("update-index", "--split-index");
        agent.write("new.txt", "new");

        IntegrationResult integrated = agent.integrateChanges();

        assertThat(integrated.changes().files()).isEqualTo(1);
        assertThat(pat.git("show", "claude-fleet/shop/fixer:README.md")).isEqualTo("hello");
    }

    @Test
    void whatGitWasToldToSkipComesAlongUnchangedWithWhatIsNotCommitted() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("other/Other.java", "class Other {}\n").commit("Second");
        pat.git("update-index", "--split-index");
        pat.git("sparse-checkout", "set", "--cone", "src");
        pat.write("src/New.java", "class New {}\n");

        String snapshot = pat.repository().snapshot(temp, List.of());

        assertThat(pat.git("diff", "--name-status", "HEAD", snapshot)).isEqualTo("A\tsrc/New.java");
    }

    @Test
    void otherWorktreesThatCantBeSeenAtTheMomentAreNotForgotten() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        Path disk = temp.resolve("disk/elsewhere");
        pat.git("worktree", "add", "--quiet", "-b", "elsewhere", disk.toString());
        Files.move(temp.resolve("disk"), temp.resolve("unplugged"));
        String before = pat.git("worktree", "list", "--porcelain");

        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.write("new.txt", "new").stop();
        agent.clean(true);

        assertThat(pat.git("worktree", "list", "--porcelain")).isEqualTo(before);
        assertThat(pat.git("for-each-ref", "refs/claude-fleet", "refs/heads/claude-fleet"))
                .isEmpty();
        assertThat(agent.place().directory()).doesNotExist();
    }

    @Test
    void whatAPersonCommittedOnAnAgentsBranchStaysWhenAllIsGivenUp() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.write("new.txt", "new").integrateChanges();
        pat.git("checkout", "--quiet", "claude-fleet/shop/fixer");
        pat.write("note.txt", "a review").commit("Note");
        pat.git("checkout", "--quiet", "main");
        agent.write("more.txt", "more");

        assertThat(agent.integrateChanges().where()).startsWith("branch claude-fleet/shop/fixer@1 ");
        assertThat(agent.clean(true)).containsExactly("claude-fleet/shop/fixer");

        assertThat(pat.git("log", "-1", "--format=%s", "claude-fleet/shop/fixer"))
                .isEqualTo("Note");
        assertThat(pat.git("branch", "--list", "*@1")).isEmpty();
    }

    @Test
    void aBranchGoesOnFromWhereItIs() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.CLONE, MergePolicy.BRANCH);
        String first =
                agent.write("new.txt", "new").integrateChanges().changes().head();
        agent.commit("Add new").git("commit", "--quiet", "--amend", "-m", "Add it");

        IntegrationResult integrated = agent.write("rest.txt", "rest").integrateChanges();

        assertThat(integrated.changes().branch()).isEqualTo("claude-fleet/shop/fixer");
        assertThat(pat.repository().isAncestor(first, "claude-fleet/shop/fixer"))
                .isTrue();
        assertThat(agent.integrateChanges().changes().isNew()).isFalse();
        assertThat(pat.git("ls-tree", "--name-only", "claude-fleet/shop/fixer")).contains("new.txt", "rest.txt");
    }

    @Test
    void aBranchThatIsNamedAsTheirDirectoryIsNotInTheWay() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git("branch", "claude-fleet");
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.MERGE);
        agent.write("new.txt", "new").commit("Add new");
        pat.getsMerged("new.txt");

        IntegrationResult integrated = agent.integrateChanges();

        assertThat(integrated.outcome()).isEqualTo(IntegrationResult.Outcome.MERGED);
        assertThat(integrated.where()).contains("branch claude-fleet@1/shop/fixer ");
        assertThat(pat.git("rev-parse", "claude-fleet")).isEqualTo(pat.git("rev-parse", "HEAD~1"));
    }

    @Test
    void squashedWorkIsMergedWork() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        for (int run = 1; run <= 3; run++) {
            IntegrationResult integrated =
                    agent.write("new-" + run + ".txt", "new").integrateChanges();
            assertThat(integrated.changes().branch()).isEqualTo("claude-fleet/shop/fixer");
            pat.git("merge", "--quiet", "--squash", "claude-fleet/shop/fixer");
            pat.git("commit", "--quiet", "-m", "Squash " + run);
            agent.startAgain();
        }

        assertThat(pat.git("branch", "--list", "claude-fleet/*")).isEmpty();
        assertThat(agent.clean(false)).isEmpty();
        assertThat(pat.git("for-each-ref", "refs/claude-fleet")).isEmpty();
    }

    @Test
    void cleaningKeepsWhatWasToStayInTheWorkspace() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.NONE);
        agent.write("new.txt", "new").stop();

        assertThat(agent.clean(false)).containsExactly(agent.place().tree().toString());

        assertThat(agent.place().tree().resolve("new.txt")).exists();
    }

    @Test
    void aRenameThatIsStagedIsNamed() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.MERGE);
        agent.write("new.txt", "new");
        pat.git("mv", "README.md", "x");

        IntegrationResult integrated = agent.integrateChanges();

        assertThat(integrated.outcome()).isEqualTo(IntegrationResult.Outcome.REFUSED);
        assertThat(integrated.reason()).contains("not committed").contains("README.md, x");
    }

    @Test
    void aFileToIncludeThatTheStartCommitHasIsTheCommits() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git("checkout", "--quiet", "-b", "with");
        pat.write("local.secret", "committed");
        pat.git("add", "--force", "local.secret");
        pat.git("commit", "--quiet", "-m", "Track it");
        pat.git("checkout", "--quiet", "main");
        pat.write("local.secret", "mine").write("größe.secret", "mine").write(".worktreeinclude", "*.secret\n");
        WorkspaceOrigin origin = new WorkspaceOrigin(
                pat.root(),
                WorkspaceStrategy.WORKTREE,
                Optional.of("with"),
                false,
                IntegrationSpec.DEFAULT,
                temp.resolve("workspaces"));

        AgentAtWork agent = AgentAtWork.start(temp.resolve("workspaces"), origin);

        assertThat(agent.place().tree().resolve("local.secret")).hasContent("committed");
        assertThat(agent.place().tree().resolve("größe.secret")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--shared", "--reference"})
    void whatTheCheckoutBorrowsIsBorrowedByTheAgentAsWell(String how) {
        TestRepository mirror = TestRepository.at(temp.resolve("mirror"));
        Git git = Git.asPerson(temp);
        if (how.equals("--shared")) {
            git.run("clone", "--quiet", how, mirror.root().toString(), "project");
        } else {
            git.run("clone", "--quiet", how, mirror.root().toString(), "file://" + mirror.root(), "project");
        }
        TestRepository pat = TestRepository.over(temp.resolve("project"));

        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.write("new.txt", "new").commit("Add new");

        assertThat(agent.workspace().mounts())
                .contains(
                        new MountSpec(mirror.root().resolve(".git/objects"), "/claude-fleet/objects-1", true),
                        new MountSpec(agent.place().noAlternates(), "/claude-fleet/objects/info/alternates", true));
        assertThat(TestRepository.content(agent.place().agentGit().resolve("objects/info/alternates")))
                .contains("/claude-fleet/objects\n/claude-fleet/objects-1\n");
        assertThat(agent.integrateChanges().changes().warnings()).isEmpty();
    }

    @Test
    void whatAPartialCloneLacksIsFetchedBeforeTheAgentStarts() {
        TestRepository origin = TestRepository.at(temp.resolve("origin"));
        origin.write("README.md", "second\n").commit("Second");
        origin.git("config", "uploadpack.allowFilter", "true");
        origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
        Git.asPerson(temp).run("clone", "--quiet", "--filter=blob:none", "file://" + origin.root(), "project");
        TestRepository pat = TestRepository.over(temp.resolve("project"));

        AgentAtWork agent = start(pat, WorkspaceStrategy.CLONE, MergePolicy.BRANCH);

        assertThat(agent.git("log", "-p", "--format=%s")).contains("+second", "+hello");
        assertThat(agent.write("new.txt", "new")
                        .commit("Add new")
                        .integrateChanges()
                        .changes()
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aRootBehindALinkWillDo(WorkspaceStrategy strategy) throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("var/home/project"));
        pat.git("config", "worktree.useRelativePaths", "true");
        Files.createSymbolicLink(temp.resolve("home"), temp.resolve("var/home"));
        Path root = temp.resolve("home/workspaces");
        AgentAtWork agent = AgentAtWork.start(temp.resolve("home/project"), root, strategy, MergePolicy.BRANCH);
        agent.write("new.txt", "new").stop();

        assertThat(new FleetChanges(new FleetName("shop"), pat.root(), root).of(List.of()))
                .singleElement()
                .satisfies(work -> assertThat(work.changes().files()).isEqualTo(1));
        assertThat(agent.startAgain()).isPresent();
        assertThat(agent.clean(true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void aCheckoutThatWasClonedAnewPutsTheLastWorkAside(WorkspaceStrategy strategy) throws IOException {
        TestRepository origin = TestRepository.at(temp.resolve("origin"));
        Git.asPerson(temp).run("clone", "--quiet", "--depth=1", "file://" + origin.root(), "project");
        TestRepository pat = TestRepository.over(temp.resolve("project"));
        AgentAtWork agent = start(pat, strategy, MergePolicy.BRANCH);
        agent.write("new.txt", "new").stop();
        pat.check();
        pat.gone();
        FileTrees.delete(pat.root());
        origin.write("README.md", "second\n").commit("Second");
        Git.asPerson(temp).run("clone", "--quiet", "--depth=1", "file://" + origin.root(), "project");
        TestRepository.over(temp.resolve("project"));

        assertThat(agent.clean(false)).singleElement().asString().contains("another one by now");
        Optional<RetiredWorkspace> retired = agent.startAgain();

        assertThat(retired).isPresent();
        assertThat(Path.of(retired.get().where()).resolve("tree/new.txt")).exists();
        assertThat(agent.write("more.txt", "more").integrateChanges().changes().files())
                .isEqualTo(1);
        assertThat(agent.clean(true)).isEmpty();
        assertThat(agent.place().directory()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void givingUpEndsCleanWhateverIsGone(WorkspaceStrategy strategy) throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, strategy, MergePolicy.BRANCH);
        agent.write("new.txt", "new").integrateChanges();
        FileTrees.delete(pat.root().resolve(".git"));
        FileTrees.delete(agent.place().quarantine());
        Git.asPerson(pat.root()).run("init", "--quiet");
        pat.changed();

        assertThat(agent.clean(true)).isEmpty();

        assertThat(agent.place().directory()).doesNotExist();
    }

    @Test
    void workInACheckoutThatWasRenamedIsFound() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.write("new.txt", "new").integrateChanges();
        pat.check();
        pat.gone();
        Path renamed = Files.move(pat.root(), temp.resolve("renamed"));
        TestRepository.over(renamed);
        FleetChanges work = new FleetChanges(new FleetName("shop"), renamed, temp.resolve("workspaces"));
        agent.write("more.txt", "more");

        assertThat(work.of(List.of()))
                .singleElement()
                .satisfies(one -> assertThat(one.changes().files()).isEqualTo(2));
        assertThat(FleetChanges.clean(work.of(List.of()).get(0), true)).isEmpty();
        assertThat(Git.asPerson(renamed).ask("for-each-ref", "refs/claude-fleet", "refs/heads/claude-fleet"))
                .isEmpty();
    }

    @Test
    void oneAgentsFailureIsItsOwn() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork broken = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        WorkspaceLayout layout = new WorkspaceLayout(temp.resolve("places/other"));
        AgentWorkspace other = pat.worktree(layout);
        TestRepository.write(layout.tree().resolve("new.txt"), "new");
        broken.write("new.txt", "new");
        Files.writeString(broken.place().quarantine().resolve("HEAD"), "no git directory any more");

        List<IntegrationResult> integrated =
                Workspaces.integrateChanges(List.of(broken.place(), layout), temp.resolve("results"));
        Workspaces.tidy(integrated);

        assertThat(integrated)
                .extracting(IntegrationResult::outcome)
                .containsExactly(IntegrationResult.Outcome.FAILED, IntegrationResult.Outcome.BRANCH);
        assertThat(integrated.get(0).reason()).isNotEmpty();
        assertThat(pat.git("show", other.branch() + ":new.txt")).isEqualTo("new");
        assertThat(broken.place().tree().resolve("new.txt")).exists();
        assertThat(broken.clean(true)).isEmpty();
    }

    @Test
    void halfAWorkspaceIsMended() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        for (WorkspaceRecord.State state : WorkspaceRecord.State.values()) {
            AgentWorkspace made = WorkspaceRecord.workspaceIn(agent.place()).orElseThrow();
            new WorkspaceRecord(made, state).write();
            Files.delete(agent.place().tree().resolve("README.md"));
            if (state != WorkspaceRecord.State.READY && state != WorkspaceRecord.State.STARTING) {
                FileTrees.delete(agent.place().quarantine());
            }
            Files.writeString(agent.place().index().resolveSibling("index.lock"), "");

            agent.startAgain();

            assertThat(agent.place().tree().resolve("README.md"))
                    .as(state.name())
                    .exists();
        }
        assertThat(agent.place().aside(1).resolve("src/App.java")).exists();
        assertThat(agent.clean(true)).isEmpty();
        assertThat(pat.git("for-each-ref", "refs/claude-fleet")).isEmpty();
    }

    @Test
    void settingsThatCollectingNeedsAreNotWrittenAgain() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        Path config = agent.place().quarantine().resolve("config");
        Files.setLastModifiedTime(config, FileTime.fromMillis(0));

        agent.write("new.txt", "new").integrateChanges();

        assertThat(Files.getLastModifiedTime(config))
                .as("a kill while it is written would leave it empty")
                .isEqualTo(FileTime.fromMillis(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "start"})
    void whatAKillLeftBeforeThereIsARecordIsMended(String goal) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.clean(true);
        assertThat(temp.resolve("workspaces")).isEmptyDirectory();
        TestRepository.write(agent.place().lock(), "");
        TestRepository.write(agent.place().record().resolveSibling("workspace.properties.next"), "state=MA");
        TestRepository.write(agent.place().quarantine().resolve("HEAD"), "");

        if (goal.equals("start")) {
            agent.startAgain();
            assertThat(agent.write("new.txt", "new")
                            .integrateChanges()
                            .changes()
                            .files())
                    .isEqualTo(1);
        }

        assertThat(agent.clean(true)).isEmpty();
        assertThat(temp.resolve("workspaces")).isEmptyDirectory();
    }

    @Test
    void emptyDirectoriesThatAKillLeftAreRemoved() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        agent.clean(true);
        Files.createDirectories(agent.place().directory());
        Files.createDirectories(temp.resolve("workspaces/shop-0123456789ab"));
        Files.createDirectories(temp.resolve("workspaces/other-0123456789ab"));
        TestRepository.write(temp.resolve("workspaces/shop-0123456789cd/file"), "");

        assertThat(agent.clean(false)).isEmpty();

        assertThat(temp.resolve("workspaces").toFile().list())
                .as("those of other fleets stay")
                .containsExactlyInAnyOrder("other-0123456789ab", "shop-0123456789cd");
    }

    @Test
    void aRemoteThatHasAnEarlierRunsBranchGetsOneBesideIt() {
        TestRepository origin = TestRepository.at(temp.resolve("origin"));
        Git.asPerson(temp).run("clone", "--quiet", "--bare", "file://" + origin.root(), "remote.git");
        Path remote = temp.resolve("remote.git");
        for (int build = 1; build <= 2; build++) {
            String checkout = "checkout-" + build;
            Git.asPerson(temp).run("clone", "--quiet", "--depth=1", "file://" + origin.root(), checkout);
            TestRepository pat = TestRepository.over(temp.resolve(checkout));
            IntegrationSpec integration =
                    new IntegrationSpec(MergePolicy.PUSH, true, "file://" + remote, Optional.empty());
            WorkspaceOrigin asked = new WorkspaceOrigin(
                    pat.root(),
                    WorkspaceStrategy.WORKTREE,
                    Optional.empty(),
                    false,
                    integration,
                    temp.resolve("workspaces"));
            AgentAtWork agent = AgentAtWork.start(temp.resolve("workspaces"), asked);

            IntegrationResult pushed =
                    agent.write("new-" + build + ".txt", "new").integrateChanges();

            assertThat(pushed.reason()).isEmpty();
            assertThat(pushed.outcome()).isEqualTo(IntegrationResult.Outcome.PUSHED);
            assertThat(pushed.where()).contains("claude-fleet/shop/fixer" + (build == 1 ? " " : "@1 "));
        }
        assertThat(Git.alone(remote).ask("for-each-ref", "--format=%(refname:short)", "refs/heads/claude-fleet"))
                .isEqualTo("claude-fleet/shop/fixer\nclaude-fleet/shop/fixer@1");
    }

    @Test
    void aPathLongerThanACallTakesIsRemoved() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentAtWork agent = start(pat, WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        String name = "d".repeat(200);
        String deep =
                "i=0; while [ $i -lt 25 ]; do mkdir " + name + " && cd " + name + "; i=$((i+1)); done; echo x >file";
        new ProcessBuilder("sh", "-c", deep)
                .directory(agent.place().tree().toFile())
                .start()
                .waitFor();
        agent.write("new.txt", "new");

        IntegrationResult integrated = agent.integrateChanges();

        assertThat(pat.git("show", "claude-fleet/shop/fixer:new.txt")).isEqualTo("new");
        assertThat(integrated.changes().warnings()).isNotEmpty();
        assertThat(agent.clean(false)).isNotEmpty();
        assertThat(agent.clean(true)).isEmpty();
        assertThat(agent.place().directory()).doesNotExist();
    }

    private AgentAtWork start(TestRepository pat, WorkspaceStrategy strategy, MergePolicy merge) {
        return AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, merge);
    }
}
