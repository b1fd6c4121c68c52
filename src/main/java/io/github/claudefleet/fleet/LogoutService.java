package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetSpec;
import java.nio.file.Path;

/** Ends a login for everything that uses it. */
record LogoutService(FleetContext context, LoginService loginService) {

    void plan(FleetSpec spec) {
        context.usage.refuseLoginOf(spec);
        Path directory = spec.login().directory();
        if (loginService.hasNothingToEnd(spec)) {
            context.listeners.fleetLogin().nothingToLogOut(directory);
        } else {
            context.listeners.fleetLogin().wouldLogOut(directory);
        }
    }

    void logout(FleetSpec spec) throws InterruptedException {
        context.listeners.fleet().engine(context.engine.info());
        context.usage.refuseLoginOf(spec);
        Path directory = spec.login().directory();
        if (loginService.hasNothingToEnd(spec)) {
            context.listeners.fleetLogin().nothingToLogOut(directory);
            return;
        }
        ResolvedFleet missing = context.resolve(spec);
        ResolvedFleet fleet = missing.withImage(context.images.ensure(missing));
        Converger converger = context.converger(spec.timeouts());
        try {
            loginService.end(fleet, converger);
            context.listeners.fleetLogin().loggedOut(directory);
        } catch (InterruptedException | RuntimeException e) {
            removeAfter(e, spec, converger);
            throw e;
        }
        remove(spec, converger);
    }

    private void remove(FleetSpec spec, Converger converger) throws InterruptedException {
        converger.apply(context.planner.stop(context.observer.observe(spec.id())));
    }

    /** Removes the fleet after a failure. Its own failure is only suppressed, because the user must see the first one. */
    private void removeAfter(Exception first, FleetSpec spec, Converger converger) {
        try {
            Uninterruptibly.run(() -> remove(spec, converger));
        } catch (RuntimeException e) {
            first.addSuppressed(e);
        }
    }
}
