package io.github.claudefleet.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Searches the processes of this machine repeatedly for a credential that is visible only for a moment. */
public final class ProcessWatch implements AutoCloseable {

    private static final int PAUSE_MILLIS = 20;

    private final List<String> forms;
    private final Set<String> findings = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::watch, "process-watch");
    private volatile long looks;
    private volatile RuntimeException failure;

    private ProcessWatch(List<String> forms) {
        this.forms = forms;
    }

    /** Starts the watch, which lasts until it is closed. */
    public static ProcessWatch start(String... secrets) {
        ProcessWatch watch = new ProcessWatch(SecretSearch.forms(secrets));
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Ends the watch. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the processes that had the credential. Requires that the watch has ended. */
    public List<String> findings() {
        if (thread.isAlive() || looks == 0) {
            throw new IllegalStateException("the watch goes on, or never looked");
        }
        if (failure != null) {
            throw failure;
        }
        return List.copyOf(findings);
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // The watch was closed.
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void look() throws IOException {
        for (HostProcess process : HostProcess.all()) {
            if (forms.stream()
                    .anyMatch(form -> process.arguments().contains(form)
                            || process.environment().contains(form))) {
                findings.add(process.toString());
            }
        }
        looks++;
    }
}
