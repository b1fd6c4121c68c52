package io.github.claudefleet.junit;

import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.WorkspaceOrigin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Fleet of a test class, as its annotation has it.
 *
 * @param tests the test class
 * @param given name of the fleet; empty for that of the class
 * @param image name of an existing image; empty for the bundled one
 * @param directory directory that workspaces are created from, relative to the current one
 * @param scripts directory with the scripts of a rehearsal, relative to the project; empty for real work
 * @param output directory of all results, relative to the project
 */
record FleetDefinition(
        Class<?> tests,
        String given,
        List<Agent> agents,
        String image,
        String directory,
        Optional<String> scripts,
        String output,
        FleetCustomizer customizer) {

    /** A test leaves nothing in the repository. */
    private static final IntegrationSpec PATCH =
            new IntegrationSpec(MergePolicy.PATCH, true, "origin", Optional.empty());

    /**
     * Returns the fleet.
     *
     * @throws InvalidSpecException if a value is not valid, or there are no agents
     */
    FleetSpec spec(HomeDirectory home) {
        FleetBuilder builder =
                FleetBuilder.of(id(), HostUser.containerUser(), home).workspaceRoot(workspaces());
        properties().applyTo(builder, image);
        for (Agent agent : agents) {
            builder.agent(builderOf(agent));
        }
        customizer.customize(builder);
        scripts.ifPresent(
                path -> builder.rehearsal(PathText.resolve(project(), path).normalize()));
        FleetSpec spec = builder.toSpec();
        if (spec.agents().isEmpty()) {
            throw new InvalidSpecException(
                            "agents", "is empty", "Add an @Agent to the @Fleet, or an agent in its customizer.")
                    .of(tests.getName());
        }
        return spec;
    }

    /** Returns the engine and the image of this machine. */
    FleetProperties properties() {
        return new FleetProperties(System::getProperty, project());
    }

    /** Returns the directory that the agents' workspaces are created from. */
    Path project() {
        return PathText.resolve(Path.of("").toAbsolutePath(), directory).normalize();
    }

    /** Returns the directory of the results. */
    Path results() {
        return PathText.resolve(project(), output).resolve(name().value()).normalize();
    }

    /** Returns the directory of the agents' own workspaces. */
    Path workspaces() {
        return results().resolve("workspaces");
    }

    private FleetId id() {
        return new FleetId(
                name(),
                ProcessIdentity.project(project()),
                Lifetime.BUILD,
                ProcessIdentity.buildIdentity(Instant.now()));
    }

    private FleetName name() {
        String words = tests.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
        return given.isBlank() ? FleetName.near(words) : new FleetName(given);
    }

    private AgentBuilder builderOf(Agent agent) {
        AgentBuilder builder = AgentBuilder.named(agent.name(), project())
                .workspace(
                        new WorkspaceOrigin(project(), agent.strategy(), Optional.empty(), true, PATCH, workspaces()));
        if (!agent.prompt().isEmpty()) {
            builder.prompt(agent.prompt());
        }
        for (AgentTask task : agent.tasks()) {
            builder.task(task.name(), task.prompt());
        }
        if (!agent.check().isEmpty() || agent.rounds() != 0) {
            builder.check(CheckSpec.of(agent.check()).withRounds(agent.rounds()));
        }
        return builder;
    }
}
