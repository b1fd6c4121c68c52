package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.claude.FakeSignIn;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.gateway.FakeGateway;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.it.NonInteractiveTerminal;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Engine in memory, a CLI without failures, a fixed clock, nobody at the console, and files in a temporary directory.
 */
final class FleetFixture {

    static final String AUTH = "claude-fleet-shop-c0ffee00-auth";

    final FakeEngine engine = new FakeEngine().image("acme/agent:1", Map.of());
    final FakeCli cli = new FakeCli(engine).offers(FakeSignIn.thatTakes("good#state", () -> {}));
    final FakeGateway gateway = new FakeGateway(engine, "");
    final RecordedLines lines = new RecordedLines();
    final Path home;
    final Path workspace;

    FleetFixture(Path folder) {
        home = folder.resolve("home");
        workspace = folder.resolve("shop");
        engine.program(request -> gateway.answer(request).orElseGet(() -> cli.answer(request)));
        try {
            Files.createDirectory(home);
            Files.createDirectory(workspace);
            Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a façade, as each build has its own. */
    Fleet fleet() {
        return fleet(owner -> Liveness.UNKNOWN);
    }

    /** Creates a façade that is given the liveness of the fleets' owners. */
    Fleet fleet(Function<ProcessIdentity, Liveness> livenessOf) {
        return fleet(engine, livenessOf);
    }

    /** Creates a façade on an engine that stands before the one in memory. */
    Fleet fleet(ContainerEngine before, Function<ProcessIdentity, Liveness> livenessOf) {
        return fleet(before, livenessOf, new ConsoleListeners(lines));
    }

    /** Creates a façade that reports to these listeners. */
    Fleet fleet(FleetListeners listeners) {
        return fleet(engine, owner -> Liveness.UNKNOWN, listeners);
    }

    private Fleet fleet(
            ContainerEngine before, Function<ProcessIdentity, Liveness> livenessOf, FleetListeners listeners) {
        InstantSource clock = InstantSource.fixed(FakeEngine.STARTED.plusSeconds(90));
        LoginContext loginContext = new LoginContext(new NonInteractiveTerminal(), clock, duration -> Thread.sleep(1));
        return new Fleet(before, loginContext, listeners, HomeDirectory.at(home), livenessOf);
    }

    AgentBuilder agent(String name) {
        return Shop.agent(name, workspace);
    }

    /** Idle agent with its own copy, which is created below this directory. */
    AgentBuilder agentWithCopy(String name, Path root) {
        return agent(name)
                .workspace(new WorkspaceOrigin(
                        workspace, WorkspaceStrategy.COPY, Optional.empty(), true, IntegrationSpec.DEFAULT, root));
    }

    /** Idle agents with a shared token. */
    FleetBuilder withToken(String... agents) {
        return fleetOf(agents).credential(LoginMode.TOKEN, Shop.credential("t0ken"));
    }

    /** Idle agents of another service. */
    FleetBuilder withProvider(String... agents) {
        return fleetOf(agents).provider();
    }

    /** Idle agents with a login directory that has a login. */
    FleetBuilder withLogin(String... agents) {
        return fleetOf(agents).loginDirectory(signedIn());
    }

    /** Idle agents with a login directory that has no login. */
    FleetBuilder withoutLogin(String... agents) {
        return fleetOf(agents).loginDirectory(home.resolve("login"));
    }

    /** Creates the login. */
    void signIn() {
        signedIn();
    }

    private FleetBuilder fleetOf(String... agents) {
        FleetBuilder fleet = Shop.fleet(HostUser.containerUser());
        for (String agent : agents) {
            fleet.agent(agent(agent));
        }
        return fleet;
    }

    private Path signedIn() {
        try {
            Path directory = Files.createDirectories(home.resolve("login"));
            Files.writeString(
                    directory.resolve(".credentials.json"), "{\"claudeAiOauth\":{\"accessToken\":\"invented\"}}");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
