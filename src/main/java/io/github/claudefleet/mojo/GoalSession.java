package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.ThisContainer;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import io.github.claudefleet.watchdog.ClassPath;
import io.github.claudefleet.watchdog.StandInProcess;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/**
 * Session of a goal with an engine: the connection, the fleet on it, the goal's reaction to Ctrl-C, and the fleet's end
 * with the build.
 */
final class GoalSession implements AutoCloseable {

    /**
     * Settings with which a build's goals connect to an engine.
     *
     * @param log Maven's log, for warnings about the connection
     * @param limit time limit of a call to the engine
     * @param cluster settings of pods, if the engine is a cluster
     */
    record Settings(MavenSession maven, Log log, ConsoleListeners listeners, Duration limit, ClusterSpec cluster) {

        private ContainerEngine connect(Optional<String> address, HomeDirectory home) {
            return Engines.connect(address, System.getenv(), home, limit, log::warn, cluster);
        }

        private LoginContext loginContext() {
            Optional<Browser> browser = Browser.find(System.getProperty("os.name"), System.getenv());
            return new LoginContext(
                    new ConsoleTerminal(maven.getRequest().isInteractiveMode(), browser),
                    InstantSource.system(),
                    duration -> Thread.sleep(duration.toMillis()));
        }
    }

    private final Settings settings;
    private final ContainerEngine engine;
    private final Fleet fleet;
    private boolean isHeld;
    private Optional<GoalCancellation> cancellation = Optional.empty();

    private GoalSession(Settings settings, ContainerEngine engine, Fleet fleet) {
        this.settings = settings;
        this.engine = engine;
        this.fleet = fleet;
    }

    /** @param address address of the engine; empty to locate one */
    static GoalSession open(Settings settings, Optional<String> address) {
        HomeDirectory home = HostUser.home();
        LoginContext loginContext = settings.loginContext();
        ContainerEngine engine = settings.connect(address, home);
        StandInProcess standIn = new StandInProcess(() -> engine.info().address(), ClassPath.own());
        return new GoalSession(settings, engine, new Fleet(engine, loginContext, settings.listeners(), home, standIn));
    }

    Fleet fleet() {
        return fleet;
    }

    /** Fetches the newest files of a workspace that is in a volume of the engine. */
    void fetch(WorkspaceLayout place) {
        new WorkspaceTransfers(engine).fetch(place);
    }

    /**
     * Interrupts the goal if Maven is terminated before the session is closed, and makes the JVM wait for the goal's
     * reaction.
     *
     * @param reaction step that the goal takes once it is interrupted
     */
    void cancelOnTermination(ShutdownStep reaction) {
        cancellation = Optional.of(GoalCancellation.guard(settings.listeners().goals(), reaction));
    }

    /**
     * Claims the fleet for this build. If the fleet is owned by the build, it is stopped when the build ends, however
     * the goal ends.
     *
     * @param results directory for the agents' changes if the fleet is stopped that way
     * @return the fleet to create
     */
    FleetSpec claim(FleetSpec spec, Path results) throws InterruptedException {
        FleetSpec claimed = fleet.claim(spec, ThisContainer.id());
        if (endsWithBuild(claimed)) {
            FleetId id = claimed.id();
            String address = fleet.engineAddress();
            buildEnd(id).expect(id, address, results.resolve("watchdog.log"), ending(claimed, address, results));
            if (!engine.info().has(EngineCapability.LASTING_CONTAINERS)) {
                buildEnd(id).hold(engine);
                isHeld = true;
            }
        }
        return claimed;
    }

    /** Stops the fleet over a connection of its own, because the goal's is closed when the build ends. */
    private BuildEndListener.Ending ending(FleetSpec claimed, String address, Path results) {
        return new BuildEndListener.Ending() {
            @Override
            public Duration atMost() {
                return Fleet.longestStop(claimed.timeouts());
            }

            @Override
            public void run() throws Exception {
                try (GoalSession again = open(settings, Optional.of(address))) {
                    again.fleet.end(claimed.id(), claimed.timeouts(), results);
                }
            }
        };
    }

    /** Warns if the watchdog of a claimed fleet has exited already. To be called last, so that it has had time to. */
    void checkWatchdog(FleetSpec claimed) {
        if (endsWithBuild(claimed)) {
            buildEnd(claimed.id()).confirm();
        }
    }

    /** Records that a fleet was stopped before the end of its build. */
    void hasEnded(FleetId stopped) {
        BuildEndListener.existing(settings.maven()).ifPresent(end -> end.forget(stopped));
    }

    private static boolean endsWithBuild(FleetSpec claimed) {
        return claimed.id().lifetime() == Lifetime.BUILD;
    }

    private BuildEndListener buildEnd(FleetId id) {
        return BuildEndListener.of(
                settings.maven(),
                settings.listeners().goals(),
                id.buildIdentity().build());
    }

    /**
     * Ends the cancellation before the connection, which a rollback needs. A connection with which the fleet would end
     * stays open until the build ends.
     */
    @Override
    public void close() {
        try {
            cancellation.ifPresent(GoalCancellation::end);
        } finally {
            if (!isHeld) {
                engine.close();
            }
        }
    }
}
