package io.github.claudefleet.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that keeps what it is given, each line behind its level. */
public final class RecordedLines implements LogSink {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void debug(String line) {
        lines.add("debug: " + line);
    }

    @Override
    public void info(String line) {
        lines.add("info:  " + line);
    }

    @Override
    public void warn(String line) {
        lines.add("warn:  " + line);
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    /** All of it, with a line end behind each line. */
    public String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    public void forget() {
        lines.clear();
    }
}
