package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.results.FleetResults;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.task.FleetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results of an earlier run and results directories that cannot be written, both checked before a fleet is created. */
@Timeout(60)
class FleetResultsTest {

    @TempDir
    private Path folder;

    private FleetFixture harbour;
    private Path results;

    @BeforeEach
    void open() {
        harbour = new FleetFixture(folder);
        results = folder.resolve("target/claude-fleet");
    }

    @Test
    void aStartOfWorkReplacesTheResultsOfAnEarlierRun() throws InterruptedException {
        FleetSpec spec = fleet(harbour.agent("tester").prompt("Test it"));
        complete(spec);

        harbour.fleet().start(spec, results);

        assertThat(read().ended()).isEmpty();
    }

    @Test
    void aStartThatMakesNothingLeavesTheResultsAlone() throws InterruptedException {
        FleetSpec spec = fleet(harbour.agent("tester").prompt("Test it"));
        harbour.fleet().start(spec, results);
        complete(spec);
        FleetResults before = read();

        harbour.fleet().start(spec, results);

        assertThat(read()).isEqualTo(before);
    }

    @Test
    void resultsThatCannotBeWrittenAreToldBeforeAnythingIsMade() throws IOException {
        Files.writeString(folder.resolve("target"), "a file");

        assertThatThrownBy(() ->
                        harbour.fleet().start(fleet(harbour.agent("tester").prompt("Test it")), results))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("resultsDirectory " + results + " can't be written");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aWorkspaceRootThatIsAFileIsToldBeforeAnythingIsMade() throws IOException {
        Path root = Files.writeString(folder.resolve("root"), "a file");

        assertThatThrownBy(() -> harbour.fleet().start(fleet(harbour.agentWithCopy("tester", root))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("workspace.root " + root + " can't have the agents' workspaces: " + root
                        + " is not a directory");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void anAwaitThatKnowsNothingOfAnAgentAtWorkIsRefused() throws InterruptedException {
        harbour.fleet().start(fleet(harbour.agent("tester").prompt("Test it")), results);
        FleetResults before = read();

        assertThatThrownBy(() -> harbour.fleet().await(fleet(harbour.agent("tester")), results))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agents of this execution have no work for tester, which fleet shop has at work");
        assertThat(read()).isEqualTo(before);
    }

    private FleetSpec fleet(AgentBuilder agent) {
        return harbour.withToken().agent(agent).toSpec();
    }

    private FleetResults read() {
        return new ResultFiles(results).results();
    }

    private void complete(FleetSpec spec) {
        ResultsWriter writer = new ResultsWriter(results, ResultsOrigin.of(spec.id()), warning -> {});
        Instant ended = Instant.parse("2026-11-24T08:00:00Z");
        writer.write(new FleetReport(spec.name(), ended, Optional.of(ended), Optional.empty(), List.of()));
        writer.write(List.of(), ended);
    }
}
