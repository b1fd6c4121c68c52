package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work of agents that others use while the fleet is at work: real git on real repositories. */
@ExtendWith(PersonUnharmed.class)
class WorkOfOthersTest {

    private static final Workspaces.Ownership NOBODYS = (file, user) -> {};
    private static final ContainerUser USER = new ContainerUser(1000, 1000);

    @TempDir
    private Path temp;

    // ---- current changes

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE", "COPY"})
    void theCurrentChangesAreAPatchAndFilesToCheck(WorkspaceStrategy strategy) throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace fixer = tree(pat, "fixer", strategy, MergePolicy.PATCH);
        write(fixer, "src/App.java", "class App { int a; }\n");
        write(fixer, "new.txt", "new");
        write(fixer, "target/classes/App.class", "prepared by the agent");

        CurrentChanges changes = CurrentChanges.in(fixer.place());

        assertThat(new String(changes.patch(), StandardCharsets.UTF_8)).contains("+class App { int a; }", "+new");
        assertThat(changes.files()).containsExactlyInAnyOrder("src/App.java", "new.txt");
        Path directory;
        try (CurrentChanges.Files files = changes.checkOut(NOBODYS, USER)) {
            directory = files.directory();
            assertThat(directory.resolve("new.txt")).hasContent("new");
            assertThat(directory.resolve("src/App.java")).hasContent("class App { int a; }");
            assertThat(directory.resolve("target"))
                    .as("ignored files are the agent's own")
                    .doesNotExist();
        }
        assertThat(directory).doesNotExist();
        assertThatThrownBy(changes::branch).hasMessageContaining("are on no branch: its workspace.merge is patch");
    }

    @Test
    void withoutChangesThereIsNothingToHandOver() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace fixer = tree(pat, "fixer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);

        CurrentChanges changes = CurrentChanges.in(fixer.place());

        assertThat(changes.patch()).isEmpty();
        assertThat(changes.files()).isEmpty();
        assertThat(changes.branch()).isEqualTo(pat.head());
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE"})
    void anotherAgentsGitKnowsTheBranch(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace fixer = tree(pat, "fixer", strategy, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", strategy, MergePolicy.BRANCH);
        write(fixer, "new.txt", "new");

        List<Path> given = new ArrayList<>();
        for (int time = 1; time <= 2; time++) {
            CurrentChanges.in(fixer.place()).showBranchTo(reviewer.place(), (file, user) -> given.add(file), USER);
        }

        Path heads = reviewer.place().agentGit().resolve("refs/heads");
        assertThat(given)
                .as("only what is new gets another owner, as the agent may be at work")
                .containsExactly(heads.resolve("claude-fleet"), heads.resolve("claude-fleet/shop/fixer"));
        assertThat(TestRepository.agent(reviewer).ask("show", "claude-fleet/shop/fixer:new.txt"))
                .isEqualTo("new");
        assertThat(TestRepository.agent(reviewer).ask("rev-parse", "--abbrev-ref", "HEAD"))
                .isEqualTo("claude-fleet/shop/reviewer");
    }

    // ---- a start from others' work

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE"})
    void aWorkspaceStartsFromTheMergeOfOthers(WorkspaceStrategy strategy) {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", strategy, MergePolicy.BRANCH);
        AgentWorkspace two = tree(pat, "two", strategy, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", strategy, MergePolicy.BRANCH);
        write(one, "src/App.java", "class App { int one; }\n");
        write(two, "two.txt", "two");
        touch(reviewer, "src/App.java");

        assertThat(start(reviewer, false, one, two)).isEmpty();

        assertThat(reviewer.place().tree().resolve("src/App.java")).hasContent("class App { int one; }");
        assertThat(reviewer.place().tree().resolve("two.txt")).hasContent("two");
        AgentWorkspace started = WorkspaceRecord.workspaceIn(reviewer.place()).orElseThrow();
        assertThat(TestRepository.agent(started).ask("status", "--porcelain")).isEmpty();
        assertThat(TestRepository.agent(started).ask("rev-parse", "--abbrev-ref", "HEAD"))
                .isEqualTo("claude-fleet/shop/reviewer");
        assertThat(CurrentChanges.in(reviewer.place()).files())
                .as("what it starts from is not its own")
                .isEmpty();

        write(reviewer, "review.txt", "fine");
        assertThat(CurrentChanges.in(reviewer.place()).files()).containsExactly("review.txt");
        assertThat(pat.git("show", "claude-fleet/shop/reviewer:two.txt")).isEqualTo("two");
        assertThat(pat.git("show", "claude-fleet/shop/reviewer:review.txt")).isEqualTo("fine");
    }

    @Test
    void aWorkspaceWithWorkIsNotStartedAgain() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "one.txt", "one");
        write(reviewer, "mine.txt", "mine");

        assertThat(start(reviewer, false, one)).isEmpty();

        assertThat(reviewer.place().tree().resolve("one.txt")).doesNotExist();
        assertThat(reviewer.place().tree().resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void whatIsNotCommittedStaysWithItsAgentByChoice() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH, false);
        AgentWorkspace two = tree(pat, "two", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH, false);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "one.txt", "not committed");
        write(two, "committed.txt", "c");
        TestRepository.agent(two).run("add", "--all");
        TestRepository.agent(two).run("commit", "--quiet", "-m", "Add c");
        write(two, "rest.txt", "not committed");

        assertThat(start(reviewer, false, one, two)).isEmpty();

        assertThat(reviewer.place().tree().resolve("committed.txt")).hasContent("c");
        assertThat(reviewer.place().tree().resolve("one.txt")).doesNotExist();
        assertThat(reviewer.place().tree().resolve("rest.txt")).doesNotExist();
    }

    @Test
    void aConflictChangesNothingAndNamesItsFiles() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace two = tree(pat, "two", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "src/App.java", "class App { int one; }\n");
        write(two, "src/App.java", "class App { int two; }\n");

        assertThat(start(reviewer, false, one, two)).containsExactly("src/App.java");

        assertThat(TestRepository.content(reviewer.place().tree().resolve("src/App.java")))
                .isEqualTo(TestRepository.content(pat.root().resolve("src/App.java")));
        assertThat(CurrentChanges.in(reviewer.place()).files()).isEmpty();
    }

    @Test
    void aConflictMayBeLeftToTheAgent() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace two = tree(pat, "two", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "src/App.java", "class App { int one; }\n");
        write(two, "src/App.java", "class App { int two; }\n");

        assertThat(start(reviewer, true, one, two)).containsExactly("src/App.java");

        assertThat(TestRepository.content(reviewer.place().tree().resolve("src/App.java"))
                        .orElseThrow())
                .contains("<<<<<<<", "int one;", "int two;", ">>>>>>>");
        assertThat(TestRepository.agent(
                                WorkspaceRecord.workspaceIn(reviewer.place()).orElseThrow())
                        .ask("status", "--porcelain"))
                .isEmpty();
    }

    @Test
    void aConflictThatWasLeftIsToldAgainToALaterAttempt() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace two = tree(pat, "two", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace three = tree(pat, "three", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "src/App.java", "class App { int one; }\n");
        write(two, "src/App.java", "class App { int two; }\n");
        write(two, "pr\u00fcfung.md", "two");
        write(three, "three.txt", "three");
        write(three, "pr\u00fcfung.md", "three");
        List<String> conflicts = start(reviewer, true, one, two, three);

        assertThat(conflicts).containsExactly("src/App.java", "pr\u00fcfung.md");
        assertThat(start(reviewer, true, one, two, three)).isEqualTo(conflicts);
        write(reviewer, "src/App.java", "class App { int one; int two; }\n");
        assertThat(start(reviewer, true, one, two, three)).isEqualTo(conflicts);
        assertThat(start(reviewer, false, one)).isEmpty();
    }

    @Test
    void nothingIsPublishedOfAStartThatWasCutOff() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        cutOff(reviewer, one);

        List<IntegrationResult> homes = Workspaces.integrateChanges(List.of(reviewer.place()), temp.resolve("results"));

        assertThat(homes).singleElement().satisfies(home -> {
            assertThat(home.outcome()).isEqualTo(IntegrationResult.Outcome.NOTHING);
            assertThat(home.changes().isNew()).as("so that stop reports it").isTrue();
            assertThat(home.changes().warnings()).singleElement().asString().contains("was cut off");
        });
        assertThat(pat.git("branch", "--list", "claude-fleet/*/reviewer")).isEmpty();
        assertThat(RetiredWorkspace.retire(reviewer.place(), Optional.empty()))
                .get()
                .matches(retired -> retired.changes().isForNothing());
    }

    @Test
    void aStartThatWasCutOffIsFinished() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        cutOff(reviewer, one);
        write(reviewer, "src/App.java", "half of a fi");
        Files.createFile(reviewer.place().index().resolveSibling("index.lock"));

        assertThat(start(reviewer, false, one)).isEmpty();

        assertThat(reviewer.place().tree().resolve("src/App.java")).hasContent("class App { int one; }");
        assertThat(CurrentChanges.in(reviewer.place()).files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKTREE", "CLONE"})
    void aSparsePartialCloneIsStartedAndChecked(WorkspaceStrategy strategy) throws Exception {
        TestRepository origin = TestRepository.at(temp.resolve("origin"));
        origin.write("big/data.txt", "data").write("big/more.txt", "more").commit("Add data");
        origin.git("config", "uploadpack.allowFilter", "true");
        origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
        origin.git(
                "clone",
                "--quiet",
                "--filter=blob:none",
                "--sparse",
                "file://" + origin.root(),
                temp.resolve("project").toString());
        TestRepository pat = TestRepository.over(temp.resolve("project"));
        pat.git("sparse-checkout", "set", "--cone", "src");
        AgentWorkspace one = tree(pat, "one", strategy, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", strategy, MergePolicy.BRANCH);
        write(one, "src/App.java", "class App { int one; }\n");
        write(one, "big/data.txt", "changed");

        assertThat(start(reviewer, false, one)).isEmpty();

        assertThat(reviewer.place().tree().resolve("src/App.java")).hasContent("class App { int one; }");
        assertThat(reviewer.place().tree().resolve("big/more.txt")).doesNotExist();
        AgentWorkspace started = WorkspaceRecord.workspaceIn(reviewer.place()).orElseThrow();
        assertThat(TestRepository.agent(started).ask("status", "--porcelain")).isEmpty();
        CurrentChanges changes = CurrentChanges.in(reviewer.place());
        assertThat(changes.files()).isEmpty();
        try (CurrentChanges.Files files = changes.checkOut(NOBODYS, USER)) {
            assertThat(files.directory().resolve("big/data.txt")).hasContent("changed");
            assertThat(files.directory().resolve("big/more.txt")).hasContent("more");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--depth=1", "--filter=tree:0"})
    void aCheckoutOfACiSystemIsStarted(String clone) {
        TestRepository origin = TestRepository.at(temp.resolve("origin"));
        origin.write("src/App.java", "class App { int second; }\n").commit("Second");
        origin.git("config", "uploadpack.allowFilter", "true");
        origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
        Path project = temp.resolve("project");
        origin.git("clone", "--quiet", clone, "file://" + origin.root(), project.toString());
        TestRepository pat = TestRepository.over(project);
        pat.git("checkout", "--quiet", "--detach");
        pat.git("branch", "--quiet", "-D", "main");
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace two = tree(pat, "two", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "one.txt", "one");
        write(two, "two.txt", "two");

        assertThat(start(reviewer, false, one, two)).isEmpty();

        assertThat(reviewer.place().tree().resolve("one.txt")).hasContent("one");
        assertThat(reviewer.place().tree().resolve("two.txt")).hasContent("two");
        AgentWorkspace started = WorkspaceRecord.workspaceIn(reviewer.place()).orElseThrow();
        assertThat(TestRepository.agent(started).ask("status", "--porcelain")).isEmpty();
        write(reviewer, "review.txt", "fine");
        assertThat(CurrentChanges.in(reviewer.place()).files()).containsExactly("review.txt");
        assertThat(pat.git("show", "claude-fleet/shop/reviewer:one.txt")).isEqualTo("one");
    }

    @Test
    void habitsOfThePersonDoNotHinderAMerge() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write(".git/hooks/pre-merge-commit", "#!/bin/sh\nexit 1\n")
                .write(".git/hooks/commit-msg", "#!/bin/sh\nexit 1\n");
        for (String hook : List.of("pre-merge-commit", "commit-msg")) {
            assertThat(pat.root().resolve(".git/hooks").resolve(hook).toFile().setExecutable(true))
                    .isTrue();
        }
        pat.changed();
        for (String setting : List.of(
                "commit.gpgSign=true",
                "gpg.program=false",
                "merge.ff=only",
                "merge.verifySignatures=true",
                "pull.rebase=true",
                "merge.conflictStyle=diff3",
                "commit.template=/nowhere",
                "core.editor=false",
                "rerere.enabled=true",
                "merge.default=nobody")) {
            String[] words = setting.split("=");
            pat.git("config", words[0], words[1]);
        }
        pat.changed();
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace two = tree(pat, "two", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "src/App.java", "class App { int one; }\n");
        write(one, "one.txt", "one");
        write(two, "src/App.java", "class App { int two; }\n");

        assertThat(start(reviewer, true, one, two)).containsExactly("src/App.java");

        assertThat(reviewer.place().tree().resolve("one.txt")).hasContent("one");
        assertThat(TestRepository.content(reviewer.place().tree().resolve("src/App.java"))
                        .orElseThrow())
                .contains("<<<<<<<", ">>>>>>>");
    }

    @Test
    void refusesAnAgentWhoseWorkIsOnNoBranch() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.PATCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "one.txt", "one");

        assertThatThrownBy(() -> start(reviewer, false, one))
                .hasMessageContaining("the changes of agent one are on no branch");
    }

    @Test
    void refusesAGitDirectoryThatLeadsElsewhere() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace one = tree(pat, "one", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        AgentWorkspace reviewer = tree(pat, "reviewer", WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        write(one, "one.txt", "one");
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Path heads = reviewer.place().agentGit().resolve("refs/heads");
        Files.delete(heads);
        Files.createSymbolicLink(heads, elsewhere);

        assertThatThrownBy(() -> start(reviewer, false, one)).hasMessageContaining("was changed");

        assertThat(elsewhere).isEmptyDirectory();
    }

    /** Starts a workspace from another one, but fails before the record of the start is written. */
    private void cutOff(AgentWorkspace reviewer, AgentWorkspace one) throws IOException {
        write(one, "one.txt", "one");
        write(one, "src/App.java", "class App { int one; }\n");
        Path index = reviewer.place().agentGit().resolve("index");
        Path away = temp.resolve("away");
        Files.move(index, away);
        assertThatThrownBy(() -> start(reviewer, false, one)).hasMessageContaining("was changed");
        assertThat(reviewer.place().tree().resolve("one.txt"))
                .as("its files are those of the start, and its record is not")
                .exists();
        Files.move(away, index);
    }

    private List<String> start(AgentWorkspace workspace, boolean leave, AgentWorkspace... others) {
        return StartFromAgents.apply(
                workspace.place(),
                List.of(others).stream().map(AgentWorkspace::place).toList(),
                leave,
                NOBODYS,
                USER);
    }

    private AgentWorkspace tree(TestRepository pat, String agent, WorkspaceStrategy strategy, MergePolicy merge) {
        return tree(pat, agent, strategy, merge, true);
    }

    private AgentWorkspace tree(
            TestRepository pat, String agent, WorkspaceStrategy strategy, MergePolicy merge, boolean commits) {
        IntegrationSpec integration = new IntegrationSpec(merge, commits, "origin", Optional.of(CommitAuthor.FLEET));
        return new WorkspaceCreator(new AgentWorkspace(
                        pat.repository(),
                        new WorkspaceLayout(temp.resolve("places").resolve(agent)),
                        strategy,
                        "claude-fleet/shop/" + agent,
                        pat.head(),
                        integration,
                        AgentWorkspace.newRun()))
                .make();
    }

    /** Changes what the index knows of a file, as a change of its owner does. */
    private static void touch(AgentWorkspace tree, String name) {
        assertThat(tree.place().tree().resolve(name).toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
    }

    private static void write(AgentWorkspace tree, String name, String text) {
        TestRepository.write(tree.place().tree().resolve(name), text);
    }
}
