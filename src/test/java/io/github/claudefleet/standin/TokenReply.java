package io.github.claudefleet.standin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reply of the token endpoint, and the login file that the CLI (2.1.330, measured) writes from it. */
final class TokenReply {
    /** Scopes that the CLI requests in {@code claude auth login}. */
    static final List<String> SCOPES = List.of(
            "user:profile", "user:inference", "user:sessions:claude_code", "user:mcp_servers", "user:file_upload");

    private static final long LOGIN_SECONDS = 28L * 24 * 3600;

    private TokenReply() {}

    static Map<String, Object> of(Account account, int number) {
        return Json.object()
                .with("token_type", "Bearer")
                .with("access_token", Credential.accessToken(account.name(), number))
                .with("refresh_token", Credential.refreshToken(account.name(), number))
                .with("expires_in", account.settings().accessSeconds())
                .with("refresh_token_expires_in", LOGIN_SECONDS)
                .with("scope", String.join(" ", SCOPES))
                .with(
                        "organization",
                        Json.object()
                                .with("uuid", uuid("organization", account))
                                .with("name", account.name() + "'s fleet"))
                .with(
                        "account",
                        Json.object().with("uuid", uuid("account", account)).with("email_address", email(account)));
    }

    /** Returns the body of a {@code .credentials.json}, as the CLI writes it after a login. */
    static Map<String, Object> credentialsFile(Account account, int number, long nowMillis) {
        return Json.object()
                .with(
                        "claudeAiOauth",
                        Json.object()
                                .with("accessToken", Credential.accessToken(account.name(), number))
                                .with("refreshToken", Credential.refreshToken(account.name(), number))
                                .with("expiresAt", account.accessExpiresAt(number))
                                .with("refreshTokenExpiresAt", nowMillis + LOGIN_SECONDS * 1000)
                                .with("scopes", SCOPES)
                                .with("subscriptionType", "max")
                                .with("subscriptionTypeSource", "sign_in")
                                .with("rateLimitTier", "default_claude_max_5x")
                                .with("accountUuid", uuid("account", account))
                                .with("organizationUuid", uuid("organization", account)));
    }

    static String email(Account account) {
        return account.name() + "@standin.example";
    }

    /** Computes a UUID that is constant for an account, in the format of the real service. */
    static String uuid(String what, Account account) {
        return UUID.nameUUIDFromBytes((what + ":" + account.name()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
