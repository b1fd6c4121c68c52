package io.github.claudefleet.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issuer of identity tokens, and its endpoint for jobs as GitHub has one: {@code GET …?audience=A} with the job's token.
 * Each token has an id of its own.
 */
final class IdentityTokens implements Endpoint {
    /** Path of the endpoint. */
    static final String PATH = "/oidc/token";
    /** Issuer that the tokens name. */
    static final String ISSUER = "https://oidc.standin.example";

    private static final String HEADER = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final byte[] KEY = "key of the stand-in's issuer".getBytes(StandardCharsets.UTF_8);
    private static final long LIFE_SECONDS = 300;

    private final Clock clock;

    IdentityTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.credential().is(Credential.Kind.JOB)) {
            return Reply.json(401, Map.of("message", "Unauthorized"));
        }
        String token = issue(request.credential().account(), request.query());
        return Reply.json(200, Json.object().with("count", token.length()).with("value", token))
                .noted("identity token for " + request.query().getOrDefault("audience", "nobody"));
    }

    /** @param wishes {@code audience}, {@code expiresIn} in seconds and {@code jti=no}, if they are given */
    String issue(String account, Map<String, String> wishes) {
        long now = clock.millis() / 1000;
        long expiresIn = Long.parseLong(wishes.getOrDefault("expiresIn", String.valueOf(LIFE_SECONDS)));
        Members claims = Json.object()
                .with("iss", ISSUER)
                .with("sub", "repo:" + account)
                .with("aud", wishes.getOrDefault("audience", ISSUER))
                .with("iat", now + Math.min(0, expiresIn) - 1)
                .with("exp", now + expiresIn);
        if (!wishes.getOrDefault("jti", "").equals("no")) {
            claims.with("jti", UUID.randomUUID().toString());
        }
        String signed = HEADER + "." + part(Json.write(claims));
        return signed + "." + signature(signed);
    }

    /** Returns the claims of a token that this issuer signed; empty for any other text. */
    static Optional<JsonObject> verify(String token) {
        int end = token.lastIndexOf('.');
        if (end < 0 || !signature(token.substring(0, end)).equals(token.substring(end + 1))) {
            return Optional.empty();
        }
        String claims = token.substring(token.indexOf('.') + 1, end);
        return Optional.of(JsonObject.parse(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8)));
    }

    private static String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
