package io.github.claudefleet.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sink that records its lines, each with its level. */
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

    /** Returns all lines, each with a line end. */
    public String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    public void forget() {
        lines.clear();
    }
}
