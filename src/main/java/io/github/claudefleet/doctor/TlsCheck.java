package io.github.claudefleet.doctor;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.runtime.KitResources;
import java.time.Duration;
import java.util.TreeMap;

/**
 * Checks from inside the auth container that the API can be reached and its certificate is trusted. Uses the tool that
 * the image has: Node.js, curl or OpenSSL. Sends no credential: with Node.js and curl a plain GET, with OpenSSL only
 * the handshake.
 */
final class TlsCheck {

    private static final String CHECK = "TLS to the API";
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String HOST = "api.anthropic.com";
    private static final String CERTIFICATE = "(?is).*(?:certificate|self.signed|issuer|verif).*";

    private final ContainerEngine engine;

    TlsCheck(ContainerEngine engine) {
        this.engine = engine;
    }

    Finding ask(ContainerObservation auth, ContainerFacts inside) {
        if (!inside.get("proxy").isEmpty() || !inside.get("base").isEmpty()) {
            return Finding.skipped(
                    CHECK, "requests go by way of a proxy or gateway; the login below tells whether they get there");
        }
        String said = engine.processes()
                .run(new ExecRequest(auth.id(), KitResources.inlined("tls.sh", HOST), new TreeMap<>()), LIMIT)
                .output()
                .strip();
        if (said.equals("none") || said.isEmpty() && inside.get("address").isEmpty()) {
            return Finding.skipped(CHECK, "the image has no node, curl or openssl to try it with");
        }
        return said.lines().anyMatch("ok"::equals) ? Finding.pass(CHECK, "the certificate is trusted") : failed(said);
    }

    private static Finding failed(String said) {
        String line = CredentialRedactor.text(said.lines().findFirst().orElse("no answer"));
        return said.matches(CERTIFICATE)
                ? Finding.fail(
                        CHECK,
                        HOST + " has a certificate that is not trusted inside (" + line + ")",
                        "name the company's certificates with image.caBundle")
                : Finding.warn(
                        CHECK,
                        HOST + " can't be reached from inside (" + line + ")",
                        "check the network, a proxy that containers need, and extraHosts");
    }
}
