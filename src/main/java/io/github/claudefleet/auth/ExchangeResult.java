package io.github.claudefleet.auth;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.engine.ExecResult;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Result of an exchange of the identity token, as {@code exchange.sh} prints it.
 *
 * @param verdict {@code ok}, or the reason why there is no access token
 * @param detail facts for people; empty if there are none
 */
record ExchangeResult(String verdict, String detail) {

    private static final String OK = "ok";

    private static final Map<String, Kind> KINDS = Map.of(
            "missing", Kind.IDENTITY_MISSING,
            "malformed", Kind.IDENTITY_MALFORMED,
            "expired", Kind.IDENTITY_EXPIRED,
            "audience", Kind.WRONG_AUDIENCE,
            "used", Kind.IDENTITY_USED,
            "refused", Kind.RULE_REFUSED,
            "throttled", Kind.THROTTLED,
            "unreachable", Kind.UNREACHABLE,
            "cli", Kind.CLI_MISSING);

    static ExchangeResult of(ExecResult result) {
        Map<String, String> facts = result.output()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
        String verdict = facts.getOrDefault("verdict", "");
        String detail = verdict.isEmpty()
                ? "exit status " + result.exitCode() + ": " + result.errors().strip()
                : facts.getOrDefault("detail", "");
        return new ExchangeResult(verdict, CredentialRedactor.text(detail));
    }

    /** Returns the login status if there is no access token; empty if there is one. */
    Optional<LoginStatus> problem() {
        return verdict.equals(OK)
                ? Optional.empty()
                : Optional.of(LoginStatus.of(KINDS.getOrDefault(verdict, Kind.UNKNOWN), detail));
    }
}
