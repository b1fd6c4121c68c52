package io.github.claudefleet.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTPS server of files, such as a Maven repository, with a certificate of the stand-in's authority. */
public final class FileServer implements AutoCloseable {

    private static final int THREADS = 8;
    private static final String SHA1 = ".sha1";

    private final HttpsServer server;
    private final Path root;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Queue<String> agents = new ConcurrentLinkedQueue<>();

    private FileServer(HttpsServer server, Path root) {
        this.server = server;
        this.root = root;
    }

    /**
     * Starts a server on a free port.
     *
     * @param address address of this machine to listen on
     * @param tls directory of the stand-in's certificates
     * @param root directory whose files are served
     */
    public static FileServer start(String address, Path tls, Path root) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        https.setHttpsConfigurator(
                new HttpsConfigurator(TlsMaterial.in(tls, Clock.systemUTC()).context()));
        FileServer files = new FileServer(https, root.toRealPath());
        https.createContext("/", files::answer);
        https.setExecutor(files.threads);
        https.start();
        return files;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the {@code User-Agent} of each request that was answered with a file. */
    public Queue<String> agents() {
        return agents;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<byte[]> content = content(path).or(() -> checksum(path));
            if (content.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : content.get().length);
            if (!head) {
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(content.get());
                }
            }
        }
    }

    private Optional<byte[]> content(String path) {
        Path file = root.resolve("." + path).normalize();
        try {
            return file.startsWith(root) && Files.isRegularFile(file)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a file's checksum, which a local repository does not keep. Maven 4 takes no file without one. */
    private Optional<byte[]> checksum(String path) {
        return path.endsWith(SHA1)
                ? content(path.substring(0, path.length() - SHA1.length())).map(FileServer::sha1)
                : Optional.empty();
    }

    private static byte[] sha1(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(content);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
