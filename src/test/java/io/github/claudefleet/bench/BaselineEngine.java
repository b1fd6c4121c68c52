package io.github.claudefleet.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Docker Engine, called with minimal HTTP on its socket: the best time that is possible. */
final class BaselineEngine {

    private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");
    private static final byte[] NOTHING = new byte[0];

    private final UnixDomainSocketAddress address;

    BaselineEngine(Path socket) {
        this.address = UnixDomainSocketAddress.of(socket);
    }

    /** Creates a container and returns its id. */
    String create(String name, byte[] body) {
        String answer = call("POST", "/containers/create?name=" + name, body, "201");
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IllegalStateException("no id in the engine's answer: " + answer);
        }
        return id.group(1);
    }

    void start(String id) {
        call("POST", "/containers/" + id + "/start", NOTHING, "204");
    }

    /** Kills and removes a container with its anonymous volumes. */
    void remove(String id) {
        call("DELETE", "/containers/" + id + "?force=1&v=1", NOTHING, "204");
    }

    /** Returns one sample of a container's resource usage, as JSON. */
    String stats(String id) {
        String answer = call("GET", "/containers/" + id + "/stats?stream=false", NOTHING, "200");
        return answer.substring(answer.indexOf('{', answer.indexOf("\r\n\r\n")), answer.lastIndexOf('}') + 1);
    }

    private String call(String method, String path, byte[] body, String status) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        String answer = exchange(head.getBytes(StandardCharsets.UTF_8), body);
        if (!answer.startsWith("HTTP/1.1 " + status)) {
            throw new IllegalStateException(method + " " + path + " was answered with " + answer);
        }
        return answer;
    }

    private String exchange(byte[] head, byte[] body) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
            ByteBuffer request = ByteBuffer.allocate(head.length + body.length);
            request.put(head).put(body).flip();
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return readToEnd(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readToEnd(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(16 * 1024);
        while (channel.read(piece) >= 0) {
            answer.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
