package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationExchangeTest {
    private final Clock clock = Clock.systemUTC();
    private final Accounts accounts = new Accounts(clock);
    private final IdentityTokens issuer = new IdentityTokens(clock);
    private final FederationExchange exchange = new FederationExchange(accounts, clock);

    @Test
    void aGoodIdentityTokenGivesAnAccessTokenOnce() {
        Map<String, Object> body = body(Map.of());

        Reply first = exchange(body);
        assertEquals(200, first.status());
        JsonObject answer = JsonObject.parse(first.body());
        Credential access = Credential.parse(answer.text("access_token"));
        assertEquals("alice", access.account());
        assertTrue(accounts.named("alice").accepts(access));
        assertEquals("Bearer", answer.text("token_type"));
        assertEquals(28_800, answer.number("expires_in", 0));

        Reply second = exchange(body);
        assertEquals(401, second.status());
        assertEquals("refused: jti_reused", second.note());
    }

    @Test
    void aTokenWithoutAnIdMayBeExchangedAgain() {
        Map<String, Object> body = body(Map.of("jti", "no"));

        assertEquals(200, exchange(body).status());
        assertEquals(200, exchange(body).status());
    }

    @ParameterizedTest
    @CsvSource({
        "organization_id,    00000000-0000-4000-8000-000000000002, organisation",
        "service_account_id, svac_bob,    service account",
        "workspace_id,       wrkspc_bob,  workspace",
        "assertion,          eyJ.eyJ.x,   signature"
    })
    void whatDoesNotFitTheRuleIsRefusedWithoutAReason(String member, String value, String note) {
        Map<String, Object> body = body(Map.of());
        body.put(member, value);

        assertRefused(exchange(body), note);
    }

    @ParameterizedTest
    @CsvSource({"audience, https://elsewhere.example, audience", "expiresIn, -1, expired"})
    void aTokenForOthersOrOfThePastIsRefusedAlike(String wish, String value, String note) {
        assertRefused(exchange(body(Map.of(wish, value))), note);
    }

    @Test
    void aTokenOfAnotherJobIsRefusedAlike() {
        Map<String, Object> body = body(Map.of());
        body.put("assertion", issuer.issue("bob", Map.of("audience", FederationExchange.AUDIENCE)));

        assertRefused(exchange(body), "subject");
    }

    @Test
    void aRuleThatIsNoIdIsToldSo() {
        Map<String, Object> body = body(Map.of());
        body.put("federation_rule_id", "rule");

        Reply reply = exchange(body);
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains("not a well-formed fdrl_ tagged ID"), reply.body());
    }

    private static void assertRefused(Reply reply, String note) {
        assertEquals(401, reply.status());
        assertEquals(
                "{\"error\":{\"type\":\"authentication_error\",\"message\":\"Authentication failed\"}}", reply.body());
        assertEquals("refused: " + note, reply.note());
    }

    private Reply exchange(Map<String, Object> body) {
        return exchange.exchange(JsonObject.parse(Json.write(body)));
    }

    private Map<String, Object> body(Map<String, String> wishes) {
        Map<String, String> all = new HashMap<>(Map.of("audience", FederationExchange.AUDIENCE));
        all.putAll(wishes);
        return Json.object()
                .with("grant_type", FederationExchange.GRANT_TYPE)
                .with("assertion", issuer.issue("alice", all))
                .with("federation_rule_id", "fdrl_alice")
                .with("organization_id", FederationExchange.ORGANIZATION)
                .with("service_account_id", "svac_alice");
    }
}
