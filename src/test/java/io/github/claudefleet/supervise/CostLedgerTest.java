package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.supervise.CostLedger.AttemptCost;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CostLedgerTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** A minute before midnight in Berlin, and not in UTC. */
    private static final Instant EVENING = Instant.parse("2026-05-01T21:59:00Z");

    private static final Instant MORNING = EVENING.plus(Duration.ofMinutes(2));

    @TempDir
    private Path directory;

    @Test
    void anEmptyLedgerHasNoCosts() throws Exception {
        assertThat(ledger().exchange(List.of(), EVENING)).isEqualTo(Usd.ZERO);
        assertThat(file()).doesNotExist();
    }

    @Test
    void theCostsOfAllAreAddedAndEachAttemptIsCountedOnce() throws Exception {
        ledger().exchange(List.of(cost("a", "0.25"), cost("b", "1")), EVENING);

        assertThat(ledger().exchange(List.of(cost("a", "0.25"), cost("c", "0.50")), EVENING))
                .hasToString("$1.75");
        assertThat(Files.readString(file())).isEqualTo("2026-05-01 0.25 a ;\n2026-05-01 1 b ;\n2026-05-01 0.50 c ;\n");
    }

    @Test
    void anAttemptThatGoesOnIsCountedWithWhatIsNew() throws Exception {
        ledger().exchange(List.of(cost("a", "0.25")), EVENING);
        ledger().exchange(List.of(cost("a", "0.75")), EVENING);

        assertThat(ledger().exchange(List.of(cost("a", "0.75")), EVENING)).hasToString("$0.75");
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void aNewDayBeginsAtMidnightOfTheMachine() throws Exception {
        ledger().exchange(List.of(cost("a", "2")), EVENING);

        assertThat(ledger().exchange(List.of(), MORNING)).isEqualTo(Usd.ZERO);
        assertThat(ledger().exchange(List.of(new AttemptCost("a", usd("3"), MORNING)), MORNING))
                .as("the part of the new day")
                .hasToString("$1.00");
        assertThat(ledger().exchange(List.of(new AttemptCost("late", usd("9"), EVENING)), MORNING))
                .as("read today, but ended yesterday")
                .hasToString("$1.00");
    }

    @Test
    void aLineThatACrashCutOffLosesOnlyItself() throws Exception {
        ledger().exchange(List.of(cost("a", "1"), cost("b", "2")), EVENING);
        String whole = Files.readString(file());
        for (int length = whole.length() - 1; length > whole.indexOf('\n'); length--) {
            Files.writeString(file(), whole.substring(0, length));

            Usd read = ledger().exchange(List.of(), EVENING);
            Usd again = ledger().exchange(List.of(cost("b", "2"), cost("c", "4")), EVENING);

            assertThat(read).as("cut at %d", length).isIn(usd("1"), usd("3"));
            assertThat(again).as("cut at %d", length).isEqualByComparingTo(usd("7"));
        }
    }

    @Test
    void whatIsNoLineIsLeftOut() throws Exception {
        Files.writeString(file(), "\u0000\u0000\n2026-13-01 1 a ;\n2026-05-01 -4 a ;\n2026-05-01 1e9 a ;\nhello\n");

        assertThat(ledger().exchange(List.of(cost("a", "1")), EVENING)).hasToString("$1.00");
    }

    @Test
    void oldLinesAreRemoved() throws Exception {
        ledger().exchange(List.of(cost("old", "1")), EVENING);
        Instant later = EVENING.plus(Duration.ofDays(CostLedger.KEPT_DAYS));

        ledger().exchange(List.of(new AttemptCost("new", usd("2"), later)), later);
        assertThat(Files.readAllLines(file())).hasSize(2);
        ledger().exchange(List.of(), later.plus(Duration.ofDays(1)));

        assertThat(Files.readString(file())).isEqualTo("2026-06-05 2 new ;\n");
        assertThat(directory.resolve("project.costs.new")).doesNotExist();
    }

    @Test
    void severalProcessesAndThreadsWriteAtOnce() throws Exception {
        int attempts = 40;
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath(),
                            Writer.class.getName(),
                            file().toString(),
                            name,
                            String.valueOf(attempts))
                    .inheritIO()
                    .start());
        }
        Thread beside = new Thread(() -> Writer.write(file(), "three", attempts));
        beside.start();
        Writer.write(file(), "four", attempts);
        beside.join();
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        assertThat(ledger().exchange(List.of(), EVENING)).isEqualByComparingTo(usd("1.60"));
        assertThat(Files.readAllLines(file())).hasSize(4 * attempts).allMatch(line -> line.endsWith(" ;"));
    }

    @Test
    void aProcessThatDiesWithTheLockLeavesItFree() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Holder.class.getName(),
                        directory.resolve("project.costs.lock").toString())
                .start();
        assertThat(holder.getInputStream().read()).isEqualTo('x');
        holder.destroyForcibly().waitFor();

        assertThat(ledger().exchange(List.of(cost("a", "1")), EVENING)).hasToString("$1.00");
    }

    /** Writes costs of a cent each, in this or another JVM. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            write(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        }

        static void write(Path file, String name, int attempts) {
            try {
                for (int attempt = 0; attempt < attempts; attempt++) {
                    new CostLedger(file, BERLIN)
                            .exchange(List.of(new AttemptCost(name + attempt, usd("0.01"), EVENING)), EVENING);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Keeps a lock until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .lock();
            System.out.print("x");
            System.out.flush();
            Thread.sleep(60_000);
        }
    }

    /** Returns where the classes of both source trees are, in every way to run tests. */
    private static String classPath() throws URISyntaxException {
        return location(CostLedger.class) + File.pathSeparator + location(CostLedgerTest.class);
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path file() {
        return directory.resolve("project.costs");
    }

    private CostLedger ledger() {
        return new CostLedger(file(), BERLIN);
    }

    private static AttemptCost cost(String attempt, String amount) {
        return new AttemptCost(attempt, usd(amount), EVENING);
    }

    private static Usd usd(String amount) {
        return Usd.parse("cost", amount);
    }
}
