package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final long HOUR = 3600;

    private final SettableClock clock = new SettableClock();
    private final Tokens tokens = new Tokens(clock);

    @Test
    void anAccessTokenExpires() {
        int first = tokens.begin(HOUR);
        clock.advance(Duration.ofSeconds(HOUR - 1));
        assertTrue(tokens.accepts(first, HOUR));
        clock.advance(Duration.ofSeconds(1));
        assertFalse(tokens.accepts(first, HOUR));
    }

    @Test
    void aRefreshGivesANewPairAndLeavesTheOldAccessToken() {
        int first = tokens.begin(HOUR);
        assertEquals(Optional.of(2), tokens.rotate(first, HOUR));
        assertTrue(tokens.accepts(1, HOUR));
        assertTrue(tokens.accepts(2, HOUR));
    }

    @Test
    void allButTheNewestExpireWhereTheirTimeIsSaidToHavePassed() {
        tokens.rotate(tokens.begin(HOUR), HOUR);
        tokens.expireFormer();
        assertFalse(tokens.accepts(1, HOUR));
        assertTrue(tokens.accepts(2, HOUR));
    }

    @Test
    void theSecondUseOfARefreshTokenRevokesItsWholeLogin() {
        int first = tokens.begin(HOUR);
        int second = tokens.rotate(first, HOUR).orElseThrow();
        assertEquals(Optional.empty(), tokens.rotate(first, HOUR));
        assertFalse(tokens.accepts(second, HOUR));
        assertEquals(Optional.empty(), tokens.rotate(second, HOUR));
        assertEquals(1, tokens.revoked());
    }

    @Test
    void anotherLoginOfTheAccountOutlivesARevokedOne() {
        int first = tokens.begin(HOUR);
        int other = tokens.begin(HOUR);
        tokens.revoke(first, HOUR);
        assertFalse(tokens.accepts(first, HOUR));
        assertTrue(tokens.accepts(other, HOUR));
    }

    @Test
    void aTokenFromBeforeARestartIsTakenOver() {
        assertTrue(tokens.accepts(7, HOUR));
        assertEquals(Optional.of(8), tokens.rotate(7, HOUR));
        assertEquals(Optional.empty(), tokens.rotate(7, HOUR));
    }
}
