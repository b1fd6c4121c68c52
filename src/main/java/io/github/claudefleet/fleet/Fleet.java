package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.auth.SignInPendingException;
import io.github.claudefleet.console.AgentStatus;
import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.ContainerRemoval;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.doctor.Doctor;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.doctor.LoginUsers;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.results.ResultsCheck;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.supervise.FleetSupervisor;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.workspace.Workspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Façade with a method for each goal. */
public final class Fleet {

    /** Placeholder for an image that does not exist yet, if only a plan is needed. */
    private static final ImageObservation NOT_YET = new ImageObservation("not yet", Map.of());

    private final ContainerEngine engine;
    private final HomeDirectory home;
    private final LoginContext loginContext;
    private final FleetLog log;
    private final Planner planner = new Planner();
    private final FleetObserver observer;
    private final ImageProvider images;
    private final LoginService loginService;
    private final Preconditions preconditions;
    private final AgentWorkspaces agentWorkspaces;
    private final FleetRegistry registry;
    private final OrphanCleanup orphanCleanup;
    private final WorkspaceClaims claims;
    private final UsageGuard inUse;
    private final RollbackOnFailure attempt;
    private final StartupWaiter startupWaiter;
    private final FleetStopper stopper;

    /**
     * @param engine engine that the fleet runs on
     * @param loginContext terminal, log and clock
     * @param home home directory of the user who runs this
     */
    public Fleet(ContainerEngine engine, LoginContext loginContext, HomeDirectory home) {
        this(engine, loginContext, home, ProcessIdentity::liveness);
    }

    Fleet(
            ContainerEngine engine,
            LoginContext loginContext,
            HomeDirectory home,
            Function<ProcessIdentity, Liveness> presences) {
        this.engine = engine;
        this.home = home;
        this.loginContext = loginContext;
        this.log = loginContext.log();
        this.observer = new FleetObserver(engine);
        this.images = new ImageProvider(engine, planner, log, loginContext.clock());
        this.loginService = new LoginService(engine, planner, observer, loginContext);
        this.preconditions = new Preconditions(engine, log, home);
        this.agentWorkspaces = new AgentWorkspaces(log, loginContext.clock());
        this.registry = new FleetRegistry(engine, presences);
        this.orphanCleanup = new OrphanCleanup(registry, observer, planner, log, loginContext.clock());
        this.claims = new WorkspaceClaims(observer, registry);
        this.inUse = new UsageGuard(observer, registry);
        this.attempt = new RollbackOnFailure(observer, planner, log);
        this.startupWaiter = new StartupWaiter(new ReadinessWatch(engine, loginContext.clock()), observer, log);
        this.stopper = new FleetStopper(
                this::converger, registry, observer, orphanCleanup, agentWorkspaces, log, loginContext.clock());
    }

    /**
     * Claims the fleet for this build: the requested one, or the project's detached fleet, which the build joins if it
     * is up. The caller must register the returned fleet for its end with the build before anything is created.
     *
     * @param container id of the container that the build runs in, whose end shows the build's end; empty if it is in
     *     none
     */
    public FleetSpec claim(FleetSpec spec, Optional<String> container) throws InterruptedException {
        FleetSpec claimed = claim(spec);
        return claimed.withId(new BuildContainer(engine).mark(claimed.id(), container));
    }

    /** Claims the fleet for a build whose end is known by its process alone. */
    public FleetSpec claim(FleetSpec spec) {
        FleetId claimed = registry.toMake(spec.id());
        if (claimed.lifetime() != spec.id().lifetime()) {
            log.joinsDetached(claimed.name());
        } else if (claimed.lifetime() == Lifetime.BUILD && loginService.leavesSignIn(spec)) {
            log.outlivesForSignIn(claimed.name());
            claimed = claimed.of(Lifetime.DETACHED);
        }
        return spec.withId(claimed);
    }

    /** Logs the plan of {@link #auth}. */
    public void planAuth(FleetSpec spec) {
        FleetPlan fleetPlan = draw(spec);
        preconditions.checkRoom(spec, fleetPlan.demandOf(fleetPlan.toLogIn()));
        log.dryRun(spec.name(), fleetPlan.toLogIn());
    }

