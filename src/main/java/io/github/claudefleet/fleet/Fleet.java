package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.standin.StandInLauncher;
import io.github.claudefleet.task.FleetReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Façade with a method for each goal, over services that start, await, stop and query fleets and end their login. */
public final class Fleet {

    private final FleetContext context;
    private final FleetClaims claims;
    private final StartService starting;
    private final AwaitService awaiting;
    private final FleetStopper stopping;
    private final RunService running;
    private final LogoutService logout;
    private final QueryService query;

    /**
     * @param engine engine that the fleet runs on
     * @param loginContext terminal and clock
     * @param listeners listeners to everything that the fleet reports
     * @param home home directory of the user who runs this
     */
    public Fleet(ContainerEngine engine, LoginContext loginContext, FleetListeners listeners, HomeDirectory home) {
        this(engine, loginContext, listeners, home, StandInLauncher.inThisJvm(engine));
    }

    /**
     * Creates a façade whose rehearsals can outlive this JVM.
     *
     * @param standIn launches the stand-in of a rehearsal
     */
    public Fleet(
            ContainerEngine engine,
            LoginContext loginContext,
            FleetListeners listeners,
            HomeDirectory home,
            StandInLauncher standIn) {
        this(new FleetContext(engine, loginContext, listeners, home, ProcessIdentity::liveness, standIn));
    }

    Fleet(
            ContainerEngine engine,
            LoginContext loginContext,
            FleetListeners listeners,
            HomeDirectory home,
            Function<ProcessIdentity, Liveness> presences) {
        this(new FleetContext(engine, loginContext, listeners, home, presences, StandInLauncher.inThisJvm(engine)));
    }

    private Fleet(FleetContext context) {
        this.context = context;
        this.claims = new FleetClaims(context);
        this.starting = new StartService(context);
        this.awaiting = new AwaitService(context);
        this.stopping = new FleetStopper(context);
        this.running = new RunService(context, starting, awaiting, stopping);
        this.logout = new LogoutService(context);
        this.query = new QueryService(context);
    }

    /**
     * Claims the fleet for this build: the requested one, or the project's detached fleet, which the build joins if it
     * is up. The caller must register the returned fleet for its end with the build before anything is created.
     *
     * @param container id of the container that the build runs in, whose end shows the build's end; empty if it is in
     *     none
     */
    public FleetSpec claim(FleetSpec spec, Optional<String> container) throws InterruptedException {
        return claims.claim(spec, container);
    }

    /** Claims the fleet for a build whose end is known by its process alone. */
    public FleetSpec claim(FleetSpec spec) {
        return claims.claim(spec);
    }

    /** Reports the plan of {@link #auth}. */
    public void planAuth(FleetSpec spec) {
        starting.planAuth(claims.fitted(spec));
    }

    /** Reports the plan of {@link #start}. */
    public void planStart(FleetSpec spec) {
        starting.planStart(claims.fitted(spec));
    }

    /** Reports the plan of {@link #stop}. */
    public void planStop(FleetSelector selector) {
        stopping.plan(selector);
    }

    /** Reports the plan of {@link #logout}, and refuses in the same cases. */
    public void planLogout(FleetSpec spec) {
        logout.plan(spec);
    }

    /**
     * Starts the auth container and returns once the login is proved. On failure, rolls back what was created.
     *
     * @param spec fleet as {@link #claim} returned it
     * @throws InvalidSpecException if the engine lacks a capability that this needs; nothing is created then
     * @throws io.github.claudefleet.auth.AuthFailedException if the login is never proved
     * @throws SignInPendingException if a sign-in is left pending, together with the auth container
     */
    public void auth(FleetSpec spec) throws InterruptedException {
        starting.auth(claims.fitted(spec));
    }

    /**
     * Does the missing parts of {@link #auth}, brings every agent to its spec and returns when all agents are ready. On
     * failure, rolls back what was created.
     *
     * @param asked fleet as {@link #claim} returned it
     * @return the agents, in the spec's order
     * @throws InvalidSpecException if the engine lacks a capability that this needs; nothing is created then
     * @throws AgentNotReadyException if an agent doesn't become ready in time
     * @throws SignInPendingException if a sign-in is left pending, together with the auth container
     */
    public List<Readiness> start(FleetSpec asked) throws InterruptedException {
        return starting.start(claims.fitted(asked), spec -> {});
    }

