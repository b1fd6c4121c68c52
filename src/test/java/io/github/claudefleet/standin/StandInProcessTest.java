package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the stand-in as a separate process, as a container and the demo run it. */
@Timeout(60)
class StandInProcessTest {
    @TempDir
    Path folder;

    @Test
    void itSaysWhereItListensServesTlsAndEndsWhenTold() throws Exception {
        Process process = run("--https", "0", "--tls", folder.toString());
        try (BufferedReader printed = process.inputReader()) {
            String ready = printed.readLine();
            assertTrue(
                    ready.matches("stand-in ready http=http://\\S+ https=https://\\S+ ca=" + folder + "/ca.pem"),
                    ready);
            URI https = URI.create(ready.replaceAll(".* https=(\\S+) .*", "$1"));
            ApiClient api = new ApiClient(https, trusting(folder.resolve("ca.pem")));
            assertEquals(
                    200, api.prompt("sk-ant-api03-standin.alice", "Say yes").statusCode());
            assertEquals(404, api.get(ControlEndpoint.PREFIX + "ping", "").statusCode());
            process.destroy();
            assertTrue(process.waitFor(5, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aWrongOptionEndsItWithTheUsage() throws Exception {
        Process process = run("--port", "1");
        try (BufferedReader errors = process.errorReader()) {
            assertTrue(errors.readLine().contains("usage: AnthropicStandIn"));
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(2, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process run(String... options) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classesOf(AnthropicStandIn.class) + File.pathSeparator + classesOf(ModelService.class),
                AnthropicStandIn.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    private static Path classesOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static HttpClient trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
