package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInPageTest {
    /** Example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final Challenges challenges = new Challenges();
    private final SignInPage page = new SignInPage(challenges);

    @Test
    void aChallengeIsMadeAsTheStandardSays() {
        assertEquals(CHALLENGE, Challenges.challengeOf(VERIFIER));
    }

    @Test
    void theLongAddressShowsACodeWithItsState() {
        Reply reply = open(Map.of("account", "alice", "code_challenge", CHALLENGE, "state", "s-1"));
        assertTrue(reply.body().contains(">code-alice#s-1<"), reply.body());
    }

    @Test
    void theShortAddressHasTheChallengeAlone() {
        Reply reply = open(Map.of("z-" + CHALLENGE, "", "account", "alice"));
        assertTrue(reply.body().contains(">code-alice#"), reply.body());
        assertTrue(challenges.meets("alice", VERIFIER));
        assertFalse(challenges.meets("alice", "another"));
    }

    @Test
    void anAccountWhosePageNobodyOpenedCannotBeChecked() {
        assertTrue(challenges.meets("bob", "anything"));
    }

    @Test
    void anAddressWithoutAChallengeOrWithMarkupIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> open(Map.of("state", "s")));
        assertThrows(
                IllegalArgumentException.class, () -> open(Map.of("code_challenge", CHALLENGE, "state", "<script>")));
    }

    private Reply open(Map<String, String> query) {
        return page.answer(new Request("127.0.0.1", "GET", "claude.ai", "/oauth/authorize", query, Map.of(), ""));
    }
}
