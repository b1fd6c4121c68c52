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
 * A build's record of the goals that several modules execute for one fleet: how many modules have reached a goal, which
 * goals ran, and with which outcome. Modules may run concurrently.
 */
final class SharedGoals {

    /** One record for each fleet of each build that this JVM runs. */
    private static final Map<MavenExecutionRequest, Map<String, SharedGoals>> BUILDS = new WeakHashMap<>();

    private final Map<String, Integer> arrivals = new HashMap<>();
    private final Map<String, Once> done = new HashMap<>();
    private boolean started;
    private boolean stopped;
    private boolean postponed;

    private SharedGoals() {}

    /** @param fleet key that distinguishes the fleet from others of the build */
    static SharedGoals of(MavenSession session, String fleet) {
        synchronized (BUILDS) {
            return BUILDS.computeIfAbsent(session.getRequest(), key -> new HashMap<>())
                    .computeIfAbsent(fleet, key -> new SharedGoals());
        }
    }

    /**
     * Counts a module that has reached a goal.
     *
     * @return number of modules that have reached it so far
     */
    synchronized int arrive(String goal) {
        return arrivals.merge(goal, 1, Integer::sum);
    }

    /** Returns the goal that runs once for all modules. */
    synchronized Once once(String goal) {
        return done.computeIfAbsent(goal, key -> new Once());
    }

    /** Records that the fleet is up. */
    synchronized void started() {
        started = true;
        postponed = false;
    }

    synchronized boolean isStarted() {
        return started;
    }

    /** Records that the fleet's start is left to a later module. */
    synchronized void postponed() {
        postponed = true;
    }

    /** Returns true if the fleet is not up yet, because no module so far uses it. */
    synchronized boolean isPostponed() {
        return postponed;
    }

    /** Records that the fleet was stopped. If it starts again, all goals run anew. */
    synchronized void stopped() {
        started = false;
        stopped = true;
    }

    /** Forgets the goals that ran for a fleet which was stopped since. */
    synchronized void forgetStopped() {
        if (stopped) {
            stopped = false;
            done.clear();
        }
    }

    /** Work of one module, for which others wait. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException, MojoExecutionException, MojoFailureException;
    }

    /** Goal that runs once. Its outcome applies to all modules that reach it. */
    static final class Once {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile String module;
        private String failure;
        private boolean isFailure;

        /**
         * Runs the work, or repeats its outcome from the module that ran it.
         *
         * @return that other module; empty if the work ran now
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
