package io.github.claudefleet.claude;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.spec.LoginMode;
import java.util.Optional;

/**
 * Credential that the CLI reports to use ({@code claude auth status}). Last check for a credential from another source
 * that outranks the chosen one.
 *
 * @param method login method, such as {@code claude.ai}, {@code api_key_helper}, {@code third_party} or {@code none}
 * @param provider provider of the service; {@code firstParty} is Anthropic itself
 * @param source source of a key, such as {@code ANTHROPIC_API_KEY}; empty if the CLI names none
 */
public record CredentialInUse(String method, String provider, String source) {

    private static final String ANTHROPIC = "firstParty";
    private static final String NONE = "none";
    /** Source of the key that the CLI creates after a sign-in to the Console. */
    private static final String CONSOLE = "/login managed key";

    public static CredentialInUse of(JsonNode status) {
        return new CredentialInUse(
                status.path("authMethod").asText(""),
                status.path("apiProvider").asText(ANTHROPIC),
                status.path("apiKeySource").asText(""));
    }

    /** Returns a name without spaces, for people. */
    public String text() {
        String word = method.isEmpty() ? "unknown" : method;
        return (provider.equals(ANTHROPIC) ? word : word + ":" + provider).replaceAll("\\s+", "_");
    }

    /**
     * Returns the login status if the credential does not match the mode; empty if it does, or only a request can tell.
     */
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
            case FEDERATION -> "oauth_token";
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
