package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.LoginDirectory;
import io.github.claudefleet.auth.LoginProbe;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;

/** Ends a login for everything that uses it. */
record LogoutService(FleetContext context) {

    void plan(FleetSpec spec) {
        refuseGiven(spec);
        context.usage.refuseLoginOf(spec);
        Path directory = spec.login().directory();
        if (hasNothingToEnd(spec)) {
            context.listeners.fleetLogin().nothingToLogOut(directory);
        } else {
            context.listeners.fleetLogin().wouldLogOut(directory);
        }
    }

    void logout(FleetSpec spec) throws InterruptedException {
        context.listeners.fleet().engine(context.engine.info());
        refuseGiven(spec);
        context.usage.refuseLoginOf(spec);
        Path directory = spec.login().directory();
        if (hasNothingToEnd(spec)) {
            context.listeners.fleetLogin().nothingToLogOut(directory);
            return;
        }
        ResolvedFleet missing = context.resolve(spec);
        context.authContainers.checkCapabilities(missing);
        ResolvedFleet fleet = missing.withImage(context.images.ensure(missing));
        Converger converger = context.converger(spec.timeouts());
        try {
            endLogin(fleet, converger);
            context.listeners.fleetLogin().loggedOut(directory);
        } catch (InterruptedException | RuntimeException e) {
            removeAfter(e, spec, converger);
            throw e;
        }
        remove(spec, converger);
    }

    /** Comes before anything is to be stopped for a logout, which then would be refused. */
    private static void refuseGiven(FleetSpec spec) {
        if (spec.rehearsal().isPresent()) {
            throw new InvalidSpecException(
                    "rehearsal",
                    "has no login that could be ended",
                    "Leave it out to end the login of the real fleet.");
        }
        if (spec.login().mode() != LoginMode.LOGIN) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is " + spec.login().mode().value() + ", a credential that the fleet was handed and can't end",
                    "Revoke it where it was made.");
        }
    }

    /** Returns true if the fleet has no login to end. */
    private static boolean hasNothingToEnd(FleetSpec spec) {
        return new LoginDirectory(spec.login().directory())
                .problem(spec.containers().user())
                .filter(problem -> problem.kind() == LoginStatus.Kind.ABSENT)
                .isPresent();
    }

    /** Ends the login at the service, through the CLI. */
    private void endLogin(ResolvedFleet fleet, Converger converger) throws InterruptedException {
        FleetSpec spec = fleet.spec();
        context.listeners.fleetLogin().loginChosen(spec.login());
        AuthContainer container = context.authContainers.start(fleet, converger).container();
        context.listeners
                .fleetLogin()
                .loginMethod(new LoginProbe(
                                container, spec.login(), spec.containers().user())
                        .askMethod());
        ExecResult result = container.logOut();
        if (!result.succeeded()) {
            throw new EngineException(
                    EngineException.Kind.FAILED,
                    "claude auth logout",
                    (result.output() + result.errors()).strip(),
                    "Check the network (mvn claude-fleet:doctor), then try again.",
                    null);
        }
    }

    private void remove(FleetSpec spec, Converger converger) throws InterruptedException {
        context.volumes.removeFleet(context.observer.observe(spec.id()), converger);
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
