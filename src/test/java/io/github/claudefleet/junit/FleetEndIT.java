package io.github.claudefleet.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** State after test classes that fail, on the engine, in the workspaces and in the repository. */
class FleetEndIT {

    /** Not that of FleetExtensionIT, which runs at the same time. */
    private static final String PROJECT = "target/junit-shop-end";

    private static final ContainerEngine ENGINE =
            DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());

    @ExtendWith(ShopProject.class)
    @Fleet(
            name = "junit-fails",
            project = PROJECT,
            customizer = TestsEngine.class,
            agents = {@Agent(name = "fixer", prompt = "Fix the build."), @Agent(name = "idle")})
    static class FailingTests {

        @Test
        void fails(RunningFleet fleet, @AgentNamed("fixer") RunningAgent fixer) {
            assertThat(fixer.patch()).contains("+better");
            assertThat(fleet.results().resolve("workspaces")).isNotEmptyDirectory();
            assertThat(leftovers("junit-fails-rehearsal")).isNotEmpty();
            throw new AssertionError("as this test has it");
        }

        @Test
        void namesAnUnknownAgent(@AgentNamed("fixr") RunningAgent fixr) {}

        @Test
        void namesNone(RunningAgent any) {}
    }

    @ExtendWith(ShopProject.class)
    @Fleet(name = "junit-no-cli", project = PROJECT, customizer = WithoutCli.class, agents = @Agent(name = "idle"))
    static class ImageWithoutCli {
        @Test
        void isNotRun() {}
    }

    static class WithoutCli implements FleetCustomizer {
        @Override
        public void customize(FleetBuilder fleet) {
            new TestsEngine().customize(fleet);
            fleet.image(new ImageSpec.Named(TestsEngine.BASE, PullPolicy.NEVER));
        }
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void nothingIsLeftOfFailedTests() throws IOException, InterruptedException {
        JUnitRun run = JUnitRun.of(FailingTests.class);

        assertThat(run.succeeded()).isZero();
        assertThat(run.failures())
                .contains("as this test has it")
                .anyMatch(message -> message.contains("agent \"fixr\" is not in fleet junit-fails-rehearsal"))
                .anyMatch(message -> message.contains("can be any of several agents. Name one with @AgentNamed."))
                .hasSize(3);
        assertThat(leftovers("junit-fails-rehearsal")).isEmpty();
        assertThat(filesOf("junit-fails")).contains("fleet.json").noneMatch(file -> file.startsWith("workspaces/"));
        assertThat(ShopProject.git(Path.of(PROJECT), "for-each-ref", "--format=%(refname)"))
                .isEqualTo("refs/heads/main\n");
        assertThat(ShopProject.git(Path.of(PROJECT), "status", "--porcelain")).isEmpty();
    }

    @Test
    void nothingIsLeftOfAFleetThatCannotStart() {
        JUnitRun run = JUnitRun.of(ImageWithoutCli.class);

        assertThat(run.failures())
                .singleElement()
                .asString()
                .startsWith("No fleet for " + ImageWithoutCli.class.getName() + ": image.name " + TestsEngine.BASE
                        + " lacks: ")
                .contains("Use an image that has");
        assertThat(leftovers("junit-no-cli-rehearsal")).isEmpty();
    }

    /** Returns the names of everything that the engine has of a fleet. */
    private static List<String> leftovers(String fleet) {
        LabelSelector labels = LabelSelector.of(new FleetName(fleet));
        List<String> names = new ArrayList<>();
        ENGINE.containers().list(labels).forEach(container -> names.add(container.name()));
        ENGINE.networks().list(labels).forEach(network -> names.add(network.name()));
        ENGINE.volumes().list(labels).forEach(volume -> names.add(volume.name()));
        return names;
    }

    private static List<String> filesOf(String fleet) throws IOException {
        Path results = Path.of(PROJECT, "target/claude-fleet", fleet);
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> !file.equals(results))
                    .map(file -> results.relativize(file).toString())
                    .toList();
        }
    }
}