    /** Logs the plan of {@link #start}. */
    public void planStart(FleetSpec spec) {
        FleetSpec resolved = agentWorkspaces.resolve(spec);
        new SlashPrompts(log).tell(resolved);
        FleetPlan fleetPlan = draw(resolved);
        preconditions.checkRoom(resolved, fleetPlan.demandOf(fleetPlan.all()));
        log.dryRun(spec.name(), fleetPlan.all());
        agentWorkspaces.tellStarts(fleetPlan.agents(), resolved);
    }

    /** Logs the plan of {@link #stop}. */
    public void planStop(FleetSelector selector) {
        List<FleetId> fleets = registry.toStop(selector);
        fleets.forEach(fleet -> log.dryRun(fleet.name(), planner.stop(observer.observe(fleet))));
        if (fleets.isEmpty()) {
            log.dryRun(selector.id().name(), Plan.NOTHING);
        }
    }

    /** Logs the plan of {@link #logout}, and refuses in the same cases. */
    public void planLogout(FleetSpec spec) {
        inUse.refuseLoginOf(spec);
        Path directory = spec.login().directory();
        if (loginService.hasNothingToEnd(spec)) {
            log.nothingToLogOut(directory);
        } else {
            log.wouldLogOut(directory);
        }
    }

    /**
     * Starts the auth container and returns once the login is proved. On failure, rolls back what was created.
     *
     * @param spec fleet as {@link #claim} returned it
     * @throws io.github.claudefleet.auth.AuthFailedException if the login is never proved
     * @throws SignInPendingException if a sign-in is left pending, together with the auth container
     */
    public void auth(FleetSpec spec) throws InterruptedException {
        begin(spec, FleetPlan::toLogIn);
        ImageTarget target = images.target(spec);
        ImageObservation image = images.ensure(target);
        preconditions.checkImage(spec, target.reference(), image);
        Converger converger = converger(spec.timeouts());
        attempt.orTakeBack(converger, spec.id(), () -> loginService.establish(spec, target, image, converger));
    }

    /**
     * Does the missing parts of {@link #auth}, brings every agent to its spec and returns when all agents are ready. On
     * failure, rolls back what was created.
     *
     * @param asked fleet as {@link #claim} returned it
     * @return the agents, in the spec's order
     * @throws AgentNotReadyException if an agent doesn't become ready in time
     * @throws SignInPendingException if a sign-in is left pending, together with the auth container
     */
    public List<Readiness> start(FleetSpec asked) throws InterruptedException {
        return start(asked, spec -> {});
    }

    /**
     * Starts agents whose results are stored. If an agent with work is created, the results of an earlier run are
     * replaced.
     *
     * @param results directory of the results
     * @throws InvalidSpecException if nothing can be written there; nothing is created then
     */
    public List<Readiness> start(FleetSpec asked, Path results) throws InterruptedException {
        if (asked.work().isNone()) {
            return start(asked);
        }
        ResultsCheck.check(results);
        return start(
                asked,
                spec -> resultsOf(spec, results)
                        .begin(
                                spec.name(),
                                spec.work().maxCost(),
                                loginContext.clock().instant()));
    }

    private List<Readiness> start(FleetSpec asked, Consumer<FleetSpec> beforeWork) throws InterruptedException {
        Instant begin = loginContext.clock().instant();
        FleetSpec wanted = agentWorkspaces.resolve(asked);
        new SlashPrompts(log).tell(wanted);
        begin(wanted, FleetPlan::all);
        ImageTarget target = images.target(wanted);
        ImageObservation image = images.ensure(target);
        preconditions.checkImage(wanted, target.reference(), image);
        Converger converger = converger(wanted.timeouts());
        return attempt.orTakeBack(converger, wanted.id(), () -> {
            FleetSpec spec = loginService.establish(wanted, target, image, converger);
            Plan plan = planner.agents(spec, target, image, observer.observe(spec.id()));
            if (plan.creates()) {
                beforeWork.accept(spec);
            }
            agentWorkspaces.makeFor(plan, spec);
            converger.apply(plan);
            List<Readiness> agents = startupWaiter.call(spec);
            log.fleetUp(spec.name(), agents.size(), !plan.isEmpty(), since(begin));
            return agents;
        });
    }

