package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.tasksource.TaskSearch;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Starts the fleet: performs the missing steps of {@code auth}, then brings every agent to the state that the pom
 * configures, and waits until each is ready. If nothing has changed, it does nothing. Changed agents are recreated, and
 * agents that are no longer in the pom are removed. Sets the properties {@code claude-fleet.AGENT.containerId} and
 * {@code claude-fleet.AGENT.state} for later goals, in all modules that have no other fleet.
 */
@Mojo(name = "start", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, threadSafe = true)
public class StartMojo extends AbstractAgentsMojo {

    /**
     * Directory for the results. The agents' changes are written there if the fleet ends with its build and was not
     * stopped before.
     */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    @Override
    void run() throws InterruptedException {
        TaskSearch tasks = new TaskSearch(listeners().tasks());
        FleetSpec spec = fleetSpec(tasks);
        if (spec.agents().isEmpty()) {
            throw new InvalidSpecException(
                    "agents", "has no agent", "Add <agents> to the pom, or use -Dclaude-fleet.workers=1.");
        }
        if (isDryRun()) {
            try (GoalSession session = openSession()) {
                session.fleet().planStart(session.fleet().claim(spec));
            }
            return;
        }
        Path directory = fleets().ownResults(resultsDirectory);
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.TAKE_BACK);
            FleetSpec claimed = session.claim(spec, directory);
            session.fleet().start(claimed, directory).forEach(this::publish);
            tasks.store(directory, claimed.id());
            session.checkWatchdog(claimed);
        }
    }

    private void publish(Readiness agent) {
        String prefix = "claude-fleet." + agent.agent() + ".";
        Stream.concat(Stream.of(project()), reactor().usersOf(project()))
                .map(MavenProject::getProperties)
                .forEach(properties -> {
                    properties.setProperty(prefix + "containerId", agent.containerId());
                    properties.setProperty(prefix + "state", agent.state().value());
                });
    }
}
