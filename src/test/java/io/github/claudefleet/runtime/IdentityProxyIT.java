package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.standin.AnthropicStandIn;
import io.github.claudefleet.standin.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An OIDC endpoint over TLS that only a company's proxy reaches, with a CA of the company's own. */
class IdentityProxyIT {

    /** Proxy that connects every tunnel to the endpoint, and records what it was asked for. */
    private static final String PROXY = "const fs = require('fs'), net = require('net');"
            + " require('http').createServer().on('connect', (q, s) => { s.on('error', () => {}); fs.appendFileSync('asked', q.url + ' ' +"
            + " q.headers['proxy-authorization'] + '\\n'); if (!q.headers['proxy-authorization']) { s.end('HTTP/1.1 407"
            + " No\\r\\n\\r\\n'); return; } const t = net.connect(%d, '127.0.0.1', () => { s.write('HTTP/1.1 200"
            + " OK\\r\\n\\r\\n'); t.pipe(s); s.pipe(t); }); t.on('error', () => {}); }).listen(0, '127.0.0.1', function () {"
            + " fs.writeFileSync('port', String(this.address().port)); });";

    @RegisterExtension
    private static final ScriptContainer BOX = ScriptContainer.withRealCli(Shop.fleet()
            .login(Shop.login(Shop.federation(new IdentitySource.GitHubEndpoint("https://x", Secret.of("job")))))
            .toSpec());

    @TempDir
    private static Path tls;

    @Test
    void theEndpointIsAskedThroughTheProxysTunnel() throws IOException {
        try (AnthropicStandIn standIn =
                AnthropicStandIn.start(StandInOptions.onLoopback().withTls(tls))) {
            Place place = BOX.place();
            place.with("CLAUDE_FLEET_IDENTITY", place.path("identity"))
                    .with("NODE_EXTRA_CA_CERTS", place.path("ca.pem"))
                    .with("NO_PROXY", "127.0.0.1,.example.org")
                    .file("ca.pem", Files.readString(standIn.ca()))
                    .file("proxy.cjs", PROXY.formatted(standIn.https().getPort()))
                    .file(
                            "identity/request-url",
                            "https://api.anthropic.com/oidc/token?audience=https%3A%2F%2Fapi.anthropic.com")
                    .file("identity/request-token", "job-proxied");

            ExecResult result = through(place, "user:p%40ss@");

            assertThat(result.output()).as(result.errors()).isEmpty();
            assertThat(place.read("identity/token")).startsWith("eyJ");
            assertThat(place.read("asked")).isEqualTo("api.anthropic.com:443 Basic dXNlcjpwQHNz\n");

            assertThat(through(place, "").output())
                    .startsWith("verdict=unreachable\n")
                    .contains("answers 407");
        }
    }

    private static ExecResult through(Place place, String user) {
        return place.run(
                "rm -f port asked; node proxy.cjs & proxy=$!; n=0; until [ -s port ] || [ $((n += 1)) -gt 100 ];"
                        + " do sleep 0.05; done; HTTPS_PROXY=http://" + user + "127.0.0.1:$(cat port)"
                        + " /bin/sh $KIT/identity.sh; code=$?; kill $proxy; exit $code");
    }
}
