package io.github.claudefleet.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/** Registry on loopback, which engines accept without TLS. It holds one image of one file. */
final class LoopbackRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private final HttpServer server;
    private final Optional<String> credentials;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final byte[] manifest;

    /** @param credentials required {@code name:password}, or empty */
    LoopbackRegistry(Optional<String> credentials) throws IOException {
        this.credentials = credentials;
        this.manifest = manifest();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Name of the one image. */
    String image() {
        return host() + "/claude-fleet-test/pulled";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String digest = path.substring(path.lastIndexOf('/') + 1);
        if (!admitted(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
            send(exchange, 401, "application/json", error("UNAUTHORIZED", "authentication required"));
        } else if (path.equals("/v2/")) {
            send(exchange, 200, "application/json", new byte[] {'{', '}'});
        } else if (path.startsWith("/v2/claude-fleet-test/pulled/manifests/")) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest(manifest));
            send(exchange, 200, MANIFEST, manifest);
        } else if (blobs.containsKey(digest)) {
            send(exchange, 200, "application/octet-stream", blobs.get(digest));
        } else {
            send(exchange, 404, "application/json", error("MANIFEST_UNKNOWN", "manifest unknown"));
        }
    }

    private boolean admitted(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return credentials
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .map(wanted -> wanted.equals(given))
                .orElse(true);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static byte[] error(String code, String message) {
        return text("{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));
    }

    private byte[] manifest() throws IOException {
        byte[] tar = TarArchive.of(List.of(new UploadFile("pulled", text("yes"), 0444, ContainerUser.FOR_ROOT)));
        byte[] layer = gzip(tar);
        byte[] config = text("""
                {"architecture":"amd64","os":"linux","config":{"Labels":{"from":"registry"}},
                "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(digest(tar)));
        blobs.put(digest(layer), layer);
        blobs.put(digest(config), config);
        return text("""
                {"schemaVersion":2,"mediaType":"%s",
                "config":{"mediaType":"%s","size":%d,"digest":"%s"},
                "layers":[{"mediaType":"%s","size":%d,"digest":"%s"}]}""".formatted(MANIFEST, CONFIG, config.length, digest(config), LAYER, layer.length, digest(layer)));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
