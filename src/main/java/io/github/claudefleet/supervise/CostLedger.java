package io.github.claudefleet.supervise;

import io.github.claudefleet.spec.Usd;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Costs of a project's fleets by day, in a file of this machine that several processes write. Each line has a day, an
 * amount in US dollars and the attempt that cost it. An attempt's later costs are further lines. So a line that a crash
 * has cut off loses only itself, and it is written again if the attempt is read again.
 */
final class CostLedger {

    /** Number of days after which a line is removed. */
    static final int KEPT_DAYS = 35;

    private static final Pattern LINE =
            Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])) (\\d{1,9}(?:\\.\\d{1,18})?) (\\S+) ;");

    private static final int MOST_TRIES = 200;
    private static final int BETWEEN_TRIES_MILLIS = 50;

    private final Path file;
    private final ZoneId zone;

    /** @param zone time zone that decides on the day */
    CostLedger(Path file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    /**
     * Cost of an attempt so far.
     *
     * @param attempt identification without blanks, the same whenever the attempt is read
     * @param at time to which a cost belongs that is not recorded yet
     */
    record AttemptCost(String attempt, Usd cost, Instant at) {}

    private record Line(LocalDate day, BigDecimal amount, String attempt) {

        /** Ends with a mark, so that a line that was cut off is recognized. */
        String text() {
            return day + " " + amount.toPlainString() + " " + attempt + " ;\n";
        }

        static Optional<Line> parse(String text) {
            Matcher matcher = LINE.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Line(day(matcher.group(1)), new BigDecimal(matcher.group(2)), matcher.group(3)))
                    : Optional.empty();
        }

        private static LocalDate day(String text) {
            String[] parts = text.split("-");
            // Lenient, because a day such as February 30 is no reason to fail.
            return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), 1)
                    .plusDays(Integer.parseInt(parts[2]) - 1L);
        }
    }

    /**
     * Records the costs that are not recorded yet, and returns the costs of all attempts of the present day.
     *
     * @throws IOException if the file can't be read or written, or another process keeps it locked
     */
    Usd exchange(List<AttemptCost> attempts, Instant now) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            assert lock.isValid();
            LocalDate today = LocalDate.ofInstant(now, zone);
            List<Line> lines = new ArrayList<>(read());
            List<Line> fresh = fresh(attempts, lines);
            lines.addAll(fresh);
            LocalDate oldest = today.minusDays(KEPT_DAYS);
            if (lines.stream().anyMatch(line -> line.day().isBefore(oldest))) {
                replace(lines.stream()
                        .filter(line -> !line.day().isBefore(oldest))
                        .toList());
            } else if (!fresh.isEmpty()) {
                append(fresh);
            }
            return new Usd(lines.stream()
                    .filter(line -> line.day().equals(today))
                    .map(Line::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    /** Waits for the lock. Another fleet of this JVM may have it as well, which is reported by an exception. */
    private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Tried again below.
            }
            Thread.sleep(BETWEEN_TRIES_MILLIS);
        }
        throw new IOException("another process keeps it locked");
    }

    private List<Line> read() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .flatMap(text -> Line.parse(text).stream())
                .toList();
    }

    private List<Line> fresh(List<AttemptCost> attempts, List<Line> lines) {
        Map<String, BigDecimal> recorded =
                lines.stream().collect(Collectors.toMap(Line::attempt, Line::amount, BigDecimal::add));
        return attempts.stream()
                .map(attempt -> new Line(
                        LocalDate.ofInstant(attempt.at(), zone),
                        attempt.cost().amount().subtract(recorded.getOrDefault(attempt.attempt(), BigDecimal.ZERO)),
                        attempt.attempt()))
                .filter(line -> line.amount().signum() > 0)
                .toList();
    }

    private void append(List<Line> fresh) throws IOException {
        String begin = endsInLine() ? "" : "\n";
        Files.writeString(
                file,
                begin + text(fresh),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }

    private boolean endsInLine() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n';
        }
    }

    private void replace(List<Line> lines) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                fresh,
                text(lines),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String text(List<Line> lines) {
        return lines.stream().map(Line::text).collect(Collectors.joining());
    }
}