    /**
     * Follows the agents until all their tasks have ended, and writes the results.
     *
     * @param results directory of the results
     * @return outcomes of all tasks
     * @throws InvalidSpecException if another process follows the fleet, if there are tasks and no agents, or if an
     *     agent has work that the spec does not have
     */
    public FleetReport await(FleetSpec asked, Path results) throws InterruptedException {
        ResultsCheck.check(results);
        FleetSpec spec = Workspaces.resolve(asked.withId(registry.present(asked.id())));
        ResultsLock lock = ResultsLock.in(results);
        try {
            ObservedFleet observed = observer.observe(spec.id());
            refuseUnknownWork(spec, observed);
            if (spec.work().isNone()) {
                log.nothingToAwait(spec.name());
            }
            ResultsWriter writer = resultsOf(asked, results);
            writer.begin(
                    spec.name(), spec.work().maxCost(), loginContext.clock().instant());
            FleetSupervisor supervisor = new FleetSupervisor(engine, spec, log, loginContext.clock(), results);
            FleetReport report = supervisor.await(observed, writer::snapshot);
            try {
                writer.write(report);
            } finally {
                // The changes of paid work are integrated even if its results can't be written.
                agentWorkspaces.integrateChanges(spec, writer);
            }
            log.wrote(results.resolve("fleet.json"));
            return report;
        } finally {
            lock.close();
        }
    }

    private ResultsWriter resultsOf(FleetSpec spec, Path results) {
        return new ResultsWriter(results, ResultsOrigin.of(spec.id()), log::resultNotWritten);
    }

    /** Refuses tasks without agents, and agents whose work nobody would await: it would have no results. */
    private static void refuseUnknownWork(FleetSpec spec, ObservedFleet observed) {
        if (observed.agents().isEmpty() && !spec.work().isNone()) {
            throw new InvalidSpecException(
                    "fleet",
                    "\"" + spec.name() + "\" has no agents on this engine to await",
                    "Run claude-fleet:start first, or claude-fleet:run, which does all in one.");
        }
        Set<String> known = spec.work().queues().stream()
                .flatMap(queue -> queue.agents().stream())
                .map(AgentName::value)
                .collect(Collectors.toSet());
        observed.agents().stream()
                .filter(agent -> agent.label(Labels.PROMPT).isPresent())
                .map(agent -> agent.label(Labels.AGENT).orElse(agent.name()))
                .filter(agent -> !known.contains(agent))
                .findFirst()
                .ifPresent(agent -> {
                    throw new InvalidSpecException(
                            "agents",
                            "of this execution have no work for " + agent + ", which fleet " + spec.name()
                                    + " has at work",
                            "Await it with the configuration that it was started with, such as"
                                    + " claude-fleet:await@EXECUTION, or run claude-fleet:start again,"
                                    + " which removes what the pom no longer has.");
                });
    }

    /**
     * Runs {@link #start}, {@link #await} and, however await ends, {@link #stop}.
     *
     * @param results directory of the results
     */
    public void run(FleetSpec spec, Path results) throws InterruptedException {
        start(spec, results);
        try {
            await(spec, results);
        } finally {
            Uninterruptibly.run(() -> stopper.stop(spec.id(), spec.timeouts(), results));
        }
    }

    /**
     * Stops the fleet and removes all its resources; its login stays. Integrates changes in agents' own workspaces that
     * nobody awaited. Also removes the resources of builds that are over.
     *
     * @param results directory in which to write the changes
     * @throws InvalidSpecException if the fleet is selected by its name alone and several have that name
     */
    public void stop(FleetSelector selector, FleetTimeouts timeouts, Path results) throws InterruptedException {
        log.engine(engine.info());
        stopper.stop(selector, timeouts, results);
    }

    /** Returns the maximum duration of {@link #stop}: the agents' timeout, and the keeper's for a login refresh. */
    public static Duration longestStop(FleetTimeouts timeouts) {
        return timeouts.stopTimeout().plus(ContainerRemoval.AUTH_GRACE);
    }

    /** Returns the engine's address. */
    public String engineAddress() {
        return engine.info().address();
    }

    /** Stops a fleet that ends with this build, if it is still up. */
    public void end(FleetId fleet, FleetTimeouts timeouts, Path results) throws InterruptedException {
        stopper.endWithBuild(fleet, timeouts, results);
    }

    /**
     * Removes at once all resources that should have ended with a build whose process is gone.
     *
     * @param build id of the build
     * @return true if there was anything to remove
     */
    public boolean removeAllOf(String build) throws InterruptedException {
        return stopper.removeAllOf(build);
    }

