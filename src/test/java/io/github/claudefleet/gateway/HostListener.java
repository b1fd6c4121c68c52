package io.github.claudefleet.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Service of this machine on an address of a network that the test made. Writes down the attackers' marks. */
final class HostListener implements AutoCloseable {

    private static final int LIMIT_MILLIS = 3000;

    private final ServerSocket server;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    HostListener(String address) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName(address));
        Thread thread = new Thread(this::listen, "host listener");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    Set<String> heard() {
        return Set.copyOf(heard);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(LIMIT_MILLIS);
                byte[] bytes = new byte[1000];
                int length = socket.getInputStream().read(bytes);
                heard.add(new String(bytes, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1).strip());
            } catch (IOException e) {
                // Closed, or somebody said nothing: the next one.
            }
        }
    }
}
