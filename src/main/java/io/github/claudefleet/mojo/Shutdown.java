package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Actions for when Maven is terminated (Ctrl-C, {@code SIGTERM}, {@code SIGHUP}). Running goals are cancelled first,
 * then the build's fleets are stopped. Without registered parts, the JVM has no hook and no signal handler.
 */
final class Shutdown {

    /** Action to run at shutdown. */
    interface Part {

        /** Returns true if the part runs before the less urgent ones. */
        boolean isFirst();

        /** Returns the maximum duration of {@link #run}. */
        Duration atMost();

        /** Returns the step for messages to the user. */
        ShutdownStep thing();

        /** Reports the following steps, once for all parts. */
        void tell(List<ShutdownStep> things, Duration atMost);

        void run();
    }

    private static final List<Part> PARTS = new ArrayList<>();
    private static Thread hook;
    private static SigintHandler interrupts;

    private Shutdown() {}

    static synchronized void add(Part part) {
        if (PARTS.isEmpty()) {
            hook = new Thread(Shutdown::run, "claude-fleet-shutdown");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is already shutting down. The caller is about to be cancelled by the parts that are
                // registered.
                return;
            }
            interrupts = SigintHandler.handle();
        }
        PARTS.add(part);
    }

    static synchronized void remove(Part part) {
        if (PARTS.remove(part) && PARTS.isEmpty()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
                interrupts.restore();
            } catch (IllegalStateException e) {
                // The JVM is shutting down: the hook runs.
                return;
            }
        }
    }

    private static synchronized List<Part> inOrder() {
        return PARTS.stream()
                .sorted(Comparator.comparing(Part::isFirst).reversed())
                .toList();
    }

    private static void run() {
        List<Part> parts = inOrder();
        Duration atMost = parts.stream().map(Part::atMost).reduce(Duration.ZERO, Duration::plus);
        List<ShutdownStep> things = parts.stream().map(Part::thing).toList();
        parts.stream().findFirst().ifPresent(part -> part.tell(things, atMost));
        parts.forEach(Part::run);
    }
}
