package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real git on real repositories; a test acts as the agent, with git as in its container. */
@ExtendWith(PersonUnharmed.class)
class WorktreeTest {

    @TempDir
    private Path temp;

    // ---- creation

    @Test
    void anAgentHasATreeAndABranchOfItsOwn() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));

        AgentWorkspace worktree = pat.worktree(place("fixer"));

        assertThat(TestRepository.content(worktree.place().tree().resolve("src/App.java")))
                .contains("class App {}\n");
        assertThat(pat.git("branch", "--list", "claude-fleet/*"))
                .as("as long as nothing is on it")
                .isEmpty();
        assertThat(agent(worktree, "status", "--porcelain")).isEmpty();
        assertThat(agent(worktree, "rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("claude-fleet/shop/fixer");
        assertThat(agent(worktree, "log", "--format=%s")).isEqualTo("First");
        assertThat(pat.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void itIsFoundAgain() {
        AgentWorkspace worktree = TestRepository.at(temp.resolve("project")).worktree(place("fixer"));

        assertThat(WorkspaceRecord.workspaceIn(place("fixer"))).contains(worktree);
        assertThat(WorkspaceRecord.workspaceIn(place("nobody"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "größe-漢字", "quo\"te", "it's"})
    void pathsMayHaveAnyLetters(String name) {
        TestRepository pat = TestRepository.at(temp.resolve(name));
        pat.write("dir " + name + "/file " + name, "text\n");
        pat.git("add", "--all");
        pat.git("commit", "--quiet", "-m", "Second");
        AgentWorkspace worktree =
                pat.worktree(new WorkspaceLayout(temp.resolve("places " + name).resolve("fixer")));
        Path file = worktree.place().tree().resolve("dir " + name + "/file " + name);
        assertThat(TestRepository.content(file)).contains("text\n");

        TestRepository.write(file, "changed\n");
        Changes changes = collect(worktree);

        assertThat(pat.git("show", changes.head() + ":dir " + name + "/file " + name))
                .isEqualTo("changed");
    }

    @Test
    void aRepositoryWithoutACommitIsRefusedWithWhatToDo() {
        TestRepository pat = TestRepository.empty(temp.resolve("project"));

        assertThatThrownBy(() -> pat.repository().commit("HEAD"))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        refusal -> assertThat(refusal.suggestion()).contains("Commit something first"))
                .hasMessageContaining("has none yet");
        assertThatThrownBy(() ->
                        TestRepository.at(temp.resolve("other")).repository().commit("nowhere"))
                .hasMessageContaining("\"nowhere\" is no commit, branch or tag");
    }

    @Test
    void whereThereIsNoGitThereIsNoRepository() {
        assertThat(Repository.around(temp)).isEmpty();
    }

    @Test
    void aSubdirectorysRepositoryIsTheWholeOne() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));

        assertThat(Repository.around(pat.root().resolve("src"))).contains(pat.repository());
        assertThat(pat.repository().root()).isEqualTo(pat.root());
    }

    @Test
    void uncommittedChangesComeAlongWhereTheyAreAskedFor() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("README.md", "changed\n")
                .write("new.txt", "new\n")
                .write("target/x", "built")
                .write("my.secret", "s");

        String snapshot = pat.repository().snapshot(temp, List.of());
        AgentWorkspace worktree = pat.tree(place("fixer"), WorkspaceStrategy.WORKTREE, snapshot);

        assertThat(TestRepository.content(worktree.place().tree().resolve("README.md")))
                .contains("changed\n");
        assertThat(worktree.place().tree().resolve("new.txt")).exists();
        assertThat(worktree.place().tree().resolve("target")).doesNotExist();
        assertThat(pat.git("status", "--porcelain"))
                .as("nothing of it is staged")
                .contains("M README.md", "?? new.txt");
        assertThat(pat.git("diff", "--cached", "--name-only")).isEmpty();
    }

    /** One agent's branch is merged into that of another: changes that both began with must not be two commits. */
    @Test
    void theSameUncommittedChangesAreTheSameCommitForEachAgent() throws Exception {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("README.md", "changed\n");
        String first = pat.repository().snapshot(Files.createDirectory(temp.resolve("a")), List.of());

        // Git's times are in seconds.
        Thread.sleep(1100);

        assertThat(pat.repository().snapshot(Files.createDirectory(temp.resolve("b")), List.of()))
                .isEqualTo(first)
                .isNotEqualTo(pat.head());
    }

    @Test
    void ignoredFilesComeAlongThatAreNamed() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("a.secret", "a").write("b.secret", "b").write(".worktreeinclude", "a.secret\nREADME.md\n");

        AgentWorkspace worktree = pat.worktree(place("fixer"));

        assertThat(TestRepository.content(worktree.place().tree().resolve("a.secret")))
                .contains("a");
        assertThat(worktree.place().tree().resolve("b.secret")).doesNotExist();
    }

    // ---- integration into the branch

    @Test
    void commitsAndWhatIsNotCommittedComeHomeOnTheBranch() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "src/App.java", "class App { int a; }\n");
        agent(worktree, "commit", "--quiet", "--all", "-m", "Add a");
        write(worktree, "src/New.java", "class New {}\n");
        write(worktree, "target/junk", "junk");

        Changes changes = collect(worktree);

        assertThat(changes.commits()).isEqualTo(2);
        assertThat(changes.files()).isEqualTo(2);
        assertThat(changes.stat()).contains("src/App.java", "2 files changed");
        assertThat(changes.warnings()).isEmpty();
        assertThat(pat.git("log", "--format=%s", "main..claude-fleet/shop/fixer"))
                .isEqualTo("Work of agent fixer\nAdd a");
        assertThat(pat.git("log", "-1", "--format=%(trailers)", "claude-fleet/shop/fixer"))
                .isEqualTo("Claude-Fleet: shop/fixer");
        assertThat(pat.git("show", "claude-fleet/shop/fixer:src/New.java")).isEqualTo("class New {}");
        assertThat(pat.git("status", "--porcelain")).isEmpty();
        assertThat(pat.git("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void collectingTwiceIsCollectingOnce() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "new.txt", "new");

        Changes first = collect(worktree);
        Changes second = collect(worktree);

        assertThat(pat.git("rev-list", "--count", "main..claude-fleet/shop/fixer"))
                .isEqualTo("1");
        assertThat(second.files()).isEqualTo(first.files());
        assertThat(second.head()).as("what was merged stays so").isEqualTo(first.head());
        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
    }

    @Test
    void nothingChangedIsNothing() {
        AgentWorkspace worktree = TestRepository.at(temp.resolve("project")).worktree(place("fixer"));

        assertThat(collect(worktree).isNothing()).isTrue();
    }

    @Test
    void aNewTreeOfAnAgentKeepsWhatItDidBefore() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace before = pat.worktree(place("fixer"));
        write(before, "new.txt", "new");
        String head = collect(before).head();
        AgentWorkspace again = pat.worktree(new WorkspaceLayout(temp.resolve("again/fixer")));
        write(again, "other.txt", "other");

        assertThat(collect(again).branch()).isEqualTo(before.branch() + "@1");
        assertThat(pat.git("rev-parse", before.branch())).isEqualTo(head);
    }

    @Test
    void aTreeThatSomebodyRemovedTakesNoCommitsAlong() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "new.txt", "new");
        agent(worktree, "add", "--all");
        agent(worktree, "commit", "--quiet", "-m", "Add new");
        FileTrees.delete(worktree.place().tree());

        Changes changes = collect(worktree);
        new WorkspaceRemover(worktree.place()).remove(worktree, false);

        assertThat(pat.git("log", "-1", "--format=%s", worktree.branch())).isEqualTo("Add new");
        assertThat(changes.files()).isEqualTo(1);
        assertThat(pat.worktree(place("fixer")).place().tree()).isDirectory();
        assertThat(pat.git("log", "-1", "--format=%s", worktree.branch())).isEqualTo("Add new");
    }

    // ---- merge

    @Test
    void aMergeTakesAllThatAnAgentDid() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "new.txt", "new");
        collect(worktree);
        pat.write("untracked.txt", "mine");
        pat.getsMerged("new.txt");

        assertThat(Merge.of(worktree, collect(worktree))).isInstanceOf(Merge.Merged.class);

        assertThat(TestRepository.content(pat.root().resolve("new.txt"))).contains("new");
        assertThat(Merge.of(worktree, collect(worktree))).isEqualTo(new Merge.Nothing());
    }

    @Test
    void aMergeThatConflictsLeavesNoTraceAndNamesTheFiles() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace first = pat.worktree(place("first"));
        AgentWorkspace second = pat.worktree(place("second"));
        write(first, "README.md", "first\n");
        write(second, "README.md", "second\n");
        write(second, "new.txt", "new");
        collect(first);
        String theirs = collect(second).head();
        pat.getsMerged("README.md");
        assertThat(Merge.of(first, collect(first))).isInstanceOf(Merge.Merged.class);
        String before = pat.head();

        assertThat(Merge.of(second, collect(second))).isEqualTo(new Merge.Conflict(List.of("README.md")));

        assertThat(pat.head()).isEqualTo(before);
        assertThat(pat.git("status", "--porcelain")).isEmpty();
        assertThat(pat.git("rev-parse", second.branch())).isEqualTo(theirs);
    }

    @Test
    void whatIsNotCommittedIsNeverOverwritten() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "new.txt", "theirs");
        collect(worktree);
        pat.write("README.md", "mine\n");

        assertThat(Merge.of(worktree, collect(worktree))).isEqualTo(new Merge.NotClean(List.of("README.md")));

        pat.git("checkout", "--quiet", "README.md");
        pat.write("new.txt", "mine");
        assertThat(Merge.of(worktree, collect(worktree)))
                .isInstanceOfSatisfying(
                        Merge.Refused.class,
                        refused -> assertThat(refused.reason()).contains("new.txt"));
        assertThat(TestRepository.content(pat.root().resolve("new.txt"))).contains("mine");
    }

    // ---- clean

    @Test
    void cleaningKeepsWhatIsNotMergedUnlessItIsGivenUp() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "new.txt", "new");
        collect(worktree);

        assertThat(clean(worktree, false)).containsExactly(worktree.branch());
        assertThat(worktree.place().tree().resolve("new.txt")).exists();

        assertThat(clean(worktree, true)).isEmpty();
        assertThat(worktree.place().tree()).doesNotExist();
        assertThat(pat.git("branch", "--list", "claude-fleet/*")).isEmpty();
        assertThat(pat.git("worktree", "list")).doesNotContain("fixer");
    }

    @Test
    void cleaningTakesWhatIsMerged() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        write(worktree, "new.txt", "new");
        collect(worktree);
        pat.getsMerged("new.txt");
        Merge.of(worktree, collect(worktree));

        assertThat(clean(worktree, false)).isEmpty();
        assertThat(pat.git("branch", "--list", "claude-fleet/*")).isEmpty();
    }

    // ---- malicious agents

    @Test
    void nothingOfTheAgentsIsRunOnThisMachine() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        Path proof = temp.resolve("ran");
        String run = "touch '" + proof + "'";
        Path git = worktree.place().agentGit();
        Files.writeString(git.resolve("config"), """
                [core]
                    bare = true
                    fsmonitor = %1$s
                    hooksPath = %2$s
                    sshCommand = %1$s
                [filter "evil"]
                    clean = %1$s
                    smudge = %1$s
                    process = %1$s
                [diff "evil"]
                    textconv = %1$s
                    command = %1$s
                [uploadpack]
                    packObjectsHook = %1$s
                """.formatted("\"" + run + "\"", git.resolve("hooks")));
        for (String hook :
                new String[] {"post-commit", "pre-commit", "reference-transaction", "post-checkout", "post-index-change"
                }) {
            TestRepository.write(git.resolve("hooks").resolve(hook), "#!/bin/sh\n" + run + "\n");
            git.resolve("hooks").resolve(hook).toFile().setExecutable(true);
        }
        write(worktree, ".gitattributes", "* filter=evil diff=evil\n");
        write(worktree, ".mvn/jvm.config", "-javaagent:evil.jar\n");
        Files.createSymbolicLink(worktree.place().tree().resolve("leads-out"), Path.of("/etc/passwd"));
        Path nested = worktree.place().tree().resolve("nested");
        TestRepository.at(nested).git("config", "core.fsmonitor", run);

        Changes changes = collect(worktree);

        assertThat(proof).doesNotExist();
        assertThat(changes.warnings())
                .contains(
                        "look at .mvn/jvm.config before you use it: tools run what it says",
                        "look at .gitattributes before you use it: tools run what it says",
                        "leads-out is a link that leads out of the repository: /etc/passwd",
                        "nested stays in the workspace: it is a git repository of its own");
        TestRepository.agent(worktree).attempt(new byte[0], "status");
        assertThat(proof).as("a git that believes the agent runs it").exists();
        assertThat(pat.git("show", changes.head() + ":leads-out"))
                .as("the link, not what it leads to")
                .isEqualTo("/etc/passwd");
    }

    @Test
    void objectsThatAreLinksAreNotFollowed() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        Files.createSymbolicLink(worktree.place().agentGit().resolve("objects/ab"), temp);
        write(worktree, "new.txt", "new");

        Changes changes = collect(worktree);

        assertThat(changes.warnings()).singleElement().asString().contains("tampered with");
        assertThat(changes.files()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ref: refs/heads/../../../../secret",
                "ref: refs/heads/none",
                "0123",
                "",
                "1111111111111111111111111111111111111111"
            })
    void aHeadThatIsNoneIsTheBase(String head) throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        Files.writeString(worktree.place().agentGit().resolve("HEAD"), head);
        write(worktree, "new.txt", "new");

        Changes changes = collect(worktree);

        assertThat(changes.files()).isEqualTo(1);
        assertThat(pat.git("rev-parse", worktree.branch() + "^")).isEqualTo(worktree.base());
    }

    @Test
    void whatIsVeryLargeStaysWhereItIs() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        AgentWorkspace worktree = pat.worktree(place("fixer"));
        try (var file = new java.io.RandomAccessFile(
                worktree.place().tree().resolve("huge").toFile(), "rw")) {
            file.setLength(101L << 20);
        }
        write(worktree, "new.txt", "new");

        Changes changes = collect(worktree);

        assertThat(changes.warnings()).containsExactly("huge stays in the workspace: it has 101 MiB");
        assertThat(changes.files()).isEqualTo(1);
    }

    private static List<String> clean(AgentWorkspace workspace, boolean givenUp) {
        return new WorkspaceRemover(workspace.place()).clean(workspace, givenUp);
    }

    private WorkspaceLayout place(String agent) {
        return new WorkspaceLayout(temp.resolve("places").resolve(agent));
    }

    private static Changes collect(AgentWorkspace worktree) {
        return ChangeCollector.of(worktree);
    }

    private static void write(AgentWorkspace worktree, String name, String text) {
        TestRepository.write(worktree.place().tree().resolve(name), text);
    }

    private static String agent(AgentWorkspace worktree, String... arguments) {
        return TestRepository.agent(worktree).ask(arguments);
    }
}
