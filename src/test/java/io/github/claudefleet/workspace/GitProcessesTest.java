package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Limits for the number of git processes. Each one costs milliseconds, and reads the index of a large repository if it
 * needs it. The Java runtime itself counts them; unlike a time, a count is reliable on a busy machine.
 */
@ExtendWith(PersonUnharmed.class)
class GitProcessesTest {

    @TempDir
    private Path temp;

    private TestRepository pat;

    @BeforeEach
    void makeARepository() {
        pat = TestRepository.at(temp.resolve("project"));
    }

    @ParameterizedTest
    @CsvSource({"WORKTREE, 9", "CLONE, 9", "COPY, 8"})
    void aWorkspaceIsMadeByFew(WorkspaceStrategy strategy, int most) throws IOException {
        assertThat(processes(() -> start(strategy)))
                .as("with five that ask what it is to be made of, once for all agents")
                .hasSizeLessThanOrEqualTo(most + 5);
    }

    @ParameterizedTest
    @CsvSource({"WORKTREE, 7", "CLONE, 7", "COPY, 7"})
    void nothingIsBroughtHomeByFewer(WorkspaceStrategy strategy, int most) throws IOException {
        AgentAtWork agent = start(strategy);

        assertThat(processes(() -> integrateChanges(agent, 0))).hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"WORKTREE, 19", "CLONE, 19", "COPY, 14"})
    void anEditIsBroughtHomeByFew(WorkspaceStrategy strategy, int most) throws IOException {
        AgentAtWork agent = start(strategy).write("src/App.java", "class App { int a; }\n");

        List<String> all = processes(() -> integrateChanges(agent, 1));

        assertThat(all).hasSizeLessThanOrEqualTo(most).noneMatch(one -> one.contains(" add --all "));
    }

    @Test
    void theBudgetsAreOfWhatIsCounted() throws IOException {
        assertThat(processes(() -> pat.git("version"))).containsExactly("git version");
    }

    private AgentAtWork start(WorkspaceStrategy strategy) {
        return AgentAtWork.start(pat.root(), temp.resolve("workspaces"), strategy, MergePolicy.BRANCH);
    }

    private void integrateChanges(AgentAtWork agent, int files) {
        assertThat(Workspaces.integrateChanges(List.of(agent.place()), temp.resolve("results")))
                .singleElement()
                .satisfies(
                        integrated -> assertThat(integrated.changes().files()).isEqualTo(files));
    }

    /** Returns the commands that this thread starts during the work. */
    private List<String> processes(Runnable work) throws IOException {
        Path file = Files.createTempFile(temp, "processes-", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart").withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        long here = Thread.currentThread().getId();
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getThread() != null && event.getThread().getJavaThreadId() == here)
                .map(event -> event.getString("command").replaceAll(" -c \\S+", ""))
                .toList();
    }
}
