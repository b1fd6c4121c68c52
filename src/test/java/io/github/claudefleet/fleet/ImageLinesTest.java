package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageLinesTest {

    private final List<String> console = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private final ImageLines lines =
            new ImageLines(new ConsoleListeners(new Console()).images(), () -> now, "acme/agent:1");

    @Test
    void whoWaitsIsToldALineEachTenSecondsAndWhoDebugsAll() {
        lines.progress("Step 1/9");
        after(9, "Step 2/9");
        after(2, "Step 3/9");
        after(9, "Step 4/9");
        after(2, "Step 5/9");

        assertThat(console)
                .containsExactly(
                        "debug:   Step 1/9",
                        "debug:   Step 2/9",
                        "debug:   Step 3/9",
                        "info: Image acme/agent:1, after 11s: Step 3/9",
                        "debug:   Step 4/9",
                        "debug:   Step 5/9",
                        "info: Image acme/agent:1, after 22s: Step 5/9");
    }

    private void after(int seconds, String line) {
        now = now.plusSeconds(seconds);
        lines.progress(line);
    }

    private final class Console implements LogSink {

        @Override
        public void debug(String line) {
            console.add("debug: " + line);
        }

        @Override
        public void info(String line) {
            console.add("info: " + line);
        }

        @Override
        public void warn(String line) {
            console.add("warn: " + line);
        }
    }
}
