package io.github.claudefleet.claude;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.spec.LoginMode;
import java.util.Optional;

/**
 * What the CLI itself says that it is logged in with ({@code claude auth status}): the last line of defence against a
 * credential that comes from somewhere else and outranks the chosen one.
 *
 * @param method such as {@code claude.ai}, {@code api_key_helper}, {@code third_party} or {@code none}
 * @param provider whose service is asked: {@code firstParty} is Anthropic's own
 * @param source where a key is from, such as {@code ANTHROPIC_API_KEY}; empty where the CLI names none
 */
public record CredentialInUse(String method, String provider, String source) {

    private static final String ANTHROPIC = "firstParty";
    private static final String NONE = "none";
    /** What a sign-in to the Console leaves: a key that the CLI made for itself. */
    private static final String CONSOLE = "/login managed key";

    public static CredentialInUse of(JsonNode status) {
        return new CredentialInUse(
                status.path("authMethod").asText(""),
                status.path("apiProvider").asText(ANTHROPIC),
                status.path("apiKeySource").asText(""));
    }

    /** A word for it without spaces, for people. */
    public String text() {
        String word = method.isEmpty() ? "unknown" : method;
        return (provider.equals(ANTHROPIC) ? word : word + ":" + provider).replaceAll("\\s+", "_");
    }

    /** The verdict where it is not what the mode gives; empty where it is, or where only a request tells. */
    public Optional<LoginStatus> problem(LoginMode mode) {
        return isExpectedIn(mode) ? Optional.empty() : Optional.of(LoginStatus.of(Kind.OTHER_CREDENTIAL, told(mode)));
    }

    private boolean isExpectedIn(LoginMode mode) {
        if (mode == LoginMode.PROVIDER) {
            return !provider.equals(ANTHROPIC);
        }
        boolean expected = method.equals(expected(mode)) || mode == LoginMode.LOGIN && source.equals(CONSOLE);
        return provider.equals(ANTHROPIC) && (expected || method.isEmpty() || method.equals(NONE));
    }

    private static String expected(LoginMode mode) {
        return switch (mode) {
            case LOGIN, TOKEN -> "claude.ai";
            case API_KEY -> "api_key_helper";
            case PROVIDER -> "third_party";
        };
    }

    private String told(LoginMode mode) {
        return "the CLI reports method " + text() + (source.isEmpty() ? "" : " from " + source) + ", where auth.mode "
                + mode.value() + " gives " + expected(mode)
                + (mode == LoginMode.PROVIDER
                        ? ": no provider is named in environment, such as CLAUDE_CODE_USE_BEDROCK=1"
                        : "");
    }
}
