package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of goals that fail; none of these goals reaches an engine. */
@MojoTest
class GoalFailuresTest {

    private static final String NOWHERE = "unix:///nowhere/docker.sock";

    @TempDir
    private Path directory;

    @Inject
    private MavenSession session;

    private final MavenProject project = new MavenProject();

    @Provides
    MavenProject project() {
        return project;
    }

    @BeforeEach
    void makeTheProject() {
        project.setArtifactId("shop");
        project.setFile(directory.resolve("pom.xml").toFile());
    }

    // ---- skipped

    @Test
    @InjectMojo(goal = "auth")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aSkippedAuthNeedsNoEngine(AuthMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:two-of-one-name.xml")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aSkippedStartDoesNotEvenLookAtItsAgents(StartMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
        assertThat(project.getProperties()).isEmpty();
    }

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aSkippedStopNeedsNoEngine(StopMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "status")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aSkippedStatusNeedsNoEngine(StatusMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "logs")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void skippedLogsNeedNoEngine(LogsMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "doctor")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aSkippedDoctorNeedsNoEngine(DoctorMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "logout")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aSkippedLogoutNeedsNoEngine(LogoutMojo goal) {
        assertThatCode(goal::execute).doesNotThrowAnyException();
    }

    // ---- bad input

    @Test
    @InjectMojo(goal = "start")
    void aStartWithoutAgentsSaysHowToHaveSome(StartMojo goal) {
        assertThat(refusalOf(goal))
                .hasMessage("agents has no agent. Add <agents> to the pom, or use -Dclaude-fleet.workers=1.");
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:two-of-one-name.xml")
    void badInputIsSaidWithWhatToDo(StartMojo goal) {
        assertThat(refusalOf(goal))
                .hasMessage("agent.name \"tester\" is used twice."
                        + " Give each agent a name of its own, replicas included.")
                .hasNoCause();
    }

    @Test
    @InjectMojo(goal = "start", pom = "classpath:two-of-one-name.xml")
    void whoAskedMavenForTracesGetsTheCauseToo(StartMojo goal) {
        session.getRequest().setShowErrors(true);

        assertThat(refusalOf(goal)).hasCauseInstanceOf(InvalidSpecException.class);
    }

    @Test
    @InjectMojo(goal = "auth")
    @MojoParameter(name = "user", value = "root")
    void badInputOfAuthIsSaidWithWhatToDo(AuthMojo goal) {
        assertThat(refusalOf(goal)).hasMessageStartingWith("user \"root\" is not UID:GID. Use numbers");
    }

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "stopTimeout", value = "-1s")
    void badInputOfStopIsSaidWithWhatToDo(StopMojo goal) {
        assertThat(refusalOf(goal)).hasMessageStartingWith("stopTimeout \"-1s\" is not a duration. Write something");
    }

    @Test
    @InjectMojo(goal = "status")
    @MojoParameter(name = "name", value = "My Shop")
    void badInputOfStatusIsSaidWithWhatToDo(StatusMojo goal) {
        assertThat(refusalOf(goal))
                .hasMessageStartingWith("name \"My Shop\" is not a valid name. Use up to 40")
                .hasMessageEndingWith("for example \"my-shop\".");
    }

    @Test
    @InjectMojo(goal = "logs")
    @MojoParameter(name = "tail", value = "-1")
    void badInputOfLogsIsSaidWithWhatToDo(LogsMojo goal) {
        assertThat(refusalOf(goal)).hasMessage("tail -1 is out of range. Use a number from 0 to 1000000.");
    }

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "engineTimeout", value = "soon")
    void aTimeoutThatIsNoneIsSaidWithWhatToDo(StopMojo goal) {
        assertThat(refusalOf(goal)).hasMessageStartingWith("engineTimeout \"soon\" is not a duration. Write");
    }

    // ---- no engine

    @Test
    @InjectMojo(goal = "start")
    @MojoParameter(name = "workers", value = "1")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aStartWithoutAnEngineSaysWhereItLookedAndWhatToDo(StartMojo goal) {
        assertSaysThatThereIsNoEngine(goal);
    }

    @Test
    @InjectMojo(goal = "stop")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aStopWithoutAnEngineDoesSoToo(StopMojo goal) {
        assertSaysThatThereIsNoEngine(goal);
    }

    @Test
    @InjectMojo(goal = "logout")
    @MojoParameter(name = "engine", value = NOWHERE)
    void aLogoutWithoutAnEngineDoesSoToo(LogoutMojo goal) {
        assertSaysThatThereIsNoEngine(goal);
    }

    @Test
    @InjectMojo(goal = "doctor")
    @MojoParameter(name = "engine", value = NOWHERE)
    @MojoParameter(name = "doctorFile", value = "findings.json")
    void aDoctorWithoutAnEngineWritesWhatItFoundAndFails(DoctorMojo goal) throws Exception {
        project.getProperties().setProperty("claude-fleet.auth.directory", "login");

        MojoFailureException failure = catchThrowableOfType(MojoFailureException.class, goal::execute);

        assertThat(failure).hasMessageStartingWith("The fleet can't work: engine");
        assertThat(Files.readString(directory.resolve("findings.json")))
                .contains("\"check\" : \"engine\"")
                .contains(NOWHERE);
    }

    private static void assertSaysThatThereIsNoEngine(Mojo goal) {
        assertThat(refusalOf(goal))
                .hasMessageContaining(NOWHERE)
                .hasMessageEndingWith(
                        "Start Docker, or name an engine with -Dclaude-fleet.engine=unix:///path or DOCKER_HOST.");
    }

    private static MojoExecutionException refusalOf(Mojo goal) {
        return catchThrowableOfType(MojoExecutionException.class, goal::execute);
    }
}
