package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.AuthContainerFacts;
import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.auth.Authenticator;
import io.github.claudefleet.auth.LocalCheck;
import io.github.claudefleet.auth.LoginDirectory;
import io.github.claudefleet.auth.LoginProbe;
import io.github.claudefleet.auth.SignInSession;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.runtime.FileSet;
import io.github.claudefleet.runtime.Kit;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Unattended;
import java.util.Optional;

/** Starts the auth container with its kit and establishes a proved login. */
record LoginService(FleetContext context) {

    /**
     * Returns once the login is proved.
     *
     * @return the fleet with the sharing that the CLI allows
     */
    ResolvedFleet establish(ResolvedFleet wanted, Converger converger) throws InterruptedException {
        context.listeners.fleetLogin().loginChosen(wanted.spec().login());
        ResolvedFleet fleet = wanted;
        AuthContainer container = bringUp(fleet, converger);
        ImageCheck look = new ImageCheck(context.engine, fleet.target());
        AuthContainerFacts facts = equip(container, fleet.spec(), look);
        refuse(new LocalCheck(fleet.spec().login()).problem(facts));
        if (mustSelfTest(fleet.spec(), facts) && !container.separatesLogin()) {
            context.listeners.fleetLogin().loginNotSeparable(fleet.target().reference());
            fleet = fleet.withObserved(context.observer.observe(fleet.spec().id()))
                    .withSpec(fleet.spec().withSharing(Sharing.ALL_BY_FALLBACK));
            container = bringUp(fleet, converger);
            facts = equip(container, fleet.spec(), look);
        }
        Authenticator authenticator = authenticator(container, fleet.spec());
        if (fleet.spec().login().signIn().code().isPresent()) {
            authenticator.authenticateAnew();
        } else {
            authenticator.authenticate(facts);
        }
        return fleet;
    }

    /**
     * Submits the sign-in code that the user gave, if any, before the waiting auth container is changed.
     *
     * @throws InvalidSpecException if no sign-in waits for the code
     * @throws io.github.claudefleet.auth.SignInRefusedException if the code is wrong
     */
    void completeSignIn(FleetSpec spec) throws InterruptedException {
        Optional<Secret> code = spec.login().signIn().code();
        if (code.isPresent()) {
            context.observer.authContainers(spec.id()).stream()
                    .filter(auth -> auth.state() == ContainerState.RUNNING)
                    .map(auth -> new SignInSession(new AuthContainer(context.engine, auth.id())))
                    .filter(SignInSession::isWaiting)
                    .findFirst()
                    .orElseThrow(() -> SignInSession.nothingWaits(spec.name()))
                    .complete(code.get(), spec.name());
            context.listeners.login().signedIn();
        }
    }

    /** Returns true if a sign-in will be left pending, for a person to complete after this build. */
    boolean leavesSignIn(FleetSpec spec) {
        return spec.login().mode() == LoginMode.LOGIN
                && spec.login().signIn().unattended() == Unattended.FAIL
                && new LoginDirectory(spec.login().directory())
                        .problem(spec.user())
                        .filter(problem -> problem.kind().curedBySignIn())
                        .isPresent();
    }

    /**
     * Returns true if the fleet has no login to end.
     *
     * @throws InvalidSpecException if the credential comes from elsewhere and can't be ended here
     */
    boolean hasNothingToEnd(FleetSpec spec) {
        if (spec.login().mode() != LoginMode.LOGIN) {
            throw new InvalidSpecException(
                    "auth.mode",
                    "is " + spec.login().mode().value() + ", a credential that the fleet was handed and can't end",
                    "Revoke it where it was made.");
        }
        return new LoginDirectory(spec.login().directory())
                .problem(spec.user())
                .filter(problem -> problem.kind() == LoginStatus.Kind.ABSENT)
                .isPresent();
    }

    /** Ends the login at the service, through the CLI. */
    void end(ResolvedFleet fleet, Converger converger) throws InterruptedException {
        FleetSpec spec = fleet.spec();
        context.listeners.fleetLogin().loginChosen(spec.login());
        AuthContainer container = bringUp(fleet, converger);
        equip(container, spec, new ImageCheck(context.engine, fleet.target()));
        context.listeners.fleetLogin().loginMethod(new LoginProbe(container, spec.login(), spec.user()).askMethod());
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

    private AuthContainer bringUp(ResolvedFleet fleet, Converger converger) throws InterruptedException {
        converger.apply(context.planner.auth(fleet));
        String name = new ResourceNames(fleet.spec().id()).auth();
        return new AuthContainer(
                context.engine,
                converger
                        .created(name)
                        .or(() -> fleet.observed().auth().map(ContainerObservation::id))
                        .orElseThrow(() -> new IllegalStateException("the auth container was not created")));
    }

    private AuthContainerFacts equip(AuthContainer container, FleetSpec spec, ImageCheck look)
            throws InterruptedException {
        AuthContainerFacts facts = look.into(container);
        // The credential first: the auth container waits for the kit's digest.
        Kit.secrets(spec).ifPresent(secrets -> send(secrets, facts.secretsDigest(), ContainerPaths.SECRETS, container));
        send(Kit.of(spec), facts.kitDigest(), ContainerPaths.KIT, container);
        if (spec.login().mode() == LoginMode.API_KEY) {
            container.settle();
        }
        return facts;
    }

    private void send(FileSet wanted, String present, String directory, AuthContainer container) {
        if (!present.equals(wanted.digest())) {
            context.engine.upload(container.id(), directory, wanted.files());
        }
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
