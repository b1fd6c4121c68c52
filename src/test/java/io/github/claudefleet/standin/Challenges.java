package io.github.claudefleet.standin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * PKCE challenges (RFC 7636) of the logins whose sign-in page was opened, by account. The CLI sends a challenge only to
 * that page, so the login of an account whose page was not opened cannot be checked.
 */
final class Challenges {
    private final Map<String, Set<String>> byAccount = new ConcurrentHashMap<>();

    void remember(String account, String challenge) {
        byAccount
                .computeIfAbsent(account, absent -> ConcurrentHashMap.newKeySet())
                .add(challenge);
    }

    /** Returns true if one of the account's challenges was computed from this verifier, or if the account has none. */
    boolean meets(String account, String verifier) {
        Set<String> challenges = byAccount.get(account);
        return challenges == null || challenges.contains(challengeOf(verifier));
    }

    void clear() {
        byAccount.clear();
    }

    /** Computes the S256 challenge of a verifier. */
    static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", e);
        }
    }
}
