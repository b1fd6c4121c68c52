package io.github.claudefleet.docker;

import io.github.claudefleet.it.ChannelStreams;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Relays the engine's unix socket to a TCP port, until it is cut. */
final class TcpRelay implements AutoCloseable {

    private final ServerSocket server;
    private final Path engine;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    private TcpRelay(ServerSocket server, Path engine) {
        this.server = server;
        this.engine = engine;
    }

    /** Starts a relay from a server socket, plain or with TLS. */
    static TcpRelay from(ServerSocket server, Path engine) {
        TcpRelay relay = new TcpRelay(server, engine);
        daemon(relay::accept);
        return relay;
    }

    String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
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
            } catch (IOException e) {
                // A connection that fails, for example in a TLS handshake, does not affect the others.
            }
        }
    }

    private void relay(Socket near) throws IOException {
        SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(engine));
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
