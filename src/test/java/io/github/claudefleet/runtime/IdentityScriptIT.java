package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity tokens from a file and from an endpoint, and what is known of them without the service. */
class IdentityScriptIT {

    private static final String GOOD_CLAIMS =
            "{\"iss\":\"https://ci\",\"sub\":\"repo:shop\",\"aud\":\"https://api.anthropic.com\",\"exp\":%d,\"jti\":\"%s\"}";

    @RegisterExtension
    private static final ScriptContainer WITH_FILE = new ScriptContainer(Shop.fleet()
            .login(Shop.login(
                    Shop.federation(new IdentitySource.TokenFile(Path.of("/run/claude/token"), Secret.of("eyJ.e.s")))))
            .toSpec());

    @RegisterExtension
    private static final ScriptContainer WITH_ENDPOINT = new ScriptContainer(Shop.fleet()
            .login(Shop.login(Shop.federation(new IdentitySource.GitHubEndpoint("http://x.example", Secret.of("job")))))
            .toSpec());

    private Place place;

    @BeforeEach
    void makeDirectories() {
        use(WITH_FILE);
    }

    // ---- a file

    @Test
    void aGoodTokenIsWrittenForTheOwnerAlone() {
        put("source/token", good("a") + "\n");

        assertThat(identity().output()).isEmpty();
        assertThat(place.read("identity/token")).isEqualTo(good("a"));
        assertThat(place.run("stat -c %a identity/token").output()).isEqualTo("600\n");
    }

    /** Kubernetes replaces the directory that a link leads to. */
    @Test
    void aRotatedTokenIsReadThroughItsNewLink() {
        place.run("mkdir source/..1 source/..2; ln -s ..1 source/..data; ln -s ..data/token source/token");
        put("source/..1/token", good("a"));
        put("source/..2/token", good("b"));
        identity();
        assertThat(place.read("identity/token")).isEqualTo(good("a"));

        place.run("ln -s ..2 source/..next; mv -T source/..next source/..data; rm -r source/..1");

        assertThat(identity().output()).isEmpty();
        assertThat(place.read("identity/token")).isEqualTo(good("b"));
    }

    @Test
    void aFileThatTheContainersUserCannotReadIsReplacedByWhatMavenRead() {
        put("source/token", good("a"));
        put("identity/given", good("given"));
        place.run("chmod 000 source/token");

        assertThat(identity().output()).isEmpty();
        assertThat(place.read("identity/token")).isEqualTo(good("given"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf '\\357\\273\\277' | cat - good >source/token",
                "{ cat good; printf '\\r\\n\\n'; } >source/token",
                "{ printf '\\377\\376'; sed 's/./&\\x00/g' good; } >source/token",
            })
    void markLineEndAndZeroBytesAreNoPartOfTheToken(String write) {
        put("good", good("a"));
        place.run(write);

        assertThat(identity().output()).isEmpty();
        assertThat(place.read("identity/token")).isEqualTo(good("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | missing   | gave none",
                "' '             | missing   | is empty",
                "{\"value\":\"eyJ\"} | malformed | has JSON",
                "\"eyJ.a.b\"     | malformed | has characters",
                "eyJ.a           | malformed | three parts",
                "eyJ.a.b.c.d     | malformed | parts that no such token has",
                "eyJ.!!!.b       | malformed | characters",
                "eyJ.YWJj.b      | malformed | is no JSON",
            })
    void whatIsNoTokenIsSaidWithoutBeingShown(String content, String verdict, String what) {
        place.run("printf '%s' '" + content + "' >source/token");

        assertRefused(verdict, what);
    }

    @Test
    void aTokenBeyondTheServicesLimitIsRefused() {
        put("source/token", good("a".repeat(17_000)));

        assertRefused("malformed", "and the service takes 16384");
    }

    // ---- claims

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"aud\":\"sts.amazonaws.com\"                                  | audience",
                "\"aud\":[\"https://github.com/shop\"]                          | audience",
                "\"aud\":\"https://api.anthropic.com.evil\"                     | audience",
                "\"sub\":\"https://api.anthropic.com\"                          | audience",
                "\"aud\":[\"x\",\"https://api.anthropic.com\"]                  | ''",
                "\"aud\" : [ \"https:\\\\/\\\\/api.anthropic.com\" ]            | ''",
                "\"aud\":\"https://api.anthropic.com\",\"kubernetes.io\":{\"a\":1} | ''",
            })
    void theAudienceIsComparedAsAWhole(String claim, String verdict) {
        put("source/token", token("{" + claim.replace("\\\\", "\\") + ",\"exp\":" + in(300) + "}"));

        if (verdict == null || verdict.isEmpty()) {
            assertThat(identity().output()).isEmpty();
        } else {
            assertRefused(verdict, "auth.audience is \"https://api.anthropic.com\"");
        }
    }

