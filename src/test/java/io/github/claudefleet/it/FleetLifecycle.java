package io.github.claudefleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ExecResult;
import java.io.IOException;

/**
 * Lifecycle of a fleet from sign-in to removal, to be tested on any engine. The project has an agent {@code worker},
 * whose prompt is answered with yes, and an agent {@code idle}.
 */
public final class FleetLifecycle {

    private static final String CREDENTIALS = "/claude-fleet/login/.credentials.json";

    private final ItProject project;

    public FleetLifecycle(ItProject project) {
        this.project = project;
    }

    /**
     * Signs in, starts, works, inspects and stops, each with its own Maven.
     *
     * @param account account at the stand-in that is used by no other test
     */
    public void live(String account) throws IOException, InterruptedException {
        signIn(account);
        String keeper = project.agent("auth").id();
        assertThat(project.running()).extracting(ContainerObservation::id).containsExactly(keeper);

        project.maven("-B", "claude-fleet:start").succeeded().says("2 agents ready");
        assertThat(project.agent("auth").id()).isEqualTo(keeper);
        work();
        useTheLogin();
        project.maven("-B", "claude-fleet:start").succeeded().says("nothing had to be changed");
        project.maven("-B", "claude-fleet:doctor").succeeded();
        assertThat(project.standIn().counts(account).logins()).isEqualTo(1);
        stop();
    }

    /**
     * Starts with a token in an in-memory volume, sends an agent a prompt, and stops.
     *
     * @param file file of the token in the project's directory
     */
    public void liveByToken(String file) throws IOException, InterruptedException {
        project.maven("-B", "claude-fleet:start", "-Dclaude-fleet.auth.mode=token", "-Dclaude-fleet.auth.file=" + file)
                .succeeded()
                .says("2 agents ready");
        assertThat(ask().output().trim()).isEqualTo("yes");
        stop();
    }

    private void signIn(String account) throws IOException, InterruptedException {
        MavenProcess auth = project.startMaven("claude-fleet:auth");
        auth.awaitOutput("Paste the code here:");
        auth.type("code-" + account + "#state");
        auth.await().succeeded().says("Login works");
    }

    private void work() throws IOException, InterruptedException {
        project.maven("-B", "claude-fleet:await").succeeded();
        JsonNode tasks = new ObjectMapper()
                .readTree(project.directory()
                        .resolve("target/claude-fleet/fleet.json")
                        .toFile())
                .get("tasks");
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).get("task").asText()).isEqualTo("worker");
        assertThat(tasks.get(0).get("outcome").asText()).isEqualTo("done");
        assertThat(project.result(project.agent("worker"))).containsEntry("result", "yes");
    }

    private void useTheLogin() {
        assertThat(ask().output().trim()).isEqualTo("yes");
        assertThat(project.exec(project.agent("idle"), "sh", "-c", "echo x >>" + CREDENTIALS)
                        .succeeded())
                .as("an agent writes its login")
                .isFalse();
    }

    private ExecResult ask() {
        return project.exec(project.agent("idle"), "claude", "-p", "Say yes");
    }

    private void stop() throws IOException, InterruptedException {
        project.maven("-B", "claude-fleet:stop").succeeded();
        assertThat(project.leftovers()).isEmpty();
    }
}
