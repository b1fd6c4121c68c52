package io.github.claudefleet.docker;

import io.github.claudefleet.it.ChannelStreams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** Relays an engine to a TCP port, until it is cut. */
public final class TcpRelay implements AutoCloseable {

    private final ServerSocket server;
    private final Callable<SocketChannel> engine;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    private TcpRelay(ServerSocket server, Callable<SocketChannel> engine) {
        this.server = server;
        this.engine = engine;
    }

    /** Starts a relay from a server socket, plain or with TLS. */
    static TcpRelay from(ServerSocket server, Path engine) {
        return start(server, () -> SocketChannel.open(UnixDomainSocketAddress.of(engine)));
    }

    /** Starts a relay to an engine that listens on this machine's loopback. */
    public static TcpRelay to(ServerSocket server, int port) {
        return start(server, () -> SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    private static TcpRelay start(ServerSocket server, Callable<SocketChannel> engine) {
        TcpRelay relay = new TcpRelay(server, engine);
        daemon(relay::accept);
        return relay;
    }

    public String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Closes all connections, and accepts new ones. */
    public void drop() {
        open.forEach(TcpRelay::closeQuietly);
        open.clear();
    }

    /** Closes all connections and accepts no more. */
    void cut() throws IOException {
        server.close();
        open.forEach(TcpRelay::closeQuietly);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                relay(server.accept());
            } catch (Exception e) {
                // A connection that fails, for example in a TLS handshake, does not affect the others.
            }
        }
    }

    private void relay(Socket near) throws Exception {
        SocketChannel far = engine.call();
        open.add(near);
        open.add(far);
        if (server.isClosed()) {
            cut();
        }
        daemon(() -> pump(() -> near.getInputStream().transferTo(ChannelStreams.output(far)), near, far));
        daemon(() -> pump(() -> ChannelStreams.input(far).transferTo(near.getOutputStream()), near, far));
    }

    private static void pump(Transfer transfer, AutoCloseable... ends) {
        try {
            transfer.run();
        } catch (IOException e) {
            // One end was closed, so the other one is closed too.
        }
        for (AutoCloseable end : ends) {
            closeQuietly(end);
        }
    }

    private static void closeQuietly(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            // The socket is already closed.
        }
    }

    private static void daemon(Runnable body) {
        Thread thread = new Thread(body, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Transfer {
        void run() throws IOException;
    }
}
