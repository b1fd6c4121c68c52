package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.gateway.GatewayException;
import io.github.claudefleet.plan.GatewayKey;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Rehearsal;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Starts the stand-in of a rehearsal again if it has died while agents are followed: without it, no task would get an
 * answer.
 */
final class StandInWatch implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Looks without a stand-in after which it counts as dead. It may have to connect again. */
    private static final int LONGEST_ABSENCE = 2;

    /** Succeeds if a port of the container's loopback listens, in hexadecimal digits: 0A is that state. */
    private static final String LISTENS = "while read -r line; do case $line in"
            + " *\" 0100007F:$1 \"*\" 0A \"* | *\" 7F000001:$1 \"*\" 0A \"*) exit 0 ;; esac; done </proc/net/tcp; exit 1";

    private final StandInStarter starter;
    private final String gateway;
    private final String privateDirectory;
    private final Rehearsal rehearsal;
    private final Thread thread = new Thread(this::watch, "claude-fleet-stand-in-watch");
    private int absences;
    private boolean told;

    /**
     * @param gateway id of the gateway's container
     * @param privateDirectory the gateway's own directory
     */
    StandInWatch(StandInStarter starter, String gateway, String privateDirectory, Rehearsal rehearsal) {
        this.starter = starter;
        this.gateway = gateway;
        this.privateDirectory = privateDirectory;
        this.rehearsal = rehearsal;
    }

    /** Work on agents that are followed. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Does work with a watch over the stand-in; without one if the fleet is no rehearsal. */
    static <T> T during(StandInStarter starter, FleetSpec spec, ObservedFleet observed, Work<T> work)
            throws InterruptedException {
        Optional<String> gateway = observed.gateway().map(ContainerObservation::id);
        Optional<String> key = observed.gateway().flatMap(container -> container.label(Labels.GATEWAY_KEY));
        if (spec.rehearsal().isEmpty() || key.isEmpty()) {
            return work.run();
        }
        String directory = new GatewayKey(key.get()).privateDirectory();
        try (StandInWatch watch = new StandInWatch(
                starter, gateway.get(), directory, spec.rehearsal().get())) {
            watch.begin();
            return work.run();
        }
    }

    private void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    void look() {
        try {
            absences = listens() ? 0 : absences + 1;
            if (absences >= LONGEST_ABSENCE) {
                starter.launch(gateway, privateDirectory, rehearsal);
                starter.listener().standInCameBack();
                absences = 0;
            }
        } catch (EngineException e) {
            // The gateway or the engine is away, and tells at the next look.
            absences = 0;
        } catch (GatewayException | UncheckedIOException e) {
            tellOnce(e.getMessage());
        }
    }

    private boolean listens() {
        ExecRequest look =
                ExecRequest.of(gateway, "/bin/sh", "-c", LISTENS, "sh", String.format("%04X", Rehearsal.PORT));
        return starter.engine().processes().run(look, LIMIT).succeeded();
    }

    private void tellOnce(String reason) {
        if (!told) {
            starter.listener().standInLost(reason);
            told = true;
        }
    }

    private void watch() {
        try {
            while (!thread.isInterrupted()) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                look();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
        }
    }
}
