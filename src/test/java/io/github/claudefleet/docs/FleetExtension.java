package io.github.claudefleet.docs;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.TimestampedLog;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.task.FleetReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Extension that docs/embedding.md quotes. */
// tag::extension[]
final class FleetExtension implements BeforeAllCallback, AfterAllCallback {

    private final Path project = Path.of("").toAbsolutePath();
    private final Path results = project.resolve("target/claude-fleet");
    private final ContainerEngine engine = DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());
    private final Fleet fleet = new Fleet(
            engine,
            LoginContext.nonInteractive(),
            new ConsoleListeners(new TimestampedLog(System.out)),
            HostUser.home());
    private FleetSpec spec = spec(project);

    private static FleetSpec spec(Path project) {
        FleetName name = new FleetName("shop");
        FleetId id = new FleetId(
                name, ProcessIdentity.project(project), Lifetime.BUILD, ProcessIdentity.buildIdentity(Instant.now()));
        return FleetBuilder.of(id, HostUser.containerUser(), HostUser.home())
                .agent(AgentBuilder.named("reviewer", project).prompt("Review the last commit."))
                .toSpec();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        spec = fleet.claim(spec);
        fleet.start(spec, results);
    }

    FleetReport await() throws InterruptedException {
        return fleet.await(spec, results);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        try (engine) {
            if (spec.id().lifetime() == Lifetime.BUILD) {
                fleet.end(spec.id(), spec.timeouts(), results);
            }
        }
    }
}
// end::extension[]
