package io.github.claudefleet.standin;

import io.github.claudefleet.engine.ContainerEngine;
import java.nio.file.Path;

/** Launches the stand-in of a rehearsal, beside whoever starts the fleet. */
@FunctionalInterface
public interface StandInLauncher {

    /**
     * Launches a stand-in that serves until the gateway has gone, and returns at once.
     *
     * @param gateway id of the gateway's container
     * @param session name by which the caller knows this stand-in
     * @param scripts directory with the agents' scripts
     */
    void launch(String gateway, String session, Path scripts);

    /** Returns a launcher of threads of this JVM, which end with it. */
    static StandInLauncher inThisJvm(ContainerEngine engine) {
        return (gateway, session, scripts) -> {
            StandInConnection connection = new StandInConnection(engine, gateway, session, AgentScripts.in(scripts));
            Thread thread = new Thread(() -> serve(connection), "claude-fleet-stand-in");
            thread.setDaemon(true);
            thread.start();
        };
    }

    private static void serve(StandInConnection connection) {
        try {
            connection.serve();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
