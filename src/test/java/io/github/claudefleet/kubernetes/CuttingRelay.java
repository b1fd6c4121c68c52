package io.github.claudefleet.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Relay to a port of this machine, by TCP or TLS. It can lose the next answer: the request arrives, and the connection
 * ends.
 */
final class CuttingRelay implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final SocketFactory targets;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean losing;
    private volatile int lost;

    CuttingRelay(int target) throws IOException {
        this(target, SocketFactory.getDefault());
    }

    /** @param targets makes the connections to the port, such as those of TLS */
    CuttingRelay(int target, SocketFactory targets) throws IOException {
        this.targets = targets;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Loses the next answer, once. */
    void loseNextAnswer() {
        losing = true;
    }

    /** Returns the number of answers that were lost. */
    int lost() {
        return lost;
    }

    /** Ends all connections. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket engine = targets.createSocket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(engine);
                start(() -> copy(client, engine, false));
                start(() -> copy(engine, client, true));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            byte[] buffer = new byte[1 << 14];
            int count = input.read(buffer);
            while (count >= 0) {
                if (answers && losing) {
                    losing = false;
                    lost++;
                    return;
                }
                output.write(buffer, 0, count);
                output.flush();
                count = input.read(buffer);
            }
        } catch (IOException e) {
            // One of both has ended.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-relay");
        thread.setDaemon(true);
        thread.start();
    }
}
