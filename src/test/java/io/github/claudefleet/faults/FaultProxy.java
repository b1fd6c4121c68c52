package io.github.claudefleet.faults;

import java.io.IOException;
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
 * Stands on a socket of its own before an engine's: tells what is asked of it, lets calls fail in every way that calls can
 * fail, and holds them at gates. What nobody asked it to spoil passes unchanged.
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

    private final Path engine;
    private final Path socket;
    private final List<Injection> injections = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<ProxiedConnection> lines = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), FaultProxy::daemon);
    private ServerSocketChannel server;
    private long awayUntil;
    private boolean closed;

    private FaultProxy(Path engine, Path socket) {
        this.engine = engine;
        this.socket = socket;
    }

    /** @param engine the address of the engine, {@code unix:///path} */
    public static FaultProxy before(String engine) throws IOException {
        // The name of a socket can't be long.
        Path folder = Files.createTempDirectory("faults");
        FaultProxy proxy = new FaultProxy(Path.of(URI.create(engine).getPath()), folder.resolve("engine.sock"));
        proxy.listen();
        proxy.threads.execute(proxy::serve);
        return proxy;
    }

    /** For the parameter {@code engine} and for {@code DOCKER_HOST}. */
    public String address() {
        return "unix://" + socket;
    }

    /**
     * Spoils calls from now on.
     *
     * @param path a regular expression for all of the path but the API's version, such as {@code /containers/.*&#47;start};
     *     with the query if it names one, such as {@code /containers/create\?name=claude-fleet-shop-auth}
     */
    public Injection inject(Fault fault, String method, String path) {
        return inject(fault, Calls.of(method, path));
    }

    Injection inject(Fault fault, Calls calls) {
        Injection injection = new Injection(fault, calls);
        injections.add(injection);
        return injection;
    }

    /** Holds such calls before the engine hears of them. */
    public Gate gate(String method, String path) {
        return gate(method, path, target -> true);
    }

    /**
     * The same for some of them: a build also asks of what others have left on the engine.
     *
     * @param subject tells from the path whether it is meant; asked while the call waits
     */
    public Gate gate(String method, String path, Predicate<String> subject) {
        return add(new Gate(Gate.Place.REQUEST, Calls.of(method, path, subject)));
    }

    /** Holds the answer to such calls: the engine did it, and who asked does not know. */
    public Gate gateAnswer(String method, String path) {
        return add(new Gate(Gate.Place.ANSWER, Calls.of(method, path)));
    }

    /** Holds all that is asked once such a call is done and answered. */
    public Gate gateAfter(String method, String path) {
        return add(new Gate(Gate.Place.NEXT, Calls.of(method, path)));
    }

    /** What was asked so far, such as {@code POST /containers/4ffb…/start}; the API's version is left out. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Spoils nothing and holds nothing any more, and is there. */
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

    /** Ends all connections; what is held is not passed on. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            server.close();
            notifyAll();
        }
        lines.forEach(ProxiedConnection::close);
        gates.forEach(Gate::drop);
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }

    /** Waits at the gates before the engine; false where the call is to be dropped. */
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

    /** Is as good as not there for that long. */
    void refuse(Duration time) throws IOException {
        synchronized (this) {
            awayUntil = System.nanoTime() + time.toNanos();
            server.close();
            Files.deleteIfExists(socket);
        }
        lines.forEach(ProxiedConnection::close);
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
            throw new IllegalStateException("the proxy can't listen on " + socket, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while it is away, and listens again; false once it is closed. */
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
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Files.deleteIfExists(socket);
        server.bind(UnixDomainSocketAddress.of(socket), 128);
        notifyAll();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                relay(server.accept());
            } catch (IOException | RejectedExecutionException e) {
                // One that breaks off is no matter to the others.
            }
        }
    }

    private void relay(SocketChannel near) throws IOException {
        SocketChannel far = SocketChannel.open(StandardProtocolFamily.UNIX);
        ProxiedConnection line = new ProxiedConnection(this, near, far);
        lines.add(line);
        try {
            far.connect(UnixDomainSocketAddress.of(engine));
            threads.execute(() -> {
                line.hearAnswers();
                lines.remove(line);
            });
            threads.execute(line::hearRequests);
        } catch (IOException | RejectedExecutionException e) {
            line.close();
            lines.remove(line);
            throw e;
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    }
}
