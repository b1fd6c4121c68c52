package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.standin.StandInLauncher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Collaborators that the services of a fleet share. */
final class FleetContext {

    final ContainerEngine engine;
    final HomeDirectory home;
    final LoginContext login;
    final FleetListeners listeners;
    final InstantSource clock;
    final Planner planner = new Planner();
    final FleetObserver observer;
    final FleetRegistry registry;
    final ImageProvider images;
    final AgentWorkspaces workspaces;
    final VolumeWorkspaces volumes;
    final OrphanCleanup orphans;
    final UsageGuard usage;
    final AuthContainerStarter authContainers;
    final PendingSignIn signIn;
    final StandInStarter standIns;

    /**
     * @param login terminal and clock
     * @param listeners listeners to everything that the services report
     * @param home home directory of the user who runs this
     * @param presences liveness of a fleet's owner process
     * @param standIn launches the stand-in of a rehearsal
     */
    FleetContext(
            ContainerEngine engine,
            LoginContext login,
            FleetListeners listeners,
            HomeDirectory home,
            Function<ProcessIdentity, Liveness> presences,
            StandInLauncher standIn) {
        this.engine = engine;
        this.home = home;
        this.login = login;
        this.listeners = listeners;
        this.clock = login.clock();
        this.observer = new FleetObserver(engine);
        this.registry = new FleetRegistry(engine, presences);
        this.images = new ImageProvider(engine, planner, listeners.images(), clock);
        this.volumes = VolumeWorkspaces.of(engine, planner, listeners, clock);
        this.workspaces = volumes.workspaces();
        this.orphans = new OrphanCleanup(registry, observer, volumes, listeners.fleet(), clock);
        this.usage = new UsageGuard(observer, registry);
        this.authContainers = new AuthContainerStarter(engine, planner, listeners.runs());
        this.standIns = new StandInStarter(engine, standIn, listeners.fleet());
        this.signIn = new PendingSignIn(engine, observer, listeners.login());
    }

    /** Resolves each agent's workspace, in a volume if the engine can't mount it. */
    FleetSpec resolveWorkspaces(FleetSpec asked) {
        return volumes.resolve(workspaces.resolve(asked));
    }

    /** Observes the fleet and its image, once. */
    ResolvedFleet resolve(FleetSpec spec) {
        return images.resolve(spec, observer.observe(spec.id()));
    }

    /** Returns the hosts that the agents asked for; empty without a gateway. */
    List<EgressUse> hostsAsked(ObservedFleet observed) throws InterruptedException {
        return observed.gateway().isEmpty()
                ? List.of()
                : new HostsAsked(engine, listeners.fleet())
                        .of(observed.gateway().get());
    }

    /** Reports the scripts of a rehearsal, and refuses those that are none. */
    void checkScripts(FleetSpec spec) {
        standIns.check(spec);
    }

    Converger converger(FleetTimeouts timeouts) {
        return new Converger(engine, timeouts, listeners.converge(), clock);
    }

    Instant now() {
        return clock.instant();
    }
}
