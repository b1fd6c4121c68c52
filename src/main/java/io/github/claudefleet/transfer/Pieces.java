package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Transfer of a file in pieces of a bounded size, each with its offset and a sum. After a lost connection it continues
 * with the pieces that have not arrived; at the end the sums of the whole files are compared.
 */
record Pieces(TransferScript script, int size) {

    /** Size of a piece. In base64 it is well below the limit of a command's output. */
    static final int SIZE = 4 << 20;

    /** Base64 in lines, as a shell's tools read it. */
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(48 << 10, new byte[] {'\n'});

    /** Time without an answer after which a piece is sent again. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private static final int BUFFER = 1 << 16;

    /**
     * Writes a file of this machine to the container.
     *
     * @param name name of the file there
     */
    void upload(Path file, String name) throws IOException {
        long length = Files.size(file);
        int count = Math.toIntExact((length + size - 1) / size);
        String sum = sum(file);
        Set<String> arrived =
                script.run("pieces", name).lines().map(String::strip).collect(Collectors.toSet());
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (int number = 0; number < count; number++) {
                if (!arrived.contains(String.valueOf(number))) {
                    byte[] piece = piece(in, (long) number * size, length);
                    String place = String.valueOf(number);
                    TransferScript.repeated(() -> {
                        send(piece, name, place);
                        return place;
                    });
                }
            }
        }
        script.runOnce("join", name, String.valueOf(count), sum);
    }

    private byte[] piece(RandomAccessFile in, long offset, long length) throws IOException {
        byte[] piece = new byte[(int) Math.min(size, length - offset)];
        in.seek(offset);
        in.readFully(piece);
        return piece;
    }

    private void send(byte[] piece, String name, String number) {
        String sum = new Sha256().add(piece).hex();
        try (ExecSession session = script.engine().processes().open(script.request("put", name, number, sum))) {
            // One message, since a cluster's connection may refuse one while another is on its way.
            session.send(LINES.encodeToString(piece) + "\n.");
            awaitStored(session);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", e);
        }
    }

    /** Waits until the container has stored the piece, or its command or connection has ended. */
    static void awaitStored(ExecSession session) throws InterruptedException {
        long end = System.nanoTime() + SILENCE.toNanos();
        String seen = session.output();
        int looksInVain = 0;
        while (!seen.contains("stored")) {
            if (System.nanoTime() > end) {
                throw failed("did not arrive", null);
            }
            boolean changed = session.awaitChange(Duration.ofSeconds(1));
            String now = session.output();
            looksInVain = changed && now.equals(seen) ? looksInVain + 1 : 0;
            seen = now;
            // The first change may be of output that has been seen. The next one is the end of a lost connection.
            boolean over = session.exitCode().isPresent() || looksInVain > 1;
            if (over && !session.output().contains("stored")) {
                throw failed("did not arrive: " + seen.strip(), null);
            }
        }
    }

    private static EngineException failed(String detail, Throwable cause) {
        return new EngineException(Kind.UNREACHABLE, "send a piece of a workspace", detail, "", cause);
    }

    /**
     * Reads a file of the container. An earlier attempt's part of it is continued.
     *
     * @param length length of the file there
     * @param sum its sum there
     * @throws TransferFailedException if what has arrived has another sum
     */
    void download(String name, long length, String sum, Path to) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            out.seek(out.length());
            while (out.getFilePointer() < length) {
                long offset = out.getFilePointer();
                long wanted = Math.min(size, length - offset);
                byte[] piece = TransferScript.repeated(() -> receive(name, offset, wanted));
                out.write(piece);
            }
        }
        String arrived = sum(to);
        if (!arrived.equals(sum)) {
            Files.delete(to);
            throw new TransferFailedException("what arrived has the sum " + arrived + " in place of " + sum);
        }
    }

    private byte[] receive(String name, long offset, long wanted) {
        byte[] piece =
                Base64.getMimeDecoder().decode(script.run("get", name, String.valueOf(offset), String.valueOf(wanted)));
        if (piece.length != wanted) {
            throw new EngineException(
                    Kind.UNREACHABLE,
                    "read a piece of a workspace",
                    piece.length + " bytes arrived in place of " + wanted,
                    "",
                    null);
        }
        return piece;
    }

    private static String sum(Path file) throws IOException {
        Sha256 sum = new Sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum.add(Arrays.copyOf(buffer, count));
            }
        }
        return sum.hex();
    }
}
