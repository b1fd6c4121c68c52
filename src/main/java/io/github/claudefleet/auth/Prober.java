package io.github.claudefleet.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.auth.Verdict.Kind;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds out whether a login works: what can be told for nothing first, a real request last. Only that says valid. */
public final class Prober {

    private final AuthContainer container;
    private final LoginSpec login;
    private final ContainerUser user;
    private Optional<JsonNode> status = Optional.empty();

    public Prober(AuthContainer container, LoginSpec login, ContainerUser user) {
        this.container = container;
        this.login = login;
        this.user = user;
    }

    /**
     * The verdict on the login as it is now.
     *
     * @param limit how long the service may take to answer
     */
    public Verdict prove(Duration limit) {
        Optional<Verdict> problem = problemOnHost();
        if (problem.isPresent()) {
            return problem.get();
        }
        try {
            return proveInContainer(limit);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.TIMED_OUT) {
                return Verdict.of(Kind.TIMED_OUT, e.getMessage());
            }
            throw e;
        }
    }

    /** How the CLI says that it is logged in, such as {@code claude.ai}. */
    public String method() {
        return status.map(answer -> answer.path("authMethod").asText("")).orElse("unknown method");
    }

    /** When the login itself ends, as the CLI says; empty before it was asked, and for credentials that tell no end. */
    public Optional<Instant> loginEnds() {
        return status.map(answer -> answer.path("loginExpiresAt"))
                .filter(JsonNode::isTextual)
                .map(time -> Instant.parse(time.asText()));
    }

    /** What can be told without the CLI. */
    Optional<Verdict> problemOnHost() {
        return login.mode() == LoginMode.LOGIN ? new LoginDirectory(login.directory()).problem(user) : Optional.empty();
    }

    private Verdict proveInContainer(Duration limit) {
        if (!container.hasCli()) {
            return Verdict.of(Kind.CLI_MISSING);
        }
        // Asked first because it refreshes an expired login without a limit in time that could cut it short.
        status = container.cliStatus();
        return problemOnHost().orElseGet(() -> inMode(VerdictReader.read(container.request(limit))));
    }

    /** Nobody signs in to a token or key that was handed over: what a sign-in would mend is a credential that's wrong. */
    private Verdict inMode(Verdict verdict) {
        if (login.mode() == LoginMode.LOGIN || !verdict.kind().curedBySignIn()) {
            return verdict;
        }
        String origin = login.credential()
                .map(LoginSpec.Credential::origin)
                .orElse(login.mode().word());
        return Verdict.of(Kind.REJECTED, origin + ": " + verdict.detail());
    }
}
