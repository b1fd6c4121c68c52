package io.github.claudefleet.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Head of a request or of an answer, with the rules for the end of the body that follows it.
 *
 * @param bytes original bytes, including the empty line
 * @param firstLine request line or status line
 * @param headers headers by their names in lower case
 */
record HttpHead(byte[] bytes, String firstLine, Map<String, String> headers) {

    private static final int MOST = 1 << 20;

    /** Reads a head; empty if the connection ends before one begins. */
    static Optional<HttpHead> read(InputStream input) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String firstLine = line(input, all);
        if (all.size() == 0) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(input, all); !line.isEmpty(); line = line(input, all)) {
            int colon = Math.max(0, line.indexOf(':'));
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return Optional.of(new HttpHead(all.toByteArray(), firstLine, headers));
    }

    String method() {
        return firstLine.split(" ")[0];
    }

    /** Path and query, without the API's version. */
    String target() {
        return Calls.withoutVersion(firstLine.split(" ")[1]);
    }

    /** Returns true for a request after which the connection is no longer HTTP. Servers ignore an offer of HTTP/2. */
    boolean asksForUpgrade() {
        return headers.containsKey("upgrade") && !headers.get("upgrade").equals("h2c");
    }

    /** Forwards the body of a request. */
    void passRequestBody(InputStream input, OutputStream output) throws IOException {
        if (isChunked()) {
            passChunks(input, output);
        } else {
            pass(input, output, length().orElse(0L));
        }
        output.flush();
    }

    /**
     * Forwards the body of an answer.
     *
     * @return false if it is the last one of the connection
     */
    boolean passAnswerBody(String method, InputStream input, OutputStream output) throws IOException {
        int status = Integer.parseInt(firstLine.split(" ")[1]);
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return true;
        }
        if (status != 101 && isChunked()) {
            passChunks(input, output);
            return true;
        }
        if (status != 101 && length().isPresent()) {
            pass(input, output, length().get());
            return true;
        }
        passAll(input, output);
        return false;
    }

    static void passAll(InputStream input, OutputStream output) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            output.write(buffer, 0, count);
            output.flush();
        }
    }

    private boolean isChunked() {
        return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
    }

    private Optional<Long> length() {
        return Optional.ofNullable(headers.get("content-length")).map(Long::valueOf);
    }

    private static void passChunks(InputStream input, OutputStream output) throws IOException {
        long size = -1;
        while (size != 0) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            size = Long.parseLong(line(input, head).replaceFirst(";.*", "").strip(), 16);
            output.write(head.toByteArray());
            pass(input, output, size);
            // Reads the line end after the chunk's data. After the last chunk it ends the trailers, which engines do
            // not send.
            ByteArrayOutputStream end = new ByteArrayOutputStream();
            line(input, end);
            output.write(end.toByteArray());
            output.flush();
        }
    }

    private static void pass(InputStream input, OutputStream output, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int count = input.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the body ended " + left + " bytes early");
            }
            output.write(buffer, 0, count);
            output.flush();
            left -= count;
        }
    }

    private static String line(InputStream input, ByteArrayOutputStream all) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0; next = input.read()) {
            all.write(next);
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(next);
            if (line.size() > MOST) {
                throw new IOException("that is no HTTP");
            }
        }
        if (all.size() > 0) {
            throw new EOFException("a head ended early");
        }
        return "";
    }
}