    @Test
    void anOldTokenIsRefusedWithItsAge() {
        put("source/token", claims(in(-3600), "a"));

        assertRefused("expired", "ended 36");
    }

    /** Clocks of runners differ by seconds. */
    @ParameterizedTest
    @ValueSource(longs = {-30, 1, 300})
    void withinAMinuteOfItsEndTheServiceDecides(long seconds) {
        put("source/token", claims(in(seconds), "a"));

        assertThat(identity().output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.79599e9", "\"soon\"", "null"})
    void anEndThatIsNoPlainNumberIsLeftToTheService(String end) {
        put("source/token", token("{\"aud\":\"https://api.anthropic.com\",\"exp\":" + end + "}"));

        assertThat(identity().output()).isEmpty();
    }

    @Test
    void aTokenThatWasExchangedIsRefusedOnlyIfItHasAnId() {
        put("source/token", good("a"));
        put("identity/used", good("a"));
        assertRefused("used", "nothing has put a new one in its place");

        String without = token("{\"aud\":\"https://api.anthropic.com\",\"exp\":" + in(300) + "}");
        put("source/token", without);
        put("identity/used", without);
        assertThat(identity().output()).isEmpty();
    }

    @Test
    void aTokenOfTheFutureIsToldWithTheClock() {
        put(
                "source/token",
                token("{\"aud\":\"https://api.anthropic.com\",\"iss\":\"https://ci\",\"sub\":\"x\",\"iat\":" + in(600)
                        + ",\"exp\":" + in(900) + "}"));
        identity();

        assertThat(place.run("/bin/sh $KIT/identity.sh claims").output())
                .contains("its issuer is \"https://ci\", its subject \"x\"")
                .contains("this machine's clock may be behind");
    }

    // ---- an endpoint

    @ParameterizedTest
    @CsvSource({"node, ''", "node, proxy", "curl, ''"})
    void anEndpointIsAskedForANewTokenEachTime(String program, String proxy) {
        use(WITH_ENDPOINT);
        endpoint("200", "{\"count\":3,\"value\":\"" + good("a") + "\"}");
        if ("proxy".equals(proxy)) {
            place.with("http_proxy", "http://127.0.0.1:8099")
                    .file("identity/request-url", "http://oidc.invalid/x?audience=a");
        }
        if (program.equals("curl") && place.run("command -v curl").exitCode() != 0) {
            place.command("curl", CURL);
        }
        String hidden = program.equals("curl")
                ? "mkdir -p only; for c in sh cat sed head tail tr date base64 mv rm curl"
                        + " printf; do ln -sf \"$(command -v $c)\" only/; done; PATH=$HERE/only "
                : "";

        ExecResult result = served(hidden + "/bin/sh $KIT/identity.sh");

        assertThat(result.output()).as(result.errors() + place.read("asked")).isEmpty();
        assertThat(place.read("identity/token")).isEqualTo(good("a"));
        assertThat(place.read("asked")).contains("Bearer job").contains("audience=a");
        if ("proxy".equals(proxy)) {
            assertThat(place.read("asked")).contains("http://oidc.invalid/x?audience=a");
        }
    }

