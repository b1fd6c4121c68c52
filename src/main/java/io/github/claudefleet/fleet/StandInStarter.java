package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.gateway.GatewayException;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.standin.AgentScripts;
import io.github.claudefleet.standin.StandInLauncher;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Starts the stand-in of a rehearsal, before the login is proved by a request to it.
 *
 * @param launcher launches it beside whoever starts the fleet
 */
record StandInStarter(ContainerEngine engine, StandInLauncher launcher, FleetListener listener) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Waits until the stand-in of that session listens; it ends by itself after 30 s. */
    private static final String LISTENS = "n=0; until [ \"$(cat \"$1/stand-in\" 2>/dev/null)\" = \"$2\" ]; do"
            + " n=$((n + 1)); [ $n -lt 600 ] || exit 1; sleep 0.05; done";

    /** Runs a script once the gateway has published it; ends by itself after 30 s. */
    private static final String RELAY = "n=0; until [ -f \"$1\" ]; do"
            + " n=$((n + 1)); [ $n -lt 600 ] || exit 1; sleep 0.05; done; exec /bin/sh \"$@\"";

    /**
     * Reports the scripts of a rehearsal.
     *
     * @throws io.github.claudefleet.spec.InvalidSpecException if one of them is no script
     */
    void check(FleetSpec spec) {
        spec.rehearsal()
                .ifPresent(rehearsal -> listener.rehearsal(
                        rehearsal.scripts(),
                        AgentScripts.in(rehearsal.scripts()).agents()));
    }

    /**
     * Starts a stand-in with the scripts of now, in place of the one that is at work, if the fleet is a rehearsal.
     *
     * @param auth id of the auth container, which reaches it from then on
     * @throws GatewayException if it does not listen in time
     */
    void start(ResolvedFleet fleet, Converger converger, String auth) {
        fleet.spec().rehearsal().ifPresent(rehearsal -> {
            launch(GatewayStarter.id(fleet, converger), fleet.key().privateDirectory(), rehearsal);
            relay(auth);
        });
    }

    /** The auth container is started together with the gateway, which has the relay, and so can't start it itself. */
    private void relay(String auth) {
        ExecRequest relay = ExecRequest.of(
                auth,
                "/bin/sh",
                "-c",
                RELAY,
                "sh",
                ContainerPaths.RELAY,
                String.valueOf(Rehearsal.PORT),
                ContainerPaths.STAND_IN);
        ExecResult result = engine.processes().run(relay, LIMIT);
        if (!result.succeeded()) {
            throw new GatewayException(
                    "the rehearsal's stand-in can't be reached from the auth container",
                    result.errors().lines().toList());
        }
    }

    /** @throws GatewayException if it does not listen in time */
    void launch(String gateway, String privateDirectory, Rehearsal rehearsal) {
        String session = UUID.randomUUID().toString();
        launcher.launch(gateway, session, rehearsal.scripts());
        ExecRequest listens = ExecRequest.of(gateway, "/bin/sh", "-c", LISTENS, "sh", privateDirectory, session);
        ExecResult result = engine.processes().run(listens, LIMIT);
        if (!result.succeeded()) {
            throw new GatewayException("the rehearsal's stand-in has not begun to listen within 30 s", List.of());
        }
    }
}
