package io.github.claudefleet.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Proxy on its own socket in front of an engine's. Records the calls, injects faults of every kind, and holds calls at
 * gates. All other calls pass unchanged.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.before("unix:///var/run/docker.sock")) {
 *     Gate gate = proxy.gate("POST", "/containers/.*&#47;start");
 *     // start something with -Dclaude-fleet.engine=${proxy.address()}
 *     gate.awaitReached(Duration.ofSeconds(60));
 *     // it is about to start a container
 *     gate.open();
 * }
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {

    static final Duration AWAY = Duration.ofSeconds(2);
    static final Duration FOREVER = Duration.ofHours(1);

    private static final int MOST_THREADS = 1024;

    private final SocketAddress engine;
    private SocketAddress address;
    private final List<Injection> injections = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), FaultProxy::daemon);
    private ServerSocketChannel server;
    private long awayUntil;
    private boolean closed;

    private FaultProxy(SocketAddress engine, SocketAddress address) {
        this.engine = engine;
        this.address = address;
    }

    /** @param engine address of the engine, {@code unix:///path} */
    public static FaultProxy before(String engine) throws IOException {
        // The path of a socket has a short maximum length.
        Path folder = Files.createTempDirectory("faults");
        return started(new FaultProxy(
                UnixDomainSocketAddress.of(Path.of(URI.create(engine).getPath())),
                UnixDomainSocketAddress.of(folder.resolve("engine.sock"))));
    }

    /** @param port port of loopback with a server that speaks HTTP without TLS */
    public static FaultProxy before(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return started(new FaultProxy(new InetSocketAddress(loopback, port), new InetSocketAddress(loopback, 0)));
    }

    private static FaultProxy started(FaultProxy proxy) throws IOException {
        proxy.listen();
        proxy.threads.execute(proxy::serve);
        return proxy;
    }

    /** Address for the parameter {@code engine}, for {@code DOCKER_HOST}, and for a kubeconfig. */
    public String address() {
        return address instanceof InetSocketAddress port
                ? "http://127.0.0.1:" + port.getPort()
                : "unix://" + socket().orElseThrow();
    }

    private Optional<Path> socket() {
        return address instanceof UnixDomainSocketAddress file ? Optional.of(file.getPath()) : Optional.empty();
    }

    /**
     * Injects a fault into calls from now on.
     *
     * @param path regular expression for the path without the API's version, such as {@code /containers/.*&#47;start};
     *     the query counts only if the expression has one, such as
     *     {@code /containers/create\?name=claude-fleet-shop-auth}
     */
    public Injection inject(Fault fault, String method, String path) {
        return inject(fault, Calls.of(method, path));
    }

    Injection inject(Fault fault, Calls calls) {
        Injection injection = new Injection(fault, calls);
        injections.add(injection);
        return injection;
    }

    /** Holds matching calls before the engine receives them. */
    public Gate gate(String method, String path) {
        return gate(method, path, target -> true);
    }

    /**
     * Holds some of the matching calls. A build also sends calls about resources that other builds have left on the
     * engine.
     *
     * @param subject further condition on the path; evaluated while the call waits
     */
    public Gate gate(String method, String path, Predicate<String> subject) {
        return add(new Gate(Gate.Place.REQUEST, Calls.of(method, path, subject)));
    }

    /** Holds the answer to matching calls. The engine has executed them, but the client does not know. */
    public Gate gateAnswer(String method, String path) {
        return add(new Gate(Gate.Place.ANSWER, Calls.of(method, path)));
    }

    /** Holds all calls after such a call is executed and answered. */
    public Gate gateAfter(String method, String path) {
        return add(new Gate(Gate.Place.NEXT, Calls.of(method, path)));
    }

    /** Returns the calls so far, such as {@code POST /containers/4ffb…/start}, without the API's version. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Removes all faults and gates, and waits until the proxy listens. */
    public void mend() {
        injections.clear();
        gates.forEach(Gate::open);
        gates.clear();
        synchronized (this) {
            awayUntil = 0;
            notifyAll();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!server.isOpen() && !closed && System.nanoTime() < end) {
                awaitReturn();
            }
        }
    }

    private void awaitReturn() {
        try {
            wait(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the proxy came back", e);
        }
    }

    /** Closes all connections. Held calls are not forwarded. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            server.close();
            notifyAll();
        }
        connections.forEach(ProxiedConnection::close);
        gates.forEach(Gate::drop);
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteSocket();
        if (socket().isPresent()) {
            Files.deleteIfExists(socket().get().getParent());
        }
    }

    private void deleteSocket() throws IOException {
        if (socket().isPresent()) {
            Files.deleteIfExists(socket().get());
        }
    }

    /**
     * Waits at the gates before the engine.
     *
     * @return false if the call is to be dropped
     */
    boolean admit(String method, String target) throws InterruptedException {
        for (Gate gate : gates) {
            if (gate.isHoldingAll() && !gate.pass()) {
                return false;
            }
        }
        heard.add(method + " " + target);
        return pass(Gate.Place.REQUEST, method, target);
    }

    boolean letAnswer(String method, String target) throws InterruptedException {
        return pass(Gate.Place.ANSWER, method, target);
    }

    void answered(String method, String target) {
        gates.stream().filter(gate -> gate.is(Gate.Place.NEXT, method, target)).forEach(Gate::reach);
    }

    Optional<Fault> faultFor(String method, String target) {
        return injections.stream()
                .filter(injection -> injection.hits(method, target))
                .map(Injection::fault)
                .findFirst();
    }

    /** Closes the socket and all connections for that time. */
    void refuse(Duration time) throws IOException {
        synchronized (this) {
            awayUntil = System.nanoTime() + time.toNanos();
            server.close();
            deleteSocket();
        }
        connections.forEach(ProxiedConnection::close);
    }

    private Gate add(Gate gate) {
        gates.add(gate);
        return gate;
    }

    private boolean pass(Gate.Place place, String method, String target) throws InterruptedException {
        for (Gate gate : gates) {
            if (gate.is(place, method, target)) {
                gate.reach();
                return gate.pass();
            }
        }
        return true;
    }

    private void serve() {
        try {
            while (comesBack()) {
                accept();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the proxy can't listen on " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the end of the outage, and listens again.
     *
     * @return false once the proxy is closed
     */
    private synchronized boolean comesBack() throws IOException, InterruptedException {
        for (long left = awayMillis(); left > 0 && !closed; left = awayMillis()) {
            wait(left);
        }
        if (!closed && !server.isOpen()) {
            listen();
        }
        return !closed;
    }

    private long awayMillis() {
        return awayUntil == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(awayUntil - System.nanoTime());
    }

    private synchronized void listen() throws IOException {
        server = ServerSocketChannel.open(family());
        deleteSocket();
        server.bind(address, 128);
        address = server.getLocalAddress();
        notifyAll();
    }

    private ProtocolFamily family() {
        return address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                relay(server.accept());
            } catch (IOException | RejectedExecutionException e) {
                // A broken connection must not affect the others.
            }
        }
    }

    private void relay(SocketChannel near) throws IOException {
        SocketChannel far = SocketChannel.open(family());
        ProxiedConnection connection = new ProxiedConnection(this, near, far);
        connections.add(connection);
        try {
            far.connect(engine);
            threads.execute(() -> {
                connection.hearAnswers();
                connections.remove(connection);
            });
            threads.execute(connection::hearRequests);
        } catch (IOException | RejectedExecutionException e) {
            connection.close();
            connections.remove(connection);
            throw e;
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
