package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.converge.ReadinessWatch;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings a fleet up: resolves it, plans once, proves the login, creates the agents and waits until they are ready. */
final class StartService {

    private final FleetContext context;
    private final LoginService loginService;
    private final Preconditions preconditions;
    private final WorkspaceClaims claims;
    private final RollbackOnFailure attempt;
    private final StartupWaiter startupWaiter;

    StartService(FleetContext context) {
        this.context = context;
        this.loginService = new LoginService(context);
        this.preconditions = new Preconditions(context.engine, context.listeners.preconditions(), context.home);
        this.claims = WorkspaceClaims.of(context);
        this.attempt = new RollbackOnFailure(context);
        this.startupWaiter = new StartupWaiter(
                new ReadinessWatch(context.engine, context.clock), context.observer, context.listeners.fleet());
    }

    void planAuth(FleetSpec spec) {
        FleetPlan plan = plan(spec);
        plan.checkCapabilities(plan.toLogIn(), context.engine.info());
        preconditions.checkRoom(spec, plan.demandOf(plan.toLogIn()));
        context.listeners.fleet().dryRun(spec.name(), plan.toLogIn());
    }

    void planStart(FleetSpec spec) {
        FleetSpec resolved = context.resolveWorkspaces(spec);
        new SpecWarnings(context.listeners.preconditions()).tell(resolved);
        FleetPlan plan = plan(resolved);
        plan.checkCapabilities(plan.all(), context.volumes.engineFor(resolved));
        preconditions.checkRoom(resolved, plan.demandOf(plan.all()));
        context.listeners.fleet().dryRun(spec.name(), plan.all());
        context.volumes.tellStarts(plan.agents(), resolved);
    }

    void auth(FleetSpec spec) throws InterruptedException {
        ResolvedFleet fleet = begin(spec, FleetPlan::toLogIn);
        Converger converger = context.converger(spec.timeouts());
        attempt.orRollBack(converger, fleet, () -> loginService.establish(fleet, converger));
    }

    /** @param beforeWork called before agents are created, for the first time or anew */
    List<Readiness> start(FleetSpec asked, Consumer<FleetSpec> beforeWork) throws InterruptedException {
        Instant begin = context.now();
        FleetSpec wanted = context.resolveWorkspaces(asked);
        new SpecWarnings(context.listeners.preconditions()).tell(wanted);
        ResolvedFleet fleet = begin(wanted, FleetPlan::all);
        Converger converger = context.converger(wanted.timeouts());
        return attempt.orRollBack(converger, fleet, () -> {
            ResolvedFleet proved = loginService.establish(fleet, converger);
            new GatewayStarter(context.engine).open(proved, converger);
            FleetSpec spec = proved.spec();
            Plan plan = context.planner.agents(proved);
            if (plan.creates()) {
                beforeWork.accept(spec);
            }
            context.volumes.make(plan, spec, fleet);
            converger.apply(plan, context.volumes.sending(spec));
            List<Readiness> agents = startupWaiter.call(proved, converger);
            context.listeners
                    .fleet()
                    .fleetReady(spec.name(), agents.size(), !plan.isEmpty(), Duration.between(begin, context.now()));
            return agents;
        });
    }

    private FleetPlan plan(FleetSpec wanted) {
        context.checkScripts(wanted);
        preconditions.check(wanted);
        ResolvedFleet fleet = context.resolve(wanted);
        fleet.presentImage()
                .ifPresent(
                        image -> preconditions.checkImage(wanted, fleet.target().reference(), image));
        return FleetPlan.of(fleet, context.images, context.planner);
    }

    /**
     * Checks everything that can be checked before something is created, and makes sure that the image exists.
     *
     * @param part selects the part of the fleet's plan that will be applied
     */
    private ResolvedFleet begin(FleetSpec spec, Function<FleetPlan, Plan> part) throws InterruptedException {
        context.listeners.fleet().engine(context.engine.info());
        context.checkScripts(spec);
        preconditions.check(spec);
        claims.refuseTaken(spec);
        // Agents of a dead build must not take the capacity that this build needs.
        context.orphans.run(context.converger(spec.timeouts()));
        ResolvedFleet fleet = context.resolve(spec);
        FleetPlan plan = FleetPlan.of(fleet, context.images, context.planner);
        plan.checkCapabilities(part.apply(plan), context.volumes.engineFor(spec));
        preconditions.checkRoom(spec, plan.demandOf(part.apply(plan)));
        preconditions.prepareLogin(spec);
        context.signIn.complete(spec);
        ImageObservation image = context.images.ensure(fleet);
        preconditions.checkImage(spec, fleet.target().reference(), image);
        // A build or pull takes minutes, in which another build may have created the fleet.
        return image.equals(fleet.image()) ? fleet : context.resolve(spec);
    }
}
