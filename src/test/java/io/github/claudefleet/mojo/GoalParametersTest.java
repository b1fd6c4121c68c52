package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Dependency;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.NetworkSpec;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters of a pom that reach the fleet through Maven's own binding. */
@MojoTest
class GoalParametersTest {

    private static final AgentName REVIEWER = new AgentName("reviewer");

    @TempDir
    private Path directory;

    private final MavenProject project = new MavenProject();

    @Provides
    MavenProject project() {
        return project;
    }

    @BeforeEach
    void makeTheProject() throws IOException {
        project.setArtifactId("Shop_App");
        project.setFile(directory.resolve("pom.xml").toFile());
        Files.createDirectory(directory.resolve("sandbox"));
        Files.createDirectory(directory.resolve("other"));
        Files.createDirectory(directory.resolve("review"));
        Files.createDirectories(directory.resolve("knowledge/skills"));
        for (String skill : List.of("zap", "zip")) {
            Files.writeString(Files.createDirectory(directory.resolve(skill)).resolve("SKILL.md"), "Do it\n");
        }
        Files.writeString(directory.resolve("token.txt"), "t0ken\n");
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:everything.xml")
    void everythingThatThePomSaysOfTheFleetReachesStart(StartMojo start) {
        assertSaysWhatThePomSays(start.fleetSpec());
    }

    @Test
    @InjectMojo(goal = "auth", pom = "classpath:everything.xml")
    void everythingThatThePomSaysOfTheFleetReachesAuthToo(AuthMojo auth) {
        FleetSpec spec = auth.fleetSpec();

        assertSaysWhatThePomSays(spec);
        assertThat(spec.agents()).as("which are no business of auth").isEmpty();
    }

    @Test
    @InjectMojo(goal = "doctor", pom = "classpath:everything.xml")
    void everythingThatThePomSaysReachesDoctorItsAgentsIncluded(DoctorMojo doctor) {
        FleetSpec spec = doctor.fleetSpec();

        assertSaysWhatThePomSays(spec);
        assertThat(spec.agents()).hasSize(4);
    }

    @Test
    @InjectMojo(goal = "logout", pom = "classpath:everything.xml")
    void everythingThatThePomSaysOfTheFleetReachesLogout(LogoutMojo logout) {
        assertSaysWhatThePomSays(logout.fleetSpec());
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:everything.xml")
    void everythingThatThePomSaysOfAgentsReachesStart(StartMojo start) {
        FleetSpec spec = start.fleetSpec();

        assertThat(spec.agents())
                .extracting(agent -> agent.name().value())
                .containsExactly("reviewer", "tester-1", "tester-2", "worker-1");
        AgentSpec reviewer = spec.agents().get(0);
        assertThat(spec.work().queues().get(0).tasks())
                .containsExactly(new Task(TaskId.parse("reviewer"), new Prompt("Review it")));
        assertThat(reviewer.workspace().directory()).isEqualTo(directory.resolve("other"));
        assertThat(reviewer.environment()).containsExactly(Map.entry("LANG", "de_DE.UTF-8"));
        assertThat(reviewer.claude())
                .isEqualTo(new ClaudeOptions(
                        "plan",
                        List.of(
                                "--model",
                                "opus",
                                "--fallback-model",
                                "sonnet,haiku",
                                "--effort",
                                "high",
                                "--max-turns",
                                "7",
                                "--add-dir",
                                "/data sets"),
                        Optional.empty(),
                        Optional.of("{\"outputStyle\": \"Explanatory\"}"),
                        false,
                        new ClaudeContext(
                                List.of("CLAUDE.md", "AGENTS.md"),
                                Optional.of(directory.resolve("knowledge")),
                                List.of(directory.resolve("review")),
                                List.of(directory.resolve("zip")))));
        assertThat(spec.agents().get(3).claude().context())
                .isEqualTo(new ClaudeContext(
                        List.of("AGENTS.md"),
                        Optional.of(directory.resolve("knowledge")),
                        List.of(),
                        List.of(directory.resolve("zap"))));
        assertThat(reviewer.limits()).isEqualTo(new ResourceLimits(new MemorySize(1L << 30), Optional.of(0.5), 100));
        assertThat(spec.agents().get(1).workspace().directory()).isEqualTo(directory.resolve("sandbox"));
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:everything.xml")
    void everythingThatThePomSaysOfWorkReachesStart(StartMojo start) {
        FleetSpec spec = start.fleetSpec();

        assertThat(spec.work().maxConcurrent()).contains(2);
        assertThat(spec.work().stagger()).isEqualTo(Duration.ofSeconds(1));
        assertThat(spec.work().maxCost()).contains(Usd.parse("maxCost", "20"));
        assertThat(spec.work().queues())
                .last()
                .isEqualTo(new TaskQueue(
                        new AgentName("tester"),
                        List.of(
                                new Task(TaskId.parse("tester/01"), new Prompt("Test core")),
                                new Task(TaskId.parse("tester/parser"), new Prompt("Test the parser"))),
                        List.of(new AgentName("tester-1"), new AgentName("tester-2")),
                        false,
                        List.of(new Dependency(REVIEWER, REVIEWER, Optional.empty(), true)),
                        new TaskTimeouts(
                                Optional.of(Duration.ofHours(2)),
                                Optional.of(Duration.ofMinutes(1)),
                                Duration.ofSeconds(10)),
                        Optional.of(Usd.parse("maxCost", "0.50")),
                        1,
                        Optional.of(CheckSpec.of("mvn -q verify")
                                .withRounds(2)
                                .withTimeout(Duration.ofMinutes(5))
                                .in(CheckPlace.BUILD)
                                .protecting("src/test/**", "pom.xml"))));
        assertThat(spec.work().queues().get(0).check()).as("plain text").contains(CheckSpec.of("true"));
        assertThat(spec.agents().get(1).workspace().strategy()).isEqualTo(WorkspaceStrategy.COPY);
        assertThat(spec.agents().get(1).claude().repositorySettings()).isTrue();
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:plain-workspace.xml")
    void aPlainPathIsAWorkspaceToo(StartMojo start) {
        assertThat(start.fleetSpec().agents().get(0).workspace().directory()).isEqualTo(directory.resolve("sandbox"));
    }

    @Test
    @InjectMojo(goal = "start")
    @MojoParameter(name = "workers", value = "2")
    void aPomThatIsSilentGetsTheDefaults(StartMojo start) {
        FleetSpec spec = start.fleetSpec();

        assertThat(spec.name()).as("the artifactId, made to fit").hasToString("shop-app");
        assertThat(spec.agents()).hasSize(2);
        assertThat(spec.agents().get(0).workspace().directory()).isEqualTo(directory);
        assertThat(((ImageSpec.Bundled) spec.image()).claudeVersion()).isEqualTo(ImageSpec.DEFAULT_CLAUDE_VERSION);
        assertThat(spec.containers().hardening()).isEqualTo(Hardening.DEFAULT);
        assertThat(spec.login().mode()).isEqualTo(LoginMode.LOGIN);
    }

    @Test
    @InjectMojo(goal = "auth")
    void propertiesReachWhatIsNested(AuthMojo auth) {
        project.getProperties().setProperty("claude-fleet.image.base", "node:26");
        project.getProperties().setProperty("claude-fleet.hardening.readOnlyRootfs", "true");
        project.getProperties().setProperty("claude-fleet.auth.directory", "login");

        FleetSpec spec = auth.fleetSpec();

        assertThat(((ImageSpec.Bundled) spec.image()).base()).isEqualTo("node:26");
        assertThat(spec.containers().hardening().readOnlyRootfs()).isTrue();
        assertThat(spec.login().directory()).isEqualTo(directory.resolve("login"));
    }

    @Test
    @InjectMojo(goal = "auth", pom = "classpath:everything.xml")
    void whatThePomSaysGoesBeforeAProperty(AuthMojo auth) {
        project.getProperties().setProperty("claude-fleet.image.base", "of a property");

        assertThat(((ImageSpec.Bundled) auth.fleetSpec().image()).base()).isEqualTo("node:24");
    }

    private static void assertSaysWhatThePomSays(FleetSpec spec) {
        assertThat(spec.name()).hasToString("everything");
        assertThat(spec.image())
                .isEqualTo(new ImageSpec.Bundled(
                        "node:24",
                        "2.0.1",
                        PullPolicy.ALWAYS,
                        new BuildOptions(Optional.empty(), Optional.of("host"))));
        assertThat(spec.login().mode()).isEqualTo(LoginMode.TOKEN);
        assertThat(spec.login().credential().map(LoginSpec.Credential::secret))
                .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("t0ken"));
        assertThat(spec.login().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.login().pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(spec.login().remembered()).isEqualTo(Duration.ofHours(1));
        assertThat(spec.login().sharing()).isEqualTo(Sharing.ALL);
        assertThat(spec.containers().network()).isEqualTo(NetworkSpec.existing("backend"));
        assertThat(spec.user()).isEqualTo(new ContainerUser(1001, 50));
        assertThat(spec.containers().environment()).containsExactly(Map.entry("LANG", "C.UTF-8"));
        assertThat(spec.containers().extraHosts()).containsExactly("db:10.0.0.1");
        assertThat(spec.containers().hardening())
                .isEqualTo(new Hardening(List.of("ALL"), List.of("CHOWN"), true, false, true));
        assertThat(spec.timeouts()).isEqualTo(new FleetTimeouts(8, Duration.ofMinutes(2), Duration.ofSeconds(5)));
    }
}
