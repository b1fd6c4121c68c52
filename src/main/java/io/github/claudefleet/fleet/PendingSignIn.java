package io.github.claudefleet.fleet;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.LoginDirectory;
import io.github.claudefleet.auth.LoginListener;
import io.github.claudefleet.auth.SignInSession;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Unattended;
import java.util.Optional;

/** Sign-in that a build without a person leaves pending, and that a later goal completes with a code. */
record PendingSignIn(ContainerEngine engine, FleetObserver observer, LoginListener listener) {

    /** Returns true if a sign-in will be left pending, for a person to complete after this build. */
    boolean isLeftBy(FleetSpec spec) {
        return spec.login().mode() == LoginMode.LOGIN
                && spec.login().signIn().unattended() == Unattended.FAIL
                && new LoginDirectory(spec.login().directory())
                        .problem(spec.containers().user())
                        .filter(problem -> problem.kind().curedBySignIn())
                        .isPresent();
    }

    /**
     * Submits the sign-in code that the user gave, if any, before the waiting auth container is changed.
     *
     * @throws InvalidSpecException if no sign-in waits for the code
     * @throws io.github.claudefleet.auth.SignInRefusedException if the code is wrong
     */
    void complete(FleetSpec spec) throws InterruptedException {
        Optional<Secret> code = spec.login().signIn().code();
        if (code.isPresent()) {
            observer.authContainers(spec.id()).stream()
                    .filter(auth -> auth.state() == ContainerState.RUNNING)
                    .map(auth -> new SignInSession(new AuthContainer(engine, auth.id())))
                    .filter(SignInSession::isWaiting)
                    .findFirst()
                    .orElseThrow(() -> SignInSession.nothingWaits(spec.name()))
                    .complete(code.get(), spec.name());
            listener.signedIn();
        }
    }
}
