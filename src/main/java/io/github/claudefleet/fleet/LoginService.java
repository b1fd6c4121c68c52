package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.AuthContainerFacts;
import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.auth.Authenticator;
import io.github.claudefleet.auth.LocalCheck;
import io.github.claudefleet.auth.LoginProbe;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Sharing;
import java.util.Optional;

/** Establishes a proved login in a fleet's auth container. */
record LoginService(FleetContext context) {

    /**
     * Returns once the login is proved.
     *
     * @return the fleet with the sharing that the CLI allows
     */
    ResolvedFleet establish(ResolvedFleet wanted, Converger converger) throws InterruptedException {
        context.listeners.fleetLogin().loginChosen(wanted.spec().login());
        ResolvedFleet fleet = wanted;
        AuthContainerStarter.Started auth = context.authContainers.start(fleet, converger);
        context.standIns.start(fleet, converger, auth.container().id());
        refuse(new LocalCheck(fleet.spec().login()).problem(auth.facts()));
        if (mustSelfTest(fleet.spec(), auth.facts()) && !auth.container().separatesLogin()) {
            context.listeners.fleetLogin().loginNotSeparable(fleet.target().reference());
            fleet = fleet.withObserved(context.observer.observe(fleet.spec().id()))
                    .withSpec(fleet.spec().withSharing(Sharing.ALL_BY_FALLBACK));
            auth = context.authContainers.start(fleet, converger);
        }
        Authenticator authenticator = authenticator(auth.container(), fleet.spec());
        if (fleet.spec().login().signIn().code().isPresent()) {
            authenticator.authenticateAnew();
        } else {
            authenticator.authenticate(auth.facts());
        }
        return fleet;
    }

    private static void refuse(Optional<LoginStatus> problem) {
        problem.ifPresent(verdict -> {
            throw new AuthFailedException(verdict, "");
        });
    }

    private static boolean mustSelfTest(FleetSpec spec, AuthContainerFacts facts) {
        return spec.login().mode() == LoginMode.LOGIN && spec.login().sharing() == Sharing.LOGIN && !facts.selfTested();
    }

    private Authenticator authenticator(AuthContainer container, FleetSpec spec) {
        LoginProbe probe = new LoginProbe(container, spec.login(), spec.user());
        return new Authenticator(container, spec.login(), probe, context.login, context.listeners.login());
    }
}
