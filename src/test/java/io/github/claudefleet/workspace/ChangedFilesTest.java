package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changed files for which git's list of differences is incomplete. */
@ExtendWith(PersonUnharmed.class)
class ChangedFilesTest {

    @TempDir
    private Path temp;

    private TestRepository pat;
    private AgentAtWork agent;
    private Path tree;

    @BeforeEach
    void startAnAgent() {
        pat = TestRepository.at(temp.resolve("project"));
        agent = AgentAtWork.start(
                pat.root(), temp.resolve("workspaces"), WorkspaceStrategy.WORKTREE, MergePolicy.BRANCH);
        tree = agent.place().tree();
    }

    @Test
    void filesBehindALinkInPlaceOfTheirDirectoryAreGone() throws IOException {
        Files.move(tree.resolve("src"), tree.resolve("moved"));
        Files.createSymbolicLink(tree.resolve("src"), Path.of("moved"));
        agent.write(".gitignore", "/src\n");

        assertThat(integrated()).containsExactly("M .gitignore", "A moved/App.java", "D src/App.java");
    }

    @Test
    void aFileAndADirectoryChangePlaces() throws IOException {
        Files.delete(tree.resolve("README.md"));
        agent.write("README.md/part.txt", "part");
        Files.delete(tree.resolve("src/App.java"));
        Files.delete(tree.resolve("src"));
        agent.write("src", "a file");

        assertThat(integrated()).containsExactly("D README.md", "A README.md/part.txt", "A src", "D src/App.java");
    }

    @Test
    void aFileThatIsIgnoredByNowIsStillOneOfTheRepository() {
        agent.write(".gitignore", "*.md\n").write("README.md", "changed").write("new.md", "ignored");

        assertThat(integrated()).containsExactly("M .gitignore", "M README.md");
    }

    @Test
    void aFileThatOnlyLooksChangedIsNoChange() {
        agent.write("README.md", "hello\n");

        assertThat(integrated()).isEmpty();
    }

    @Test
    void aDirectoryAroundARepositoryComesHomeWithoutIt() {
        agent.write("lib/App.java", "class Lib {}\n").write("lib/own/File.java", "class Own {}\n");
        TestRepository.empty(tree.resolve("lib/own"));

        assertThat(integrated()).containsExactly("A lib/App.java");
    }

    @Test
    void manyComeHome() {
        IntStream.range(0, 3000).forEach(i -> agent.write("many/File" + i + ".java", "class File" + i + " {}\n"));

        assertThat(integrated()).hasSize(3000).allMatch(line -> line.startsWith("A many/File"));
    }

    /** Integrates the changes twice, with the same result, and returns the changed files. */
    private List<String> integrated() {
        Changes changes = bring();
        assertThat(bring().head()).isEqualTo(changes.head());
        return pat.git("diff", "--name-status", "--no-renames", changes.base(), changes.head())
                .lines()
                .map(line -> line.replace('\t', ' '))
                .toList();
    }

    private Changes bring() {
        return Workspaces.integrateChanges(List.of(agent.place()), temp.resolve("results"))
                .get(0)
                .changes();
    }
}
