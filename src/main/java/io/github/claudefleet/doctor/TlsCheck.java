package io.github.claudefleet.doctor;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ExecRequest;
import java.time.Duration;

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

    /** Prints {@code ok}, {@code none} if there is no tool, or the tool's output. */
    private static final String TRY = String.join(
            "\n",
            "h=" + HOST + "; ca=${NODE_EXTRA_CA_CERTS:-}",
            "if command -v node >/dev/null 2>&1; then",
            "  timeout 15 node -e \"require('https').get('https://$h/',r=>{console.log('ok');r.destroy()})"
                    + ".on('error',e=>{console.log(e.message);process.exit(1)})\" 2>&1 || echo 'no answer'",
            "elif command -v curl >/dev/null 2>&1; then",
            "  { timeout 15 curl -sS -o /dev/null \"https://$h/\" 2>&1 || { [ -n \"$ca\" ]"
                    + " && timeout 15 curl -sS --cacert \"$ca\" -o /dev/null \"https://$h/\" 2>&1; }; } && echo ok",
            "elif command -v openssl >/dev/null 2>&1; then",
            "  timeout 15 openssl s_client -connect \"$h:443\" -servername \"$h\" -verify_hostname \"$h\""
                    + " -verify_return_error ${ca:+-CAfile \"$ca\"} </dev/null 2>&1"
                    + " | sed -n 's/^Verify return code: 0.*/ok/p; s/^ *Verification: OK$/ok/p; /rror/p'",
            "else echo none; fi");

    private final ContainerEngine engine;

    TlsCheck(ContainerEngine engine) {
        this.engine = engine;
    }

    Finding ask(ContainerObservation auth, ContainerFacts inside) {
        if (!inside.get("proxy").isEmpty() || !inside.get("base").isEmpty()) {
            return Finding.skipped(
                    CHECK, "requests go by way of a proxy or gateway; the login below tells whether they get there");
        }
        String said = engine.exec(ExecRequest.of(auth.id(), "/bin/sh", "-c", TRY), LIMIT)
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
