package io.github.claudefleet.mojo;

import io.github.claudefleet.console.GoalMessages;
import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.watchdog.ClassPath;
import io.github.claudefleet.watchdog.Watchdog;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;

/**
 * Stops this build's fleets when Maven's session ends (also under mvnd), when Maven is interrupted and, through a
 * {@link Watchdog}, when it is killed.
 */
final class BuildEndListener implements Shutdown.Part {

    /** One listener for each build that this JVM runs. */
    private static final Map<MavenExecutionRequest, BuildEndListener> BUILDS = new WeakHashMap<>();

    /** Action that stops a fleet at the end of the build. */
    interface Ending {

        /** Returns the maximum duration of {@link #run}. */
        Duration atMost();

        void run() throws Exception;
    }

    private final GoalMessages messages;
    private final String build;
    private final Map<Map<String, String>, Ending> endings = new LinkedHashMap<>();
    private final Map<String, Watchdog> watchdogs = new LinkedHashMap<>();
    private final List<ContainerEngine> held = new ArrayList<>();

    private BuildEndListener(GoalMessages messages, String build) {
        this.messages = messages;
        this.build = build;
    }

    /** Returns the listener of a session, and creates it if necessary. */
    static BuildEndListener of(MavenSession session, GoalMessages messages, String build) {
        MavenExecutionRequest request = session.getRequest();
        synchronized (BUILDS) {
            return BUILDS.computeIfAbsent(request, key -> {
                BuildEndListener end = new BuildEndListener(messages, build);
                request.setExecutionListener(listening(request.getExecutionListener(), end));
                return end;
            });
        }
    }

    /** Returns the listener of a session; empty if no fleet was ever registered in it. */
    static Optional<BuildEndListener> existing(MavenSession session) {
        synchronized (BUILDS) {
            return Optional.ofNullable(BUILDS.get(session.getRequest()));
        }
    }

    /**
     * Registers a fleet that ends with the build. To be called before any of its resources is created.
     *
     * @param engine address of the engine
     * @param watchdogLog log file of the watchdog
     */
    synchronized void expect(FleetId fleet, String engine, Path watchdogLog, Ending ending) {
        if (endings.isEmpty()) {
            Shutdown.add(this);
        }
        endings.put(fleet.selectingLabels(), ending);
        watchdogs.computeIfAbsent(engine, address -> watch(address, watchdogLog));
    }

    /** Keeps a connection open until the end of the build. */
    synchronized void hold(ContainerEngine engine) {
        held.add(engine);
    }

    private Watchdog watch(String engine, Path watchdogLog) {
        try {
            return Watchdog.start(engine, build, ClassPath.own(), watchdogLog);
        } catch (UncheckedIOException e) {
            messages.noWatchdog(e.getMessage());
            return null;
        }
    }

    /** Warns if a watchdog has exited already, for example because of an incomplete Java installation. */
    synchronized void confirm() {
        if (watchdogs.values().removeIf(watchdog -> !watchdog.isAlive())) {
            messages.noWatchdog("the watchdog ended at once, with " + System.getProperty("java.home"));
        }
    }

    /** Forgets a fleet that was stopped before the end of the build. */
    synchronized void forget(FleetId fleet) {
        if (endings.remove(fleet.selectingLabels()) != null && endings.isEmpty()) {
            release(Watchdog::dismiss);
        }
    }

    /** Stops all registered fleets. On a failure, the watchdog removes what is left. */
    private synchronized boolean endAll() {
        boolean whole = true;
        for (Ending ending : List.copyOf(endings.values())) {
            whole &= ended(ending);
        }
        endings.clear();
        held.forEach(ContainerEngine::close);
        held.clear();
        return whole;
    }

    /**
     * Stops a fleet despite an interrupt: the one that cancelled the goal is still set on Maven's thread at the
     * session's end.
     */
    private boolean ended(Ending ending) {
        return Uninterruptibly.call(() -> succeeds(ending));
    }

    private boolean succeeds(Ending ending) {
        try {
            ending.run();
            return true;
        } catch (Exception e) {
            messages.notEndedWithBuild(e.getMessage());
            return false;
        }
    }

    private synchronized void release(Consumer<Watchdog> word) {
        watchdogs.values().forEach(word);
        watchdogs.clear();
        Shutdown.remove(this);
    }

    @Override
    public boolean isFirst() {
        return false;
    }

    @Override
    public synchronized Duration atMost() {
        return endings.values().stream().map(Ending::atMost).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public ShutdownStep thing() {
        return ShutdownStep.END_FLEET;
    }

    @Override
    public void tell(List<ShutdownStep> things, Duration atMost) {
        messages.cancelled(things, atMost);
    }

    /** Stops all fleets. A watchdog that isn't dismissed also checks for leftovers as soon as the JVM is gone. */
    @Override
    public void run() {
        endAll();
    }

    private void sessionEnded() {
        release(endAll() ? Watchdog::dismiss : Watchdog::takeOver);
    }

    /**
     * Wraps Maven's listener. A plugin that isn't an extension learns of the session's end only this way. The event
     * comes before Maven prints the build's result.
     */
    private static ExecutionListener listening(ExecutionListener next, BuildEndListener end) {
        return (ExecutionListener) Proxy.newProxyInstance(
                BuildEndListener.class.getClassLoader(),
                new Class<?>[] {ExecutionListener.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sessionEnded")) {
                        end.sessionEnded();
                    }
                    return method.getDeclaringClass() == Object.class
                            ? method.invoke(end, arguments)
                            : handOn(next, method, arguments);
                });
    }

    private static Object handOn(ExecutionListener next, Method method, Object[] arguments) throws Throwable {
        try {
            return next == null ? null : method.invoke(next, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
