package io.github.claudefleet.claude;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.LoginStatus.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Classifies a failed answer: by the CLI's typed cause first, by the status of the API's answer next, and by the text
 * last, since its wording keeps changing.
 */
public final class LoginStatusRules {

    /** Causes in {@code api_error} (measured with 2.1.330). More may be added; an unknown cause is ignored. */
    private static final Map<String, Kind> BY_CAUSE = Map.ofEntries(
            entry("usage_limit_reached", Kind.OUT_OF_QUOTA),
            entry("model_requires_usage_credits", Kind.OUT_OF_CREDIT),
            entry("connection_failed", Kind.UNREACHABLE),
            entry("tls_untrusted_ca", Kind.UNREACHABLE),
            entry("tls_cert_signature_failure", Kind.UNREACHABLE),
            entry("network_edge_blocked", Kind.UNREACHABLE),
            entry("no_response", Kind.TIMED_OUT),
            entry("stream_idle_timeout", Kind.TIMED_OUT),
            entry("api_key_auth_disabled", Kind.FORBIDDEN),
            entry("org_disabled_credential", Kind.FORBIDDEN),
            entry("invalid_credential_header", Kind.REJECTED),
            entry("provider_credentials", Kind.REJECTED),
            entry("claude_code_version_too_old", Kind.CLI_TOO_OLD));

    private static final Pattern QUOTA = Pattern.compile("hit your .*limit");
    /** Message of the AWS and Google libraries if they find no credentials. */
    private static final Pattern NO_PROVIDER_CREDENTIALS = Pattern.compile("Could not load .* credentials");

    private static final Pattern NO_CONNECTION = Pattern.compile(
            "(?i)connect|can't reach|certificate|\\bE(?:CONN|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)");

    private LoginStatusRules() {}

    /** @param result event of type {@code result} of a failed request */
    public static Kind of(JsonNode result, String text) {
        return Optional.ofNullable(BY_CAUSE.get(result.path("api_error").asText()))
                .orElseGet(() -> byStatus(result.path("api_error_status").asInt(0), text));
    }

    private static Kind byStatus(int status, String text) {
        return switch (status) {
            case 0 -> byText(text);
            case 400 -> text.contains("redit balance") ? Kind.OUT_OF_CREDIT : Kind.UNKNOWN;
            case 401 -> Kind.REJECTED;
            case 403 -> Kind.FORBIDDEN;
            // Without an exhausted plan quota (an API key never has one) the limit passes by itself.
            case 429 -> QUOTA.matcher(text).find() ? Kind.OUT_OF_QUOTA : Kind.THROTTLED;
            case 500, 502, 503, 504, 529 -> Kind.THROTTLED;
            default -> Kind.UNKNOWN;
        };
    }

    /** Classifies by text, since errors that occur before an answer of the API have no status. */
    private static Kind byText(String text) {
        if (text.contains("Not logged in")) {
            return Kind.ABSENT;
        }
        if (NO_PROVIDER_CREDENTIALS.matcher(text).find()) {
            return Kind.NO_PROVIDER_CREDENTIALS;
        }
        if (text.contains("another Claude Code process is refreshing it")) {
            return Kind.LOCKED;
        }
        if (text.contains("session expired") || text.contains("Please run /login")) {
            return Kind.EXPIRED;
        }
        if (text.contains("timed out")) {
            return Kind.TIMED_OUT;
        }
        return NO_CONNECTION.matcher(text).find() ? Kind.UNREACHABLE : Kind.UNKNOWN;
    }
}
