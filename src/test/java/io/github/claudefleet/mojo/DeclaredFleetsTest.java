package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

/** Executions of one pom and the fleets that they start. On a real build: src/it/two-executions. */
class DeclaredFleetsTest {

    private static final String REVIEW = "<agents><agent><name>reviewer</name></agent></agents>";
    private static final String FIX = "<agents><agent><name>fixer</name></agent></agents>";
    private static final Path GIVEN = Path.of("/home/shop/target/claude-fleet");

    @Test
    void oneExecutionStartsTheProjectsFleet() {
        DeclaredFleets fleets = of(execution("review", REVIEW, "start", "await", "stop", "verify"));

        assertThat(fleets.names()).containsExactly(name("shop"));
        assertThat(fleets.directory(GIVEN, name("shop"))).isEqualTo(GIVEN);
    }

    @Test
    void goalsInExecutionsOfTheirOwnAndAtTheCommandLineAreAboutThatFleet() {
        DeclaredFleets fleets =
                of(execution("begin", REVIEW, "start"), execution("look", "", "await"), execution("end", "", "verify"));

        assertThat(List.of("begin", "look", "end", "default-cli", "unheard-of"))
                .allSatisfy(id -> assertThat(fleets.nameOf(id)).isEqualTo(name("shop")))
                .noneSatisfy(id -> assertThat(fleets.isOfAll(id)).isTrue());
        assertThat(fleets.awaits(name("shop"))).isTrue();
        assertThatCode(fleets::check).doesNotThrowAnyException();
    }

    @Test
    void executionsThatDifferStartAFleetEach() {
        DeclaredFleets fleets = of(
                execution("review", REVIEW, "start", "await", "stop", "verify"),
                execution("fix", FIX, "start", "await", "stop", "verify"));

        assertThat(fleets.names()).containsExactly(name("shop-review"), name("shop-fix"));
        assertThat(fleets.directory(GIVEN, name("shop-review"))).isEqualTo(GIVEN.resolve("shop-review"));
        assertThat(fleets.directory(GIVEN, name("shop-fix"))).isEqualTo(GIVEN.resolve("shop-fix"));
        assertThat(fleets.awaits(name("shop-fix"))).isTrue();
        assertThatCode(fleets::check).doesNotThrowAnyException();
    }

    @Test
    void theExecutionWithoutAnIdKeepsTheProjectsName() {
        DeclaredFleets fleets =
                of(execution("default", REVIEW, "start", "await"), execution("fix", FIX, "start", "await"));

        assertThat(fleets.names()).containsExactly(name("shop"), name("shop-fix"));
    }

    @Test
    void executionsThatAreConfiguredAlikeStartOneFleet() {
        DeclaredFleets fleets = of(execution("early", REVIEW, "start"), execution("late", REVIEW, "start", "await"));

        assertThat(fleets.names()).containsExactly(name("shop"));
        assertThatCode(fleets::check).doesNotThrowAnyException();
    }

    @Test
    void aNameOfItsOwnIsAnExecutionsName() {
        DeclaredFleets fleets = of(
                execution("review", "<name>critics</name>" + REVIEW, "start", "await"),
                execution("fix", FIX, "start", "await"),
                execution("judge", "<name>critics</name>", "verify"));

        assertThat(fleets.names()).containsExactly(name("critics"), name("shop-fix"));
        assertThat(fleets.nameOf("judge")).isEqualTo(name("critics"));
        assertThat(fleets.isOfAll("judge")).isFalse();
        assertThat(fleets.directory(GIVEN, name("critics"))).isEqualTo(GIVEN.resolve("critics"));
    }

    @Test
    void directoriesOfTheirOwnAreTakenAsTheyAre() {
        DeclaredFleets fleets = of(
                execution("review", "<resultsDirectory>/home/review</resultsDirectory>" + REVIEW, "start"),
                execution("fix", FIX, "start"));

        assertThat(fleets.directory(GIVEN, name("shop-review"))).isEqualTo(Path.of("/home/review"));
        assertThat(fleets.directory(GIVEN, name("shop-fix"))).isEqualTo(GIVEN);
    }

    @Test
    void aVerifyThatNamesNoneOfSeveralIsAboutAll() {
        DeclaredFleets fleets = of(
                execution("review", REVIEW, "start", "await"),
                execution("fix", FIX, "start", "await"),
                execution("judge", "", "stop", "verify"));

        assertThat(fleets.isOfAll("judge")).isTrue();
        assertThat(fleets.isOfAll("default-cli")).isTrue();
        assertThat(fleets.isOfAll("review")).isFalse();
        assertThatCode(fleets::check).doesNotThrowAnyException();
    }

    @Test
    void anAwaitThatNamesNoneOfSeveralIsRefused() {
        DeclaredFleets fleets = of(
                execution("review", REVIEW, "start"), execution("fix", FIX, "start"), execution("look", "", "await"));

        assertThatThrownBy(fleets::check)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("name is missing in execution look (await), and this pom starts several fleets:"
                        + " [shop-review, shop-fix]");
    }

    @Test
    void oneNameForTwoDifferentFleetsIsRefused() {
        DeclaredFleets fleets = of(
                execution("review", "<name>crew</name>" + REVIEW, "start"),
                execution("fix", "<name>crew</name>" + FIX, "start"));

        assertThatThrownBy(fleets::check)
                .hasMessageStartingWith("name \"crew\" is the fleet of two executions, review and fix, whose"
                        + " configurations differ");
        assertThatThrownBy(() -> of(
                                Optional.of("crew"), execution("review", REVIEW, "start"), execution("fix", FIX, "run"))
                        .check())
                .as("by -Dclaude-fleet.name")
                .hasMessageStartingWith("name \"crew\" is the fleet of two executions");
    }

    @Test
    void anExecutionWithoutAPhaseOfABuildIsNone() {
        PluginExecution off = execution("fix", FIX, "start");
        off.setPhase("none");

        assertThat(of(execution("review", REVIEW, "start"), off).names()).containsExactly(name("shop"));
    }

    @Test
    void namesThatTheEngineHasNoRoomForAreStillTold() {
        MavenProject project = project(execution("review", REVIEW, "start"), execution("fix", FIX, "start"));
        FleetName longest = new FleetName("a".repeat(40));

        assertThat(new DeclaredFleets(project, OURS, Optional.empty(), longest).names())
                .containsExactly(name("a".repeat(33) + "-review"), name("a".repeat(36) + "-fix"));
    }

    private static final String OURS = "io.github.claudefleet:claude-fleet-maven-plugin";

    private static FleetName name(String text) {
        return new FleetName(text);
    }

    private static DeclaredFleets of(PluginExecution... executions) {
        return of(Optional.empty(), executions);
    }

    private static DeclaredFleets of(Optional<String> property, PluginExecution... executions) {
        return new DeclaredFleets(project(executions), OURS, property, name("shop"));
    }

    private static MavenProject project(PluginExecution... executions) {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.claudefleet");
        plugin.setArtifactId("claude-fleet-maven-plugin");
        plugin.setExecutions(List.of(executions));
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }

    private static PluginExecution execution(String id, String configuration, String... goals) {
        PluginExecution execution = new PluginExecution();
        execution.setId(id);
        execution.setGoals(List.of(goals));
        try {
            execution.setConfiguration(
                    Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
        } catch (Exception e) {
            throw new IllegalArgumentException(configuration, e);
        }
        return execution;
    }
}
