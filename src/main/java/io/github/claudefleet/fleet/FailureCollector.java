package io.github.claudefleet.fleet;

/** Does a number of things of which none keeps the others from being tried, and ends with the first failure. */
final class FailureCollector {

    private RuntimeException first;

    /** Something that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    void attempt(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws the first failure, where there was one. */
    void end() {
        if (first != null) {
            throw first;
        }
    }
}
