package io.github.claudefleet.watchdog;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.standin.AgentScripts;
import io.github.claudefleet.standin.StandInConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Serves a rehearsal until its gateway has gone. Its log stays only if it fails. */
public final class StandInMain {

    private StandInMain() {}

    /** @param arguments address of the engine, id of the gateway's container, session, directory of scripts, own log */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Path log = Path.of(arguments[4]);
        try (ContainerEngine engine = Engines.connect(Optional.of(arguments[0]), System.getenv(), HostUser.home())) {
            AgentScripts scripts = AgentScripts.in(Path.of(arguments[3]));
            new StandInConnection(engine, arguments[1], arguments[2], scripts).serve();
            Files.deleteIfExists(log);
        } catch (RuntimeException e) {
            System.out.println("The stand-in of a rehearsal failed: " + e);
            throw e;
        }
    }
}
