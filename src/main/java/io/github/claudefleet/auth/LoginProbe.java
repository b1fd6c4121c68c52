package io.github.claudefleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.CliVersion;
import io.github.claudefleet.claude.CredentialInUse;
import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.claude.LoginStatusReader;
import io.github.claudefleet.claude.LoginTimes;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.LocalTimes;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds out whether a login works: what can be told for nothing first, a real request last. Only that says valid. */
public final class LoginProbe {

    private final AuthContainer container;
    private final LoginSpec login;
    private final ContainerUser user;
    private Optional<JsonNode> status = Optional.empty();

    public LoginProbe(AuthContainer container, LoginSpec login, ContainerUser user) {
        this.container = container;
        this.login = login;
        this.user = user;
    }

    /**
     * The verdict on the login as it is now.
     *
     * @param limit how long the service may take to answer
     */
    public LoginStatus prove(Duration limit) {
        Optional<LoginStatus> problem = problemOnHost();
        if (problem.isPresent()) {
            return problem.get();
        }
        try {
            return proveInContainer(limit);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.TIMED_OUT) {
                return LoginStatus.of(Kind.TIMED_OUT, CredentialRedactor.text(e.getMessage()));
            }
            throw e;
        }
    }

    /** Asks the CLI how it is logged in, without a request of the service's; {@code unknown} where that can't be asked. */
    public String askMethod() {
        if (!mustRenew() || renew()) {
            status = container.cliStatus();
        }
        return method();
    }

    /** How the CLI says that it is logged in, such as {@code claude.ai}; {@code unknown} before it was asked. */
    public String method() {
        return status.map(answer -> CredentialInUse.of(answer).text()).orElse("unknown");
    }

    /** When the login itself ends, as the CLI says, or else its file; empty for credentials that tell no end. */
    public Optional<Instant> loginEnds() {
        return status.map(answer -> answer.path("loginExpiresAt"))
                .filter(JsonNode::isTextual)
                .flatMap(time -> LoginTimes.parse(time.asText()))
                .or(() -> times().loginEnds());
    }

    /** What can be told without the CLI. */
    Optional<LoginStatus> problemOnHost() {
        return login.mode() == LoginMode.LOGIN ? directory().problem(user) : Optional.empty();
    }

    /** When what the login consists of ends, by its file. */
    LoginTimes times() {
        return login.mode() == LoginMode.LOGIN ? directory().times() : LoginTimes.UNKNOWN;
    }

    private LoginDirectory directory() {
        return new LoginDirectory(login.directory());
    }

    private LoginStatus proveInContainer(Duration limit) {
        Optional<String> version = container.cliVersion();
        if (version.isEmpty()) {
            return LoginStatus.of(Kind.CLI_MISSING);
        }
        return version.flatMap(CliVersion::parse).flatMap(LocalCheck::tooOld).orElseGet(() -> ask(limit));
    }

    /**
     * A refresh that is due comes first, by a call without a limit in time that could cut it short. Where it came to
     * nothing the next call tries it again: so that is not the one that gives up soon, and it is not cut short either.
     */
    private LoginStatus ask(Duration limit) {
        if (!mustRenew() || renew()) {
            return problemByStatus().orElseGet(() -> request(limit));
        }
        LoginStatus verdict = request(AuthContainer.RENEWAL_LIMIT);
        return verdict.isValid() ? problemByStatus().orElse(verdict) : verdict;
    }

    private boolean mustRenew() {
        return times().isRenewalDue(Instant.now());
    }

    /** Whether it changed anything about the login. */
    private boolean renew() {
        LoginTimes before = times();
        container.renew();
        return !times().equals(before);
    }

    private LoginStatus request(Duration limit) {
        return explained(inMode(withoutCredential(LoginStatusReader.read(container.request(limit)))));
    }

    private Optional<LoginStatus> problemByStatus() {
        status = container.cliStatus();
        return problemOnHost()
                .or(() -> status.map(CredentialInUse::of).flatMap(credential -> credential.problem(login.mode())));
    }

    /** Adds what helps to find the reason: which way the request went, when the login ended. */
    private LoginStatus explained(LoginStatus verdict) {
        return switch (verdict.kind()) {
            case UNREACHABLE, TIMED_OUT ->
                verdict.withDetail(new ProxyRoute(container.environment(ProxyRoute.VARIABLES)).text());
            case EXPIRED ->
                loginEnds()
                        .filter(end -> end.isBefore(Instant.now()))
                        .map(end -> verdict.withDetail("the login's end was " + LocalTimes.toText(end, Instant.now())))
                        .orElse(verdict);
            default -> verdict;
        };
    }

    /** A credential that was handed over may have any form. */
    private LoginStatus withoutCredential(LoginStatus verdict) {
        return login.credential()
                .map(credential -> new LoginStatus(
                        verdict.kind(),
                        verdict.detail()
                                .replace(
                                        credential.secret().reveal(),
                                        credential.secret().toString()),
                        verdict.resetsAt()))
                .orElse(verdict);
    }

    /** Nobody signs in to a token or key that was handed over: what a sign-in would mend is a credential that's wrong. */
    private LoginStatus inMode(LoginStatus verdict) {
        if (login.mode() == LoginMode.LOGIN || !verdict.kind().curedBySignIn()) {
            return verdict;
        }
        String origin =
                login.credential().map(LoginSpec.Credential::origin).orElse("the containers' environment and mounts");
        return LoginStatus.of(Kind.REJECTED, origin + ": " + verdict.detail());
    }
}
