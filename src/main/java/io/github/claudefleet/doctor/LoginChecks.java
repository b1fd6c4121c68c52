package io.github.claudefleet.doctor;

import io.github.claudefleet.auth.AuthContainer;
import io.github.claudefleet.auth.LoginProbe;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the login with a real request, and the time until the login expires. */
final class LoginChecks {

    private static final String CHECK = "login";
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
    /** Time that a person needs to notice the end of the login and sign in again. */
    private static final Duration SOON = Duration.ofDays(3);

    private final ContainerEngine engine;
    private final FleetSpec spec;
    private final InstantSource clock;

    LoginChecks(ContainerEngine engine, FleetSpec spec, InstantSource clock) {
        this.engine = engine;
        this.spec = spec;
        this.clock = clock;
    }

    List<Finding> run(ObservedFleet observed) {
        Optional<ContainerObservation> auth =
                observed.auth().filter(container -> container.state() == ContainerState.RUNNING);
        if (auth.isEmpty()) {
            return List.of(Finding.skipped(CHECK, "no auth container is up to ask; mvn claude-fleet:auth starts it"));
        }
        return ContainerCheckGuard.at(CHECK, () -> ask(auth.get()));
    }

    private List<Finding> ask(ContainerObservation auth) {
        LoginProbe probe = new LoginProbe(new AuthContainer(engine, auth.id()), spec.login(), spec.user());
        List<Finding> findings = new ArrayList<>();
        LoginStatus verdict = probe.prove(REQUEST_LIMIT);
        String answered =
                spec.rehearsal().isPresent() ? "the stand-in of the rehearsal answered" : "a real request was answered";
        findings.add(judge(verdict, answered + " (" + probe.method() + ")"));
        // The file of an expired login still contains the date.
        probe.loginEnds()
                .filter(end -> !verdict.kind().curedBySignIn())
                .map(this::endOfLife)
                .ifPresent(findings::add);
        return findings;
    }

    private static Finding judge(LoginStatus verdict, String answered) {
        return switch (verdict.kind()) {
            case VALID -> Finding.pass(CHECK, answered);
            case OUT_OF_QUOTA, THROTTLED ->
                Finding.warn(CHECK, verdict.text(), verdict.kind().next());
            default -> Finding.fail(CHECK, verdict.text(), verdict.kind().next());
        };
    }

    private Finding endOfLife(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        String text = left.isNegative() ? "ended at " + end : "lives for another " + Durations.toText(left);
        return left.compareTo(SOON) < 0
                ? Finding.warn(
                        "login's end",
                        text,
                        "mvn claude-fleet:stop claude-fleet:logout claude-fleet:auth, then sign in again")
                : Finding.pass("login's end", text);
    }
}
