package io.github.claudefleet.console;

import java.util.List;

/** Destination of log lines, usually the build tool's own log. */
public interface LogSink {

    void debug(String line);

    void info(String line);

    void warn(String line);

    /** Returns true if {@link #now} redraws its lines in one place. If not, it should be called rarely. */
    default boolean showsInPlace() {
        return false;
    }

    /** Shows the current state in place of the lines of the previous call; no lines clear it. */
    default void now(List<String> lines) {
        lines.forEach(this::info);
    }
}
