package io.github.claudefleet.fleet;

/** Runs several pieces of work even if some of them fail, then throws the first failure. */
final class FailureCollector {

    private RuntimeException first;

    /** Work that may fail. */
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

    /** Throws the first failure, if there is one. */
    void end() {
        if (first != null) {
            throw first;
        }
    }
}
