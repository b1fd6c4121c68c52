package io.github.claudefleet.watchdog;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.TimestampedLog;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.host.HostUser;
import java.io.IOException;
import java.util.Optional;

/**
 * Waits for the end of its standard input, which the kernel closes when Maven dies, and then removes the build's
 * resources from the engine. A byte on its standard input ends it without a removal.
 */
public final class WatchdogMain {

    /**
     * Number of consecutive checks that must find nothing: a resource that the engine was creating when Maven died
     * appears a moment later.
     */
    private static final int QUIET_LOOKS = 3;

    private static final long BETWEEN_LOOKS_MILLIS = 300;
    /**
     * Maximum number of failed attempts, with a growing pause: some four minutes in total for an engine that restarts.
     */
    private static final int MOST_FAILURES = 40;

    private static final long BETWEEN_FAILURES_MILLIS = 300;

    private final String engine;
    private final String build;

    private WatchdogMain(String engine, String build) {
        this.engine = engine;
        this.build = build;
    }

    /** @param arguments address of the engine, and id of the build */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        WatchdogMain watchdog = new WatchdogMain(arguments[0], arguments[1]);
        watchdog.warmUp();
        if (System.in.read() < 0) {
            watchdog.removeAll();
        }
    }

    /** Makes each call once in advance, because the first ones take a cold JVM a second. */
    private void warmUp() {
        LabelSelector ours = LabelSelector.ofBuild(build);
        try (ContainerEngine connected = connect()) {
            connected.containers().list(ours);
            connected.networks().list(ours);
            connected.volumes().list(ours);
            fleet(connected);
        } catch (RuntimeException e) {
            System.out.println("The engine did not answer yet: " + e.getMessage());
        }
    }

    private void removeAll() throws InterruptedException {
        int quiet = 0;
        int failures = 0;
        while (quiet < QUIET_LOOKS && failures < MOST_FAILURES) {
            try (ContainerEngine connected = connect()) {
                quiet = fleet(connected).removeAllOf(build) ? 0 : quiet + 1;
                Thread.sleep(quiet < QUIET_LOOKS ? BETWEEN_LOOKS_MILLIS : 0);
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
                failures++;
                Thread.sleep(BETWEEN_FAILURES_MILLIS * failures);
            }
        }
    }

    private ContainerEngine connect() throws EngineException {
        return Engines.connect(Optional.of(engine), System.getenv(), HostUser.home());
    }

    private static Fleet fleet(ContainerEngine connected) {
        ConsoleListeners listeners = new ConsoleListeners(new TimestampedLog(System.out));
        return new Fleet(connected, LoginContext.nonInteractive(), listeners, HostUser.home());
    }
}