    @ParameterizedTest
    @CsvSource({"401, missing", "403, missing", "404, missing", "500, unreachable", "302, unreachable"})
    void anotherStatusIsToldWithoutTheRequestsToken(String status, String verdict) {
        use(WITH_ENDPOINT);
        endpoint(status, "{\"message\":\"job\"}");

        ExecResult result = served("/bin/sh $KIT/identity.sh");

        assertThat(result.output())
                .startsWith("verdict=" + verdict + "\ndetail=GitHub's OIDC endpoint answers " + status);
        assertThat(result.output() + result.errors()).doesNotContain("Bearer");
    }

    @Test
    void anEndpointThatNobodyServesIsUnreachable() {
        use(WITH_ENDPOINT);
        place.file("identity/request-url", "http://127.0.0.1:8098/x").file("identity/request-token", "job");

        assertRefused("unreachable", "ECONNREFUSED");
    }

    /** A token that was issued a moment ago and looks old: this machine's clock is wrong. */
    @Test
    void aTokenThatWasIssuedJustNowIsNeverTooOld() {
        use(WITH_ENDPOINT);
        endpoint("200", "{\"value\":\"" + claims(in(-3600), "a") + "\"}");

        assertThat(served("/bin/sh $KIT/identity.sh").output()).isEmpty();
    }

    private static final String CURL =
            "config=$(cat); url=$(printf '%s' \"$config\" | sed -n 's/^url = \"\\(.*\\)\"/\\1/p');"
                    + " header=$(printf '%s' \"$config\" | sed -n 's/^header = \"\\(.*\\)\"/\\1/p'); while [ $# -gt 0 ]; do case $1 in"
                    + " --dump-header) head=$2 ;; --output) body=$2 ;; esac; shift; done;"
                    + " /usr/bin/node -e 'require(\"http\").get(process.argv[1], {headers: {authorization:"
                    + " process.argv[2].slice(15)}}, r => { let b = \"\"; r.on(\"data\", d => b += d).on(\"end\", () => {"
                    + " require(\"fs\").writeFileSync(process.argv[3], \"HTTP/1.1 \" + r.statusCode + \" OK\\n\");"
                    + " require(\"fs\").writeFileSync(process.argv[4], b); }); })' \"$url\" \"$header\" \"$head\" \"$body\"\n";

    /** Prepares an endpoint, which records the requests that it gets. It also stands for a proxy. */
    private void endpoint(String status, String body) {
        place.file("identity/request-url", "http://127.0.0.1:8099/x?audience=a")
                .file("identity/request-token", "job")
                .file("body", body)
                .file(
                        "serve.cjs",
                        "require('http').createServer((q, r) => { require('fs').appendFileSync('asked', q.url + ' ' +"
                                + " q.headers.authorization + '\\n'); r.writeHead(" + status + ");"
                                + " r.end(require('fs').readFileSync('body')); }).listen(8099, '127.0.0.1',"
                                + " () => require('fs').writeFileSync('up', ''));");
    }

    private ExecResult served(String script) {
        return place.run("node serve.cjs >served 2>&1 & server=$!; n=0; until [ -e up ] || [ $((n += 1)) -gt 100 ]; do"
                + " sleep 0.05; done; (" + script + "); code=$?; kill $server; exit $code");
    }

    private void use(ScriptContainer box) {
        place = box.place();
        place.with("CLAUDE_FLEET_IDENTITY", place.path("identity"))
                .with("CLAUDE_FLEET_IDENTITY_SOURCE", place.path("source"))
                .run("mkdir identity source");
    }

    private void put(String path, String content) {
        place.file(path, content);
    }

    private ExecResult identity() {
        return place.run("/bin/sh $KIT/identity.sh");
    }

    private void assertRefused(String verdict, String what) {
        ExecResult result = identity();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("verdict=" + verdict + "\ndetail=")
                .contains(what);
        assertThat(result.output() + result.errors()).doesNotContain("eyJ");
    }

    private static String good(String id) {
        return claims(4_102_444_800L, id);
    }

    private static String claims(long end, String id) {
        return token(GOOD_CLAIMS.formatted(end, id));
    }

    private static String token(String claims) {
        return "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static long in(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }
}
