package io.github.claudefleet.auth;

import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginTimes;
import io.github.claudefleet.spec.LocalTimes;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Obtains a login that a real request has proved, with a person's help if needed. */
public final class Authenticator {

    /** Time limit of a request, which takes about a second: a service that is silent for this long is unreachable. */
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
    /** Minimum limit, if the login's timeout is short: less would only prove how slowly the CLI starts. */
    private static final Duration LEAST_REQUEST_LIMIT = Duration.ofSeconds(10);
    /** Part of the login's timeout that even the last request gets, so that a slow machine does not change its answer. */
    private static final int LAST_REQUEST_PART = 5;
    /** Number of refusals tolerated after a sign-in. The service may refuse while it sets up the account. */
    private static final int REFUSALS_FORGIVEN = 3;

    private final AuthContainer container;
    private final LoginSpec login;
    private final LoginProbe probe;
    private final SignInFlow signIn;
    private final LoginListener listener;
    private final InstantSource clock;
    private final LoginContext.Pause pause;
    private LoginStatus told = LoginStatus.of(LoginStatus.Kind.VALID);
    private final QuotaWait quota;
    private int forgivenLeft;

    public Authenticator(
            AuthContainer container,
            LoginSpec login,
            LoginProbe probe,
            LoginContext loginContext,
            LoginListener listener) {
        this.container = container;
        this.login = login;
        this.probe = probe;
        this.signIn = new SignInFlow(new SignInSession(container), login.signIn(), loginContext, listener);
        this.listener = listener;
        this.clock = loginContext.clock();
        this.pause = loginContext.pause();
        this.quota = new QuotaWait(login.quota(), loginContext, listener);
    }

    /**
     * Returns once the login is proved.
     *
     * @param facts facts about the container, read a moment ago
     * @throws AuthFailedException if the login is not proved within its timeout, or can't be
     * @throws SignInPendingException if nobody can be asked, and the sign-in is left waiting
     */
    public void authenticate(AuthContainerFacts facts) throws InterruptedException {
        Optional<AuthContainerFacts.Proof> proof = facts.proof(stamp())
                .filter(known -> known.ago().compareTo(login.remembered()) < 0)
                .filter(known -> isGoodForAWhile());
        if (proof.isPresent()) {
            listener.loginRemembered(proof.get().method(), proof.get().ago());
        } else {
            authenticateByRequest();
        }
        warnOfItsEnd();
    }

    /**
     * Checks that the login is not about to expire. Otherwise it is proved anew, so that the CLI refreshes it before
     * agents start.
     */
    private boolean isGoodForAWhile() {
        return probe.problemOnHost().isEmpty()
                && !probe.times().isRenewalDue(clock.instant())
                && probe.problemOfExchange().isEmpty();
    }

    private void warnOfItsEnd() {
        Instant now = clock.instant();
        probe.loginEnds()
                .filter(end -> end.isBefore(now.plus(LoginTimes.SOON)))
                .ifPresent(end -> listener.loginEndsSoon(LocalTimes.toText(end, now)));
    }

    /** Proves a new login, after a person has just signed in. */
    public void authenticateAnew() throws InterruptedException {
        forgivenLeft = REFUSALS_FORGIVEN;
        authenticateByRequest();
    }

    private void authenticateByRequest() throws InterruptedException {
        try (signIn) {
            proveOrHelp();
        }
    }

    private void proveOrHelp() throws InterruptedException {
        Instant end = clock.instant().plus(login.timeout());
        LoginStatus verdict = prove(end);
        while (!verdict.isValid()) {
            if (quota.isFor(verdict)) {
                end = end.plus(quota.await(verdict));
            } else {
                waitFor(verdict, end);
            }
            verdict = prove(end);
        }
        container.rememberProof(stamp(), probe.method());
    }

    private void waitFor(LoginStatus verdict, Instant end) throws InterruptedException {
        if (!(verdict.kind().mayHeal() || signInHelps(verdict) || isForgiven(verdict))) {
            throw new AuthFailedException(verdict, "");
        }
        if (left(end).isZero()) {
            throw new AuthFailedException(verdict, "within " + login.timeout().toSeconds() + " s");
        }
        help(verdict, end);
    }

    private LoginStatus prove(Instant end) {
        listener.provingLogin();
        Instant begin = clock.instant();
        LoginStatus verdict = probe.prove(requestLimit(left(end)));
        if (verdict.isValid()) {
            listener.loginProved(probe.method(), Duration.between(begin, clock.instant()));
        }
        return verdict;
    }

    /** Tries to change the login status: lets a person sign in, or waits. */
    private void help(LoginStatus verdict, Instant end) throws InterruptedException {
        if (isForgiven(verdict)) {
            forgivenLeft--;
            awaitAnotherLook(end);
        } else if (signInHelps(verdict)) {
            signIn(verdict, end);
        } else {
            tell(verdict, end);
            awaitAnotherLook(end);
        }
    }

    private void signIn(LoginStatus verdict, Instant end) throws InterruptedException {
        switch (signIn.signIn(left(end))) {
            case SIGNED_IN -> forgivenLeft = REFUSALS_FORGIVEN;
            case WAIT -> {
                tell(verdict, end);
                awaitAnotherLook(end);
            }
            case TRY_AGAIN -> {}
        }
    }

    /** Reports the reason for waiting, once for each login status. */
    private void tell(LoginStatus verdict, Instant end) {
        if (!verdict.equals(told)) {
            listener.waitingForLogin(
                    verdict.text(clock.instant()), verdict.kind().next(), left(end));
            told = verdict;
        }
    }

    private void awaitAnotherLook(Instant end) throws InterruptedException {
        Duration left = left(end);
        pause.sleep(left.compareTo(login.pollInterval()) < 0 ? left : login.pollInterval());
    }

    private boolean isForgiven(LoginStatus verdict) {
        return forgivenLeft > 0 && verdict.kind().isRefusal();
    }

    private Duration requestLimit(Duration left) {
        Duration last = longer(login.timeout().dividedBy(LAST_REQUEST_PART), LEAST_REQUEST_LIMIT);
        Duration limit = longer(left, last);
        return limit.compareTo(REQUEST_LIMIT) < 0 ? limit : REQUEST_LIMIT;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private boolean signInHelps(LoginStatus verdict) {
        return login.mode() == LoginMode.LOGIN && verdict.kind().curedBySignIn();
    }

    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Returns a stamp that ties a proof to the container and its credential. A login is renewed in place and keeps its
     * stamp.
     */
    private String stamp() {
        Sha256 hash = new Sha256().add(container.id()).add(login.mode().value());
        login.credential().ifPresent(credential -> hash.add(credential.secret().reveal()));
        login.federation().ifPresent(federation -> hash.add(federation.hash()));
        return hash.shortHex();
    }
}
