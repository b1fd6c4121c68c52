package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.results.FleetResults;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

    private FleetFixture fixture;
    private Path results;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
        results = folder.resolve("target/claude-fleet");
    }

    @Test
    void aStartOfWorkReplacesTheResultsOfAnEarlierRun() throws InterruptedException {
        FleetSpec spec = fleet(fixture.agent("tester").prompt("Test it"));
        complete(spec);

        fixture.fleet().start(spec, results);

        assertThat(read().ended()).isEmpty();
    }

    @Test
    void aStartThatMakesNothingLeavesTheResultsAlone() throws InterruptedException {
        FleetSpec spec = fleet(fixture.agent("tester").prompt("Test it"));
        fixture.fleet().start(spec, results);
        complete(spec);
        FleetResults before = read();

        fixture.fleet().start(spec, results);

        assertThat(read()).isEqualTo(before);
    }

    @Test
    void resultsThatCannotBeWrittenAreToldBeforeAnythingIsMade() throws IOException {
        Files.writeString(folder.resolve("target"), "a file");

        assertThatThrownBy(() ->
                        fixture.fleet().start(fleet(fixture.agent("tester").prompt("Test it")), results))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("resultsDirectory " + results + " can't be written");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aWorkspaceRootThatIsAFileIsToldBeforeAnythingIsMade() throws IOException {
        Path root = Files.writeString(folder.resolve("root"), "a file");

        assertThatThrownBy(() -> fixture.fleet().start(fleet(fixture.agentWithCopy("tester", root))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("workspace.root " + root + " can't have the agents' workspaces: " + root
                        + " is not a directory");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void anAwaitThatKnowsNothingOfAnAgentAtWorkIsRefused() throws InterruptedException {
        fixture.fleet().start(fleet(fixture.agent("tester").prompt("Test it")), results);
        FleetResults before = read();

        assertThatThrownBy(() -> fixture.fleet().await(fleet(fixture.agent("tester")), results))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agents of this execution have no work for tester, which fleet shop has at work");
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void aStartOfWorkKeepsTheResultsOfTheLastBuildForAComparison() throws Exception {
        FleetSpec spec = fleet(fixture.agent("tester").prompt("Test it"));
        ResultsOrigin own = ResultsOrigin.of(spec.id());
        complete(new ResultsOrigin(own.fleet(), own.project(), "an earlier build"));
        String last = Files.readString(results.resolve("fleet.json"));

        fixture.fleet().start(spec, results);

        assertThat(results.resolve("fleet.previous.json")).hasContent(last);
    }

    @Test
    void anAwaitReportsItsRunAndAComparisonThatIsNotPossible() throws InterruptedException {
        FleetSpec spec = fleet(fixture.agent("tester"));
        Path missing = folder.resolve("missing.json");
        List<String> told = new ArrayList<>();
        Fleet fleet = fixture.fleet(new FleetListeners() {
            @Override
            public FleetListener fleet() {
                return new FleetListener() {
                    @Override
                    public void notCompared(String fileAndReason) {
                        told.add(fileAndReason);
                    }
                };
            }

            @Override
            public RunListener runs() {
                return new RunListener() {
                    @Override
                    public void runEnded(FleetId id, FleetReport report, List<AttemptReport> attempts) {
                        told.add(id.name() + " after " + attempts.size() + " attempts");
                    }
                };
            }
        });
        fleet.start(spec);

        fleet.await(spec, results, Optional.of(missing));

        assertThat(told).containsExactly(missing + " is not there", "shop after 0 attempts");
    }

    private FleetSpec fleet(AgentBuilder agent) {
        return fixture.withToken().agent(agent).toSpec();
    }

    private FleetResults read() {
        return new ResultFiles(results).results();
    }

    private void complete(FleetSpec spec) {
        complete(ResultsOrigin.of(spec.id()));
    }

    private void complete(ResultsOrigin origin) {
        ResultsWriter writer = new ResultsWriter(results, origin, warning -> {});
        Instant ended = Instant.parse("2026-11-24T08:00:00Z");
        writer.write(new FleetReport(origin.fleet(), ended, Optional.of(ended), Optional.empty(), List.of()));
        writer.write(List.of(), ended);
    }
}
