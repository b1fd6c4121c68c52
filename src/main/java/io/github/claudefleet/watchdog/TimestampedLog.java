package io.github.claudefleet.watchdog;

import io.github.claudefleet.console.LogSink;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lines with their time, for whoever looks later. */
record TimestampedLog(PrintStream out) implements LogSink {

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
