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

/** Checks whether a login works: by free checks first, by a real request last. Only the request proves it valid. */
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
     * Returns the current login status.
     *
     * @param limit maximum time that the service may take to answer
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

    /**
     * Reads the login method from the CLI, without a request to the service; {@code unknown} if the CLI can't report
     * it.
     */
    public String askMethod() {
        if (!mustRenew() || renew()) {
            status = container.cliStatus();
        }
        return method();
    }

    /**
     * Returns the login method that the CLI reported, such as {@code claude.ai}; {@code unknown} before it was read.
     */
    public String method() {
        return status.map(answer -> CredentialInUse.of(answer).text()).orElse("unknown");
    }

    /**
     * Returns the end of the login itself, from the CLI or else from its file; empty for credentials without a known
     * end.
     */
    public Optional<Instant> loginEnds() {
        return status.map(answer -> answer.path("loginExpiresAt"))
                .filter(JsonNode::isTextual)
                .flatMap(time -> LoginTimes.parse(time.asText()))
                .or(() -> times().loginEnds());
    }

    /** Checks the login without the CLI. */
    Optional<LoginStatus> problemOnHost() {
        return login.mode() == LoginMode.LOGIN ? directory().problem(user) : Optional.empty();
    }

    /** Renews the access token of mode {@code federation} if that is due. Returns the reason if there is none. */
    Optional<LoginStatus> problemOfExchange() {
        return login.mode() == LoginMode.FEDERATION ? container.exchange().problem() : Optional.empty();
    }

    /** Returns the expiry times from the login file. */
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
        return version.flatMap(CliVersion::parse)
                .flatMap(LocalCheck::tooOld)
                .or(() -> problemOfExchange().map(this::explained))
                .orElseGet(() -> ask(limit));
    }

    /**
     * Proves the login. A refresh that is due comes first, by a call without a time limit that could cut it short. If
     * it fails, the next call of the CLI tries again. So that call is the request with a long limit, not the status
     * command, which gives up early.
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

    /** Renews the login. Returns true if its times changed. */
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

    /** Adds details that help to find the cause: the route of the request, or the end of the login. */
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

    /** Redacts a configured credential, which may have any form. */
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

    /** Reports a configured token or key as rejected if a sign-in would be the remedy: nobody can sign in to it. */
    private LoginStatus inMode(LoginStatus verdict) {
        if (login.mode() == LoginMode.LOGIN || !verdict.kind().curedBySignIn()) {
            return verdict;
        }
        String origin = login.credential()
                .map(LoginSpec.Credential::origin)
                .or(() -> login.federation().map(federation -> "access token of rule " + federation.rule()))
                .orElse("the containers' environment and mounts");
        return LoginStatus.of(Kind.REJECTED, origin + ": " + verdict.detail());
    }
}
