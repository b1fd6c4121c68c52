package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.console.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Visible output, read from a terminal that supports only the control codes in use. */
class ScreenLogSinkTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final ScreenLogSink sink = new ScreenLogSink(new Printed(), terminal);

    @Test
    void whatHoldsAtTheMomentTakesThePlaceOfWhatDidBefore() {
        sink.now(List.of("a: thinking", "0 of 2 over"));
        sink.now(List.of("a: Edit", "b: thinking", "0 of 2 over"));
        sink.now(List.of("1 of 2 over"));

        assertThat(screen()).containsExactly("1 of 2 over");
    }

    @Test
    void linesOfTheLogStayAboveIt() {
        sink.info("begun");
        sink.now(List.of("a: thinking", "0 of 2 over"));
        sink.warn("a is stopped");
        sink.info("a ended");
        sink.now(List.of("1 of 2 over"));

        assertThat(screen()).containsExactly("begun", "a is stopped", "a ended", "1 of 2 over");
    }

    @Test
    void nothingStaysWhereNothingHolds() {
        sink.now(List.of("a: thinking", "0 of 2 over"));
        sink.now(List.of());
        sink.info("all over");

        assertThat(screen()).containsExactly("all over");
    }

    @Test
    void aLongLineIsCutByTheScreenSoThatItTakesOneLineOnly() {
        sink.now(List.of("x".repeat(500)));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("\u001b[?7l")
                .endsWith("\u001b[?7h");
    }

    @Test
    void aFleetOfFortyDoesNotOutgrowTheScreen() {
        List<String> lines = new ArrayList<>(
                IntStream.range(0, 40).mapToObj(i -> "agent " + i).toList());
        lines.add("0 of 40 over");

        sink.now(lines);

        assertThat(screen())
                .hasSize(ScreenLogSink.MOST_LINES)
                .startsWith("agent 0", "agent 1")
                .endsWith("… and 30 more", "0 of 40 over");
    }

    @Test
    void whatDidNotChangeIsNotDrawnAgain() {
        sink.now(List.of("a: thinking"));
        bytes.reset();

        sink.now(List.of("a: thinking"));

        assertThat(bytes.size()).isZero();
    }

    private List<String> screen() {
        List<String> lines = new ArrayList<>();
        String rest = bytes.toString(StandardCharsets.UTF_8);
        while (!rest.isEmpty()) {
            rest = rest.replaceFirst("^\u001b\\[\\?7[hl]", "");
            if (rest.startsWith("\u001b[")) {
                int up = Integer.parseInt(rest.substring(2, rest.indexOf('A')));
                String erase = "\u001b[J";
                rest = rest.substring(rest.indexOf('A') + 1);
                assertThat(rest).startsWith(erase);
                rest = rest.substring(erase.length());
                lines.subList(lines.size() - up, lines.size()).clear();
            } else if (!rest.isEmpty()) {
                int end = rest.indexOf('\n');
                lines.add(rest.substring(0, end));
                rest = rest.substring(end + 1);
            }
        }
        return lines;
    }

    /** Maven's log on the same screen. */
    private final class Printed implements LogSink {

        @Override
        public void debug(String line) {
            info(line);
        }

        @Override
        public void info(String line) {
            terminal.println(line);
        }

        @Override
        public void warn(String line) {
            info(line);
        }
    }
}
