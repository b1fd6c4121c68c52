package io.github.claudefleet.standin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The PKCE challenges (RFC 7636) of logins that somebody opened the sign-in page for, by account. The CLI shows a
 * challenge to that page alone, so the logins of an account whose page nobody opened cannot be checked.
 */
final class Challenges {
    private final Map<String, Set<String>> byAccount = new ConcurrentHashMap<>();

    void remember(String account, String challenge) {
        byAccount
                .computeIfAbsent(account, absent -> ConcurrentHashMap.newKeySet())
                .add(challenge);
    }

    /** Whether one of the account's challenges was made of this verifier, or the account has none. */
    boolean meets(String account, String verifier) {
        Set<String> challenges = byAccount.get(account);
        return challenges == null || challenges.contains(challengeOf(verifier));
    }

    void clear() {
        byAccount.clear();
    }

    /** The S256 challenge of a verifier. */
    static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", e);
        }
    }
}
