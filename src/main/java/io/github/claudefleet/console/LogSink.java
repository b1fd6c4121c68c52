package io.github.claudefleet.console;

import java.util.List;

/** Where lines go; a build tool's own log, in the end. */
public interface LogSink {

    void debug(String line);

    void info(String line);

    void warn(String line);

    /** Whether {@link #now} shows in one place what changes all the time. If not, it is to be told seldom. */
    default boolean showsInPlace() {
        return false;
    }

    /** What holds at the moment, instead of what was told so before; no lines where nothing does. */
    default void now(List<String> lines) {
        lines.forEach(this::info);
    }
}
