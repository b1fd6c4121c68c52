package io.github.claudefleet.console;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Log with a timestamp on each line, for later inspection. */
public record TimestampedLog(PrintStream out) implements LogSink {

    @Override
    public void debug(String line) {}

    @Override
    public void info(String line) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }

    @Override
    public void warn(String line) {
        info(line);
    }
}
