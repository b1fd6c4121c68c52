package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.PluginExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkippedTestsTest {

    @TempDir
    private Path shop;

    @ParameterizedTest
    @CsvSource({
        ", skipTests, true",
        ", skipITs, true",
        ", maven.test.skip, true",
        ", maven.test.skip.exec, true",
        "pre-integration-test, skipITs, true",
        "process-test-classes, skipITs, false",
        "process-test-classes, skipTests, true",
        "generate-test-resources, maven.test.skip, true",
        "generate-sources, skipTests, false",
        "package, skipTests, false",
        "verify, skipTests, true",
        "before:integration-test, skipITs, true",
        "before:integration-test[100], skipITs, true",
        "after:compile, skipTests, false",
        "before:test, skipITs, false",
        "before:test, skipTests, true"
    })
    void aFleetIsSkippedWithTheTestsInWhosePhasesItStarts(String phase, String property, boolean skipped) {
        SampleModule module = fleet(SampleModule.execution("default", phase, "start", "stop"));

        assertThat(by(module, null, Map.of(property, "true")).isPresent()).isEqualTo(skipped);
        assertThat(by(module, null, Map.of(property, "false"))).isEmpty();
        assertThat(by(module, null, Map.of())).isEmpty();
    }

    @Test
    void thePomDecidesOtherwise() {
        SampleModule tests = fleet(SampleModule.execution("default", null, "start", "stop"));
        SampleModule sources = fleet(SampleModule.execution("default", "generate-sources", "start"));

        assertThat(by(tests, false, Map.of("skipTests", "true"))).isEmpty();
        assertThat(by(sources, true, Map.of("skipTests", "true"))).contains("skipTests");
    }

    @Test
    void allGoalsOfAFleetGoByThePhaseInWhichItStarts() {
        SampleModule module = fleet(
                SampleModule.execution("up", "generate-sources", "start"),
                SampleModule.execution("down", null, "await", "stop"));

        assertThat(by(module, null, Map.of("skipTests", "true"))).isEmpty();
    }

    @Test
    void whereNothingStartsItTheGoalsOwnPhaseCounts() {
        SampleModule module = fleet(SampleModule.execution("default", null, "verify"));

        assertThat(by(module, null, Map.of("skipITs", "true"))).contains("skipITs");
    }

    @Test
    void testsThatRunThoughThePropertySaysOtherwiseHaveTheirFleet() {
        SampleModule module = withFailsafe(SampleModule.configured(failsafe("default"), "skipITs", "false"));

        assertThat(by(module, null, Map.of("skipITs", "true"))).isEmpty();
    }

    @Test
    void aPropertyOfTheProjectsOwnByWhichTestsAreSkippedCounts() {
        SampleModule module = withFailsafe(SampleModule.configured(failsafe("default"), "skipTests", "${quick}"));

        assertThat(by(module, null, Map.of("quick", "true"))).contains("skipTests");
        assertThat(by(module, null, Map.of())).isEmpty();
    }

    @Test
    void aFleetIsThereForWhicheverTestsStillRun() {
        SampleModule module =
                withFailsafe(SampleModule.configured(failsafe("slow"), "skipITs", "true"), failsafe("fast"));

        assertThat(by(module, null, Map.of())).isEmpty();
        assertThat(by(module, null, Map.of("skipITs", "true"))).contains("skipITs");
    }

    private SampleModule withFailsafe(PluginExecution... executions) {
        return fleet(SampleModule.execution("default", null, "start", "stop"))
                .with(SampleModule.mavens("maven-failsafe-plugin"), executions);
    }

    private static PluginExecution failsafe(String id) {
        return SampleModule.execution(id, null, "integration-test", "verify");
    }

    private SampleModule fleet(PluginExecution... executions) {
        return SampleModule.in(shop.resolve("one")).with(SampleModule.ours(), executions);
    }

    private static Optional<String> by(SampleModule module, Boolean asTests, Map<String, String> properties) {
        return new SkippedTests(
                        module.project(),
                        SampleModule.KEY,
                        text -> text.startsWith("${")
                                ? Optional.ofNullable(properties.get(text.substring(2, text.length() - 1)))
                                : Optional.of(text))
                .by("verify", asTests);
    }
}
