package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the whole stand-in over HTTP. Each test has its own account, like the tests of the plugin. */
class AnthropicStandInTest {
    private static final Object PROMPT = Json.object()
            .with("messages", List.of(Json.object().with("role", "user").with("content", "Say yes")));

    private static AnthropicStandIn standIn;

    private StandInControl control;
    private ApiClient api;
    private String account;
    private String setupToken;

    @BeforeAll
    static void start() throws IOException {
        standIn = AnthropicStandIn.start(StandInOptions.onLoopback());
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void takeAnAccount(TestInfo test) {
        control = new StandInControl(standIn.http());
        api = new ApiClient(standIn.http());
        account = "t" + Integer.toHexString(test.getDisplayName().hashCode()) + "-"
                + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        setupToken = "sk-ant-oat01-standin." + account + ".setup";
    }

    @Test
    void aPromptIsAnswered() throws Exception {
        HttpResponse<String> response = api.prompt(setupToken, "Say yes");
        assertEquals(200, response.statusCode());
        assertEquals(
                "yes",
                JsonObject.parse(response.body()).objects("content").get(0).text("text"));
        assertEquals(1, control.counts(account).messages());
    }

    @ParameterizedTest
    @CsvSource({
        "401, 401, authentication_error",
        "403, 403, permission_error",
        "429, 429, rate_limit_error",
        "429-throttle, 429, rate_limit_error",
        "529, 529, overloaded_error",
        "500, 500, api_error",
        "400-credit, 400, invalid_request_error"
    })
    void anAccountIsTreatedAsTheTestWishes(String behaviour, int status, String type) throws Exception {
        control.behaviour(account, behaviour);
        HttpResponse<String> response = api.prompt(setupToken, "Say yes");
        assertEquals(status, response.statusCode());
        assertEquals(type, JsonObject.parse(response.body()).object("error").text("type"));
        assertEquals(1, control.counts(account).messagesByStatus().get(status));
    }

    @Test
    void vertexIsAnsweredForTheProjectsAccount() throws Exception {
        String path = "/v1/projects/" + account + "/locations/us-east5/publishers/anthropic/models/m:";
        HttpResponse<String> whole = api.post(path + "rawPredict", PROMPT);
        assertEquals(200, whole.statusCode());
        assertEquals(
                "yes", JsonObject.parse(whole.body()).objects("content").get(0).text("text"));
        assertTrue(api.post(path + "streamRawPredict", PROMPT).body().contains("event: message_stop"));
        control.behaviour(account, "403");
        HttpResponse<String> refused = api.post(path + "rawPredict", PROMPT);
        assertEquals(403, refused.statusCode());
        assertTrue(
                JsonObject.parse(refused.body()).object("error").text("message").contains("disabled"));
        assertEquals(3, control.counts(account).messages());
    }

    @Test
    void bedrockIsAnsweredInFramesForTheAccountInItsPath() throws Exception {
        String path = "/bedrock/" + account + "/model/us.anthropic.m-v1:0/invoke";
        HttpResponse<String> whole = api.post(path, PROMPT);
        assertEquals(
                "yes", JsonObject.parse(whole.body()).objects("content").get(0).text("text"));
        HttpResponse<String> streamed = api.post(path + "-with-response-stream", PROMPT);
        assertEquals(
                "application/vnd.amazon.eventstream",
                streamed.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(streamed.body().contains(":event-type"));
        control.behaviour(account, "429-throttle");
        HttpResponse<String> refused = api.post(path, PROMPT);
        assertEquals(429, refused.statusCode());
        assertTrue(JsonObject.parse(refused.body()).text("message").contains("rate limit"));
        assertEquals(403, api.post("/model/m/invoke", PROMPT).statusCode(), "an account that nobody named");
    }

    @Test
    void aUsedUpQuotaSaysWhenItComesBackAndAThrottledRequestDoesNot() throws Exception {
        Instant reset = Instant.now().plusSeconds(5400);
        control.quotaResetsAt(account, reset);
        control.behaviour(account, "429");
        HttpResponse<String> quota = api.prompt(setupToken, "Say yes");
        control.behaviour(account, "429-throttle");
        HttpResponse<String> throttled = api.prompt(setupToken, "Say yes");
        assertEquals(
                String.valueOf(reset.getEpochSecond()),
                quota.headers().firstValue("anthropic-ratelimit-unified-reset").orElseThrow());
        assertTrue(throttled
                .headers()
                .firstValue("anthropic-ratelimit-unified-reset")
                .isEmpty());
    }

    @Test
    void aFlakyAccountRecovers() throws Exception {
        control.behaviour(account, "flaky:1");
        assertEquals(401, api.prompt(setupToken, "Say yes").statusCode());
        assertEquals(200, api.prompt(setupToken, "Say yes").statusCode());
    }

    @Test
    void hangingRequestsDoNotStarveOthers() throws Exception {
        control.behaviour(account, "hang");
        IntStream.range(0, 300)
                .mapToObj(i -> api.promptRequest(setupToken, "Say yes", Duration.ofSeconds(30)))
                .forEach(request -> api.http().sendAsync(request, BodyHandlers.discarding()));
        String other = "sk-ant-api03-standin." + account + "-other";
        assertEquals(200, api.prompt(other, "Say yes").statusCode());
        assertThrows(
                HttpTimeoutException.class,
                () -> api.http()
                        .send(
                                api.promptRequest(setupToken, "Say yes", Duration.ofMillis(300)),
                                BodyHandlers.discarding()));
    }

    @Test
    void aSlowAccountIsAnsweredLate() throws Exception {
        control.behaviour(account, "slow:300");
        long start = System.nanoTime();
        assertEquals(200, api.prompt(setupToken, "Say yes").statusCode());
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());
    }

    @Test
    void aLoginIsRefreshedOnceAndEndsWithTheSecondUseOfItsRefreshToken() throws Exception {
        JsonObject first = JsonObject.parse(api.redeem("code-" + account, "v").body());
        JsonObject second =
                JsonObject.parse(api.refresh(first.text("refresh_token")).body());
        assertEquals(200, api.prompt(second.text("access_token"), "Say yes").statusCode());
        HttpResponse<String> again = api.refresh(first.text("refresh_token"));
        assertEquals(400, again.statusCode());
        assertEquals("invalid_grant", JsonObject.parse(again.body()).text("error"));
        assertEquals(401, api.prompt(second.text("access_token"), "Say yes").statusCode());
        assertEquals(400, api.refresh(second.text("refresh_token")).statusCode());
        AccountCounts counts = control.counts(account);
        assertEquals(1, counts.logins());
        assertEquals(1, counts.refreshes());
        assertEquals(2, counts.refreshesRefused());
        assertEquals(1, counts.revoked());
    }

    @Test
    void anAccessTokenLivesAsLongAsTheAccountSays() throws Exception {
        control.accessTokensLive(account, Duration.ZERO);
        String token =
                JsonObject.parse(api.redeem("code-" + account, "v").body()).text("access_token");
        assertEquals(401, api.prompt(token, "Say yes").statusCode());
        assertEquals(401, api.get("/api/oauth/profile", token).statusCode());
    }

    @Test
    void aLoginFileCanBeHadFreshOrExpired() throws Exception {
        assertEquals(
                200, api.prompt(accessTokenIn(Duration.ofHours(8)), "Say yes").statusCode());
        assertEquals(
                401,
                api.prompt(accessTokenIn(Duration.ofMinutes(-1)), "Say yes").statusCode());
    }

    @Test
    void aLoginWhoseChallengeIsKnownNeedsItsVerifier() throws Exception {
        api.get("/oauth/authorize?account=" + account + "&z-" + Challenges.challengeOf("verifier"), "");
        assertEquals(400, api.redeem("code-" + account, "other").statusCode());
        assertEquals(200, api.redeem("code-" + account, "verifier").statusCode());
        assertEquals(1, control.counts(account).loginsRefused());
    }

    @Test
    void aBrokenTokenServiceGivesNoTokens() throws Exception {
        control.tokenBehaviour(account, "500");
        assertEquals(500, api.redeem("code-" + account, "v").statusCode());
        assertEquals(500, api.refresh("sk-ant-ort01-standin." + account + ".1").statusCode());
        assertEquals(0, control.counts(account).currentAccessToken());
    }

    @Test
    void aTokenServiceThatHangsHasRotatedAllTheSame() throws Exception {
        control.tokenBehaviour(account, "hang");
        CompletableFuture<?> lost = CompletableFuture.runAsync(
                () -> assertThrows(IOException.class, () -> api.refresh("sk-ant-ort01-standin." + account + ".1")));
        Instant deadline = Instant.now().plusSeconds(10);
        while (control.counts(account).refreshes() == 0 && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
        }
        assertFalse(lost.isDone());
        assertEquals(2, control.counts(account).currentAccessToken());
    }

    @Test
    void aLogoutEndsTheLogin() throws Exception {
        JsonObject login = JsonObject.parse(api.redeem("code-" + account, "v").body());
        api.post("/v1/oauth/token/revoke", Json.object().with("token", login.text("refresh_token")));
        assertEquals(401, api.prompt(login.text("access_token"), "Say yes").statusCode());
        assertEquals(1, control.counts(account).revoked());
    }

    @Test
    void everyAnswerHasARequestId() throws Exception {
        String id = api.prompt(setupToken, "Say yes")
                .headers()
                .firstValue("request-id")
                .orElseThrow();
        assertTrue(id.startsWith("req_"), id);
    }

    @Test
    void aCredentialOfAnotherFormIsRefused() throws Exception {
        assertEquals(401, api.prompt("sk-ant-api03-other", "Say yes").statusCode());
        assertEquals(401, api.prompt("", "Say yes").statusCode());
        assertEquals(400, api.redeem("code-WRONG", "v").statusCode());
        assertEquals(400, api.refresh("sk-ant-ort01-other").statusCode());
    }

    @Test
    void profileAndRolesNeedALogin() throws Exception {
        String token = accessTokenIn(Duration.ofHours(1));
        JsonObject profile =
                JsonObject.parse(api.get("/api/oauth/profile", token).body());
        assertEquals(account + "@standin.example", profile.object("account").text("email"));
        assertEquals(200, api.get("/api/oauth/claude_cli/roles", token).statusCode());
        assertEquals(401, api.get("/api/oauth/profile", setupToken).statusCode());
    }

    @Test
    void scriptsAreFollowed() throws Exception {
        control.scripts(account, "[{\"match\":\"fix\",\"turns\":[{\"text\":\"scripted\"}]}]");
        assertTrue(api.prompt(setupToken, "fix it").body().contains("scripted"));
    }

    @Test
    void whatWasAskedIsOnRecordWithoutTheCredential() throws Exception {
        api.prompt(setupToken, "Say yes");
        RecordedRequest recorded = control.requests(account).get(0);
        assertEquals("POST", recorded.method());
        assertEquals("/v1/messages", recorded.path());
        assertEquals("setup " + account, recorded.credential());
        assertEquals(200, recorded.status());
        assertEquals("turn 0: Say yes", recorded.note());
    }

    @Test
    void whatIsNotKnownIsNotFoundAndOnRecord() throws Exception {
        assertEquals(404, api.get("/" + account, "").statusCode());
        assertTrue(
                control.requests().stream().anyMatch(request -> request.path().equals("/" + account)));
    }

    @Test
    void aControlRequestThatMakesNoSenseIsRefusedWithTheReason() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> control.behaviour(account, "wild"));
        assertTrue(refusal.getMessage().contains("unknown behaviour 'wild'"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> control.counts("UPPER"));
    }

    @Test
    void aResetForgetsEverything() throws Exception {
        try (AnthropicStandIn own = AnthropicStandIn.start(StandInOptions.onLoopback())) {
            StandInControl itsControl = new StandInControl(own.http());
            new ApiClient(own.http()).prompt(setupToken, "Say yes");
            itsControl.reset();
            assertEquals(0, itsControl.counts(account).messages());
            assertEquals(0, itsControl.requests().size());
        }
    }

    @Test
    void aClosedStandInIsNotReady() throws Exception {
        AnthropicStandIn own = AnthropicStandIn.start(StandInOptions.onLoopback());
        StandInControl itsControl = new StandInControl(own.http());
        assertTrue(itsControl.isReady());
        own.close();
        assertFalse(itsControl.isReady());
    }

    private String accessTokenIn(Duration lifetime) {
        return JsonObject.parse(control.credentials(account, lifetime))
                .object("claudeAiOauth")
                .text("accessToken");
    }
}