    /**
     * Ends the login for everything that uses it, and removes the fleet's resources on the engine.
     *
     * @throws InvalidSpecException if agents are up, which would lose the login in the middle of their work, or if the
     *     fleet has no login that could be ended
     */
    public void logout(FleetSpec spec) throws InterruptedException {
        log.engine(engine.info());
        inUse.refuseLoginOf(spec);
        Path directory = spec.login().directory();
        if (loginService.hasNothingToEnd(spec)) {
            log.nothingToLogOut(directory);
            return;
        }
        ImageTarget target = images.target(spec);
        ImageObservation image = images.ensure(target);
        Converger converger = converger(spec.timeouts());
        try {
            loginService.end(spec, target, image, converger);
            log.loggedOut(directory);
        } catch (InterruptedException | RuntimeException e) {
            tidyAfter(e, () -> converger.apply(planner.stop(observer.observe(spec.id()))));
            throw e;
        }
        converger.apply(planner.stop(observer.observe(spec.id())));
    }

    /** Returns a row for each container of the fleet, the auth container first. */
    public List<AgentStatus> status(FleetSelector selector) throws InterruptedException {
        StatusReader reader = new StatusReader(engine, loginContext.clock());
        return Parallel.map(
                observer.observe(registry.toShow(selector)).inOrder(), StartupWaiter.WATCHES_AT_ONCE, reader::read);
    }

    /**
     * Checks everything that the fleet depends on; changes nothing.
     *
     * @param environment Maven's environment variables
     */
    public List<Finding> doctor(FleetSpec spec, Map<String, String> environment) {
        Doctor doctor = new Doctor(spec, home, environment, loginContext.clock());
        FleetSpec present = spec.withId(registry.present(spec.id()));
        FleetPlan fleetPlan = fleetPlan(present);
        return doctor.examine(
                engine,
                images.target(present).reference(),
                fleetPlan.observed(),
                fleetPlan.demandOf(fleetPlan.all()),
                LoginUsers.of(observer.loginUsers(present)));
    }

    /** Prints the agents' output. */
    public void logs(FleetSelector fleet, LogsRequest selector) throws InterruptedException {
        new LogsReader(engine, log).read(fleet.id().name(), observer.observe(registry.toShow(fleet)), selector);
    }

    /** @throws InvalidSpecException if the fleet has agents, which use their workspaces */
    public void refuseWhileAgentsAreUp(FleetSelector selector) {
        inUse.refuseWorkspacesOf(selector);
    }

    private FleetPlan draw(FleetSpec wanted) {
        preconditions.check(wanted);
        ImageTarget target = images.target(wanted);
        engine.image(target.reference())
                .ifPresent(image -> preconditions.checkImage(wanted, target.reference(), image));
        return fleetPlan(wanted);
    }

    private FleetPlan fleetPlan(FleetSpec wanted) {
        ImageTarget target = images.target(wanted);
        ImageObservation image = engine.image(target.reference()).orElse(NOT_YET);
        FleetSpec spec = loginService.withKnownFallback(wanted, image);
        ObservedFleet observed = observer.observe(spec.id());
        return new FleetPlan(
                spec,
                observed,
                images.plan(target),
                planner.auth(spec, target, image, observed),
                planner.agents(spec, target, image, observed));
    }

    /** Cleans up after a failure. Its own failure is only suppressed, because the user must see the first one. */
    private static void tidyAfter(Exception first, Uninterruptibly.Work work) {
        try {
            Uninterruptibly.run(work);
        } catch (RuntimeException e) {
            first.addSuppressed(e);
        }
    }

    /** @param part selects the part of the fleet's plan that will be applied */
    private void begin(FleetSpec spec, Function<FleetPlan, Plan> part) throws InterruptedException {
        log.engine(engine.info());
        preconditions.check(spec);
        claims.refuseTaken(spec);
        // Agents of a dead build must not take the capacity that this build needs.
        orphanCleanup.run(converger(spec.timeouts()));
        FleetPlan fleetPlan = fleetPlan(spec);
        preconditions.checkRoom(spec, fleetPlan.demandOf(part.apply(fleetPlan)));
        preconditions.prepareLogin(spec);
        loginService.completeSignIn(spec);
    }

    private Converger converger(FleetTimeouts timeouts) {
        return new Converger(engine, timeouts, log, loginContext.clock());
    }

    private Duration since(Instant begin) {
        return Duration.between(begin, loginContext.clock().instant());
    }
}
