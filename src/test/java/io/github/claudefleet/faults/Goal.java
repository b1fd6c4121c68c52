package io.github.claudefleet.faults;

/** Goal that a test runs with a fault. */
@FunctionalInterface
public interface Goal {

    void run() throws InterruptedException;

    /** Runs the goal and returns the message of its failure; empty if it succeeds. */
    default String failure() throws InterruptedException {
        try {
            run();
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