    /**
     * Starts agents whose results are stored. If an agent with work is created, the results of an earlier run are
     * replaced.
     *
     * @param results directory of the results
     * @throws InvalidSpecException if nothing can be written there; nothing is created then
     */
    public List<Readiness> start(FleetSpec asked, Path results) throws InterruptedException {
        return running.start(claims.fitted(asked), results);
    }

    /**
     * Follows the agents until all their tasks have ended, and writes the results.
     *
     * @param results directory of the results
     * @param compareWith earlier results to compare with: a {@code fleet.json} or the directory that contains it; empty
     *     for those of the last build, if they are still in the results directory
     * @return outcomes of all tasks
     * @throws InvalidSpecException if another process follows the fleet, if there are tasks and no agents, or if an
     *     agent has work that the spec does not have
     */
    public FleetReport await(FleetSpec asked, Path results, Optional<Path> compareWith) throws InterruptedException {
        return awaiting.await(claims.fitted(asked), results, compareWith);
    }

    /** Follows the agents, and compares them with the last build, if its results are still in the directory. */
    public FleetReport await(FleetSpec asked, Path results) throws InterruptedException {
        return await(asked, results, Optional.empty());
    }

    /**
     * Runs {@link #start}, {@link #await} and, however await ends, {@link #stop}.
     *
     * @param results directory of the results
     * @param compareWith earlier results to compare with, as for {@link #await}
     */
    public void run(FleetSpec spec, Path results, Optional<Path> compareWith) throws InterruptedException {
        running.run(claims.fitted(spec), results, compareWith);
    }

    /**
     * Stops the fleet and removes all its resources; its login stays. Integrates changes in agents' own workspaces that
     * nobody awaited. Also removes the resources of builds that are over.
     *
     * @param results directory in which to write the changes
     * @throws InvalidSpecException if the fleet is selected by its name alone and several have that name
     */
    public void stop(FleetSelector selector, FleetTimeouts timeouts, Path results) throws InterruptedException {
        stopping.stop(selector, timeouts, results);
    }

    /** Returns the maximum duration of {@link #stop}: the agents' timeout, and the keeper's for a login refresh. */
    public static Duration longestStop(FleetTimeouts timeouts) {
        return FleetStopper.longestStop(timeouts);
    }

    /** Returns the engine's address. */
    public String engineAddress() {
        return query.engineAddress();
    }

    /** Stops a fleet that ends with this build, if it is still up. */
    public void end(FleetId fleet, FleetTimeouts timeouts, Path results) throws InterruptedException {
        stopping.endWithBuild(fleet, timeouts, results);
    }

    /**
     * Removes at once all resources that should have ended with a build whose process is gone.
     *
     * @param build id of the build
     * @return true if there was anything to remove
     */
    public boolean removeAllOf(String build) throws InterruptedException {
        return stopping.removeAllOf(build);
    }

    /**
     * Ends the login for everything that uses it, and removes the fleet's resources on the engine.
     *
     * @throws InvalidSpecException if agents are up, which would lose the login in the middle of their work, or if the
     *     fleet has no login that could be ended
     */
    public void logout(FleetSpec spec) throws InterruptedException {
        logout.logout(spec);
    }

    /** Returns a row for each container of the fleet, the auth container first. */
    public List<AgentStatus> status(FleetSelector selector) throws InterruptedException {
        return query.status(selector);
    }

    /**
     * Checks everything that the fleet depends on; changes nothing.
     *
     * @param environment Maven's environment variables
     */
    public List<Finding> doctor(FleetSpec spec, Map<String, String> environment) {
        return query.doctor(claims.fitted(spec), environment);
    }

    /** Reports the agents' output. */
    public void logs(FleetSelector fleet, LogsRequest request) throws InterruptedException {
        query.logs(fleet, request);
    }

    /** @throws InvalidSpecException if the fleet has agents, which use their workspaces */
    public void refuseWhileAgentsAreUp(FleetSelector selector) {
        context.usage.refuseWorkspacesOf(selector);
    }
}
