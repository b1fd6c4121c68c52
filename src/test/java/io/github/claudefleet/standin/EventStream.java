package io.github.claudefleet.standin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Amazon's {@code application/vnd.amazon.eventstream}: frames with headers, each ended by a checksum. */
final class EventStream {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private static final byte STRING = 7;
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;

    private EventStream() {}

    /** Encodes the events of a {@code text/event-stream} as frames, like Bedrock. */
    static byte[] of(String serverSentEvents) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        serverSentEvents
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> frame(line.substring("data: ".length())))
                .forEach(frames::writeBytes);
        return frames.toByteArray();
    }

    private static byte[] frame(String event) {
        String bytes = Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8));
        byte[] payload = Json.write(Map.of("bytes", bytes)).getBytes(StandardCharsets.UTF_8);
        byte[] headers = headers();
        ByteBuffer frame = ByteBuffer.allocate(PRELUDE + headers.length + payload.length + CHECKSUM);
        frame.putInt(frame.capacity()).putInt(headers.length);
        frame.putInt(checksum(frame)).put(headers).put(payload);
        return frame.putInt(checksum(frame)).array();
    }

    private static byte[] headers() {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        new TreeMap<>(Map.of(":event-type", "chunk", ":content-type", "application/json", ":message-type", "event"))
                .forEach((name, value) -> {
                    headers.write(name.length());
                    headers.writeBytes(name.getBytes(StandardCharsets.UTF_8));
                    headers.write(STRING);
                    headers.write(value.length() >> 8);
                    headers.write(value.length());
                    headers.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                });
        return headers.toByteArray();
    }

    /** Computes the checksum of the bytes that are in the frame so far. */
    private static int checksum(ByteBuffer frame) {
        CRC32 crc = new CRC32();
        crc.update(frame.array(), 0, frame.position());
        return (int) crc.getValue();
    }
}
