package io.github.claudefleet.standin;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Running stand-in. Start it as a process with {@link StandInOptions#USAGE the options}, or inside a test:
 *
 * <pre>{@code
 * try (AnthropicStandIn standIn = AnthropicStandIn.start(StandInOptions.onLoopback())) {
 *     StandInControl control = new StandInControl(standIn.http());
 *     control.behaviour("alice", "429");
 * }
 * }</pre>
 */
public final class AnthropicStandIn implements AutoCloseable {
    private static final int MOST_AT_ONCE = 256;

    private final ExecutorService threads;
    private final HttpServer http;
    private final HttpsServer https;
    private final TlsMaterial tls;

    private AnthropicStandIn(ExecutorService threads, HttpServer http, HttpsServer https, TlsMaterial tls) {
        this.threads = threads;
        this.http = http;
        this.https = https;
        this.tls = tls;
    }

    /**
     * Listens until the process is ended. Prints one line when it is ready, or one line with the reason if it cannot
     * start.
     */
    public static void main(String[] args) {
        try {
            System.out.println(start(StandInOptions.parse(args)).readyLine());
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("stand-in cannot start: " + e.getMessage());
            System.exit(2);
        }
    }

    /** @throws IOException if a port is taken, or the certificates cannot be created */
    public static AnthropicStandIn start(StandInOptions options) throws IOException {
        // Without this property every answer waits 40 ms for the client's acknowledgement. The JDK reads it when the
        // first server is created.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Clock clock = Clock.systemUTC();
        TlsMaterial tls = options.servesTls() ? TlsMaterial.in(options.tls(), clock) : null;
        HttpServer http = HttpServer.create(new InetSocketAddress(options.bind(), options.http()), 0);
        HttpsServer https = tls == null ? null : tlsServer(options, tls);
        AnthropicStandIn standIn = new AnthropicStandIn(newThreads(), http, https, tls);
        standIn.serve(clock);
        return standIn;
    }

    /** Address of the services and of the control, over plain HTTP. */
    public URI http() {
        return address("http", http);
    }

    /**
     * Address of the services over TLS.
     *
     * @throws IllegalStateException if it was started without TLS
     */
    public URI https() {
        requireTls();
        return address("https", https);
    }

    /**
     * Certificate that a client has to trust.
     *
     * @throws IllegalStateException if it was started without TLS
     */
    public Path ca() {
        requireTls();
        return tls.ca();
    }

    /** Stops at once. Clients that wait for an answer lose the connection. */
    @Override
    public void close() {
        http.stop(0);
        if (https != null) {
            https.stop(0);
        }
        threads.shutdownNow();
    }

    private void serve(Clock clock) {
        Accounts accounts = new Accounts(clock);
        Scripts scripts = new Scripts();
        Challenges challenges = new Challenges();
        IdentityTokens identity = new IdentityTokens(clock);
        RequestLog log = new RequestLog();
        Router services = new Router(
                new Services(
                        accounts,
                        new MessagesEndpoint(accounts, scripts, clock),
                        new TokenEndpoint(accounts, challenges, new FederationExchange(accounts, clock)),
                        identity,
                        new SignInPage(challenges)),
                log,
                clock);
        Router control = new Router(
                new ControlEndpoint(accounts, scripts, challenges, identity, log, clock), new RequestLog(), clock);
        http.createContext("/", services);
        http.createContext(ControlEndpoint.PREFIX, control);
        listen(http);
        if (https != null) {
            https.createContext("/", services);
            listen(https);
        }
    }

    private void listen(HttpServer server) {
        server.setExecutor(threads);
        server.start();
    }

    private String readyLine() {
        String plain = "stand-in ready http=" + http();
        return https == null ? plain : plain + " https=" + https() + " ca=" + ca();
    }

    private void requireTls() {
        if (https == null) {
            throw new IllegalStateException("this stand-in has no TLS; start it with StandInOptions.withTls");
        }
    }

    private static HttpsServer tlsServer(StandInOptions options, TlsMaterial tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(options.bind(), options.https()), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        return server;
    }

    private static ExecutorService newThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_AT_ONCE, MOST_AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "stand-in");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static URI address(String scheme, HttpServer server) {
        InetSocketAddress address = server.getAddress();
        return URI.create(scheme + "://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }
}
