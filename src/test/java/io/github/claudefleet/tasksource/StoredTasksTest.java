package io.github.claudefleet.tasksource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTasksTest {

    private static final AgentName FIXER = new AgentName("fixer");

    @TempDir
    private Path results;

    private final List<String> told = new ArrayList<>();
    private final TaskSearch search = new TaskSearch(new TaskSourceListener() {
        @Override
        public void tasksFound(AgentName agent, String source, int tasks, int leftOut) {
            told.add(agent + ": " + tasks + " from " + source + ", not " + leftOut);
        }

        @Override
        public void noTasksFound(AgentName agent, String reason) {
            told.add(agent + ": " + reason);
        }
    });

    @Test
    void aLaterGoalGetsTheTasksOfTheStartWhateverTheSourceHasNow() {
        List<FoundTask> first = search.tasksOf(FIXER, () -> found(new FoundTask("a", "Mend a\nä \ud800")));
        search.tasksOf(new AgentName("writer"), () -> found());
        search.store(results, Shop.idOf("shop"));

        assertThat(first).hasSize(1);
        assertThat(stored("shop").tasksOf(FIXER, () -> found(new FoundTask("b", "Mend b"))))
                .containsExactly(new FoundTask("a", "Mend a\nä ?"));
        assertThat(stored("shop").tasksOf(new AgentName("writer"), () -> found(new FoundTask("b", "Mend b"))))
                .isEmpty();
        assertThat(told).containsExactly("fixer: 1 from a list, not 0", "writer: the list is empty");
    }

    @Test
    void withoutAStartThereAreNone() throws IOException {
        assertThatThrownBy(() -> stored("shop").tasksOf(FIXER, () -> found()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("tasks.json is not there, in which claude-fleet:start stores its tasks");
        Files.writeString(results.resolve("tasks.json"), "no JSON");
        assertThatThrownBy(() -> stored("shop").tasksOf(FIXER, () -> found())).hasMessageContaining("is no JSON");
        Files.writeString(results.resolve("tasks.json"), "{\"schemaVersion\":2}");
        assertThatThrownBy(() -> stored("shop").tasksOf(FIXER, () -> found()))
                .hasMessageContaining("is of another version");
    }

    @Test
    void thoseOfAnotherFleetOrAgentAreNotTaken() {
        search.tasksOf(FIXER, () -> found(new FoundTask("a", "Mend a")));
        search.store(results, Shop.idOf("shop"));

        assertThatThrownBy(() -> stored("other").tasksOf(FIXER, () -> found()))
                .hasMessageContaining("has the tasks of fleet shop");
        assertThatThrownBy(() -> stored("shop").tasksOf(new AgentName("writer"), () -> found()))
                .hasMessageContaining("has no tasks for agent writer");
    }

    @Test
    void aFleetWithoutSourcesWritesNoFile() {
        search.store(results, Shop.idOf("shop"));

        assertThat(results).isEmptyDirectory();
    }

    private StoredTasks stored(String fleet) {
        return new StoredTasks(results, Shop.idOf(fleet));
    }

    private static FoundTasks found(FoundTask... tasks) {
        return new FoundTasks(List.of(tasks), 0, "a list", "the list is empty");
    }
}
