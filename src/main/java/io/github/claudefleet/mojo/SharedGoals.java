package io.github.claudefleet.mojo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * A build's record of the goals that several modules execute for one fleet: how many of them have come, what was done, and with what
 * outcome. Modules may come at the same time.
 */
final class SharedGoals {

    /** One for each fleet of each build that this JVM runs. */
    private static final Map<MavenExecutionRequest, Map<String, SharedGoals>> BUILDS = new WeakHashMap<>();

    private final Map<String, Integer> arrivals = new HashMap<>();
    private final Map<String, Once> done = new HashMap<>();
    private boolean started;
    private boolean stopped;
    private boolean postponed;

    private SharedGoals() {}

    /** @param fleet what tells it from other fleets of the build */
    static SharedGoals of(MavenSession session, String fleet) {
        synchronized (BUILDS) {
            return BUILDS.computeIfAbsent(session.getRequest(), key -> new HashMap<>())
                    .computeIfAbsent(fleet, key -> new SharedGoals());
        }
    }

    /** Counts a module that has come to a goal; how many have come by now. */
    synchronized int arrive(String goal) {
        return arrivals.merge(goal, 1, Integer::sum);
    }

    /** What is done once for all modules. */
    synchronized Once once(String goal) {
        return done.computeIfAbsent(goal, key -> new Once());
    }

    /** The fleet is up. */
    synchronized void started() {
        started = true;
        postponed = false;
    }

    synchronized boolean isStarted() {
        return started;
    }

    /** The fleet's start was left to a later module. */
    synchronized void postponed() {
        postponed = true;
    }

    /** Whether the fleet is not up yet, since no module so far uses it. */
    synchronized boolean isPostponed() {
        return postponed;
    }

    /** The fleet was stopped: if it is started once more, all is done anew. */
    synchronized void stopped() {
        started = false;
        stopped = true;
    }

    /** Forgets what was done for a fleet that was stopped since. */
    synchronized void forgetStopped() {
        if (stopped) {
            stopped = false;
            done.clear();
        }
    }

    /** What one module does, and others wait for. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException, MojoExecutionException, MojoFailureException;
    }

    /** A goal that is executed once, whose outcome is that of all modules which come to it. */
    static final class Once {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile String module;
        private String failure;
        private boolean isFailure;

        /**
         * Runs the work, or has its outcome from the module that did.
         *
         * @return that other module; empty if the work was done now
         */
        Optional<String> run(String comer, Work work)
                throws InterruptedException, MojoExecutionException, MojoFailureException {
            lock.lockInterruptibly();
            try {
                if (module == null) {
                    module = comer;
                    begin(work);
                    return Optional.empty();
                }
                return outcome();
            } finally {
                lock.unlock();
            }
        }

        boolean isDone() {
            return module != null;
        }

        private void begin(Work work) throws InterruptedException, MojoExecutionException, MojoFailureException {
            failure = "was broken off";
            try {
                work.run();
                failure = null;
            } catch (MojoFailureException e) {
                isFailure = true;
                failure = e.getMessage();
                throw e;
            } catch (MojoExecutionException | RuntimeException e) {
                failure = e.getMessage();
                throw e;
            }
        }

        private Optional<String> outcome() throws MojoExecutionException, MojoFailureException {
            if (failure == null) {
                return Optional.of(module);
            }
            String message = "As in module " + module + ": " + failure;
            if (isFailure) {
                throw new MojoFailureException(message);
            }
            throw new MojoExecutionException(message);
        }
    }
}
