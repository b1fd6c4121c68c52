package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is done when Maven is told to end (Ctrl-C, {@code SIGTERM}, {@code SIGHUP}): goals at work are called off first, then what was to
 * end with the build is ended. While nobody has anything to do, the JVM is as if this weren't there.
 */
final class Shutdown {

    /** Something to do then. */
    interface Part {

        /** Whether it comes before what has no such haste. */
        boolean isFirst();

        /** How long it may take at most. */
        Duration atMost();

        /** What that is, for people. */
        ShutdownStep thing();

        /** Says what is about to happen, once for all parts. */
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
                // It ends already, and who adds something now is about to be called off by those who are here.
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
                // The JVM is ending: the hook is at work.
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
