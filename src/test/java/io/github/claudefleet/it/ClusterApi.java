package io.github.claudefleet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Questions to the API server of a {@link ThrowawayKubernetes} while it starts, for which kubectl would take longer. */
final class ClusterApi {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path certificate;
    private final int port;
    private final String token;
    private HttpClient client;

    /** @param certificate certificate of the API server, which it writes when it starts */
    ClusterApi(Path certificate, int port, String token) {
        this.certificate = certificate;
        this.port = port;
        this.token = token;
    }

    /** Returns the answer to a request; empty if there is none or if it is a refusal. */
    Optional<String> get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<String> response = client().send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == HttpURLConnection.HTTP_OK ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the object of that path. */
    Optional<JsonNode> object(String path) throws IOException, InterruptedException {
        Optional<String> answer = get(path);
        return answer.isPresent() ? Optional.of(JSON.readTree(answer.get())) : Optional.empty();
    }

    private HttpClient client() throws IOException {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .sslContext(trust())
                    .connectTimeout(LIMIT)
                    .build();
        }
        return client;
    }

    private SSLContext trust() throws IOException {
        try (InputStream input = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                store.setCertificateEntry("certificate-" + store.size(), one);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            // The API server is still writing the file.
            throw new IOException(e);
        }
    }
}
