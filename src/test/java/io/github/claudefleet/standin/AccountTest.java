package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    private final Account account = new Accounts(new SettableClock()).named("alice");

    @Test
    void whatASettingsRequestDoesNotNameStays() {
        configure("{\"behaviour\":\"slow:20\",\"resetsAt\":99}");
        configure("{\"accessSeconds\":5}");
        assertEquals("slow:20", account.settings().behaviour().toString());
        assertEquals(99, account.settings().resetsAt());
        assertEquals(5, account.settings().accessSeconds());
    }

    @Test
    void aFlakyAccountRefusesAsManyAsItWasTold() {
        configure("{\"behaviour\":\"flaky:2\"}");
        assertTrue(account.refusesThisOne());
        assertTrue(account.refusesThisOne());
        assertFalse(account.refusesThisOne());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fine", "slow", "ok:3", "slow:x", "429:1"})
    void aBehaviourThatThereIsNotIsRefused(String behaviour) {
        assertThrows(
                IllegalArgumentException.class,
                () -> configure(Json.write(Json.object().with("behaviour", behaviour))));
    }

    @Test
    void theTokenEndpointHasFewerBehaviours() {
        assertThrows(IllegalArgumentException.class, () -> configure("{\"tokenBehaviour\":\"429\"}"));
    }

    @Test
    void countsAreByKind() {
        account.logIn();
        account.refresh(1);
        account.refresh(1);
        account.countMessage(200);
        account.countMessage(200);
        account.countMessage(429);
        account.countSideRequest();
        AccountCounts counts = account.counts();
        assertEquals(3, counts.messages());
        assertEquals(2, counts.messagesByStatus().get(200));
        assertEquals(1, counts.sideRequests());
        assertEquals(1, counts.refreshes());
        assertEquals(1, counts.refreshesRefused());
        assertEquals(1, counts.revoked());
        assertEquals(2, counts.currentAccessToken());
        assertEquals(counts, AccountCounts.fromJson(JsonObject.parse(Json.write(counts.toJson()))));
    }

    private void configure(String json) {
        account.configure(JsonObject.parse(json));
    }
}
