package io.github.claudefleet.mojo;

import io.github.claudefleet.console.LogSink;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Maven's log on a screen, with the current status below it. The status lines are erased before a line is logged, and
 * drawn again after it. Bypasses Maven's log, which can't erase lines.
 */
final class ScreenLogSink implements LogSink {

    /** Maximum number of status lines. Lines that scroll off the screen can't be erased. */
    static final int MOST_LINES = 12;

    /** Turns off line wrapping: long lines are cut at the screen's edge, so that each takes one row at any width. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";
    private static final String UP = "\u001b[%dA";
    private static final String ERASE_BELOW = "\u001b[J";

    private final LogSink log;
    private final PrintStream screen;
    private List<String> shown = List.of();

    /** @param screen the terminal itself; it is not closed */
    ScreenLogSink(LogSink log, PrintStream screen) {
        this.log = log;
        this.screen = screen;
    }

    @Override
    public synchronized void debug(String line) {
        above(() -> log.debug(line));
    }

    @Override
    public synchronized void info(String line) {
        above(() -> log.info(line));
    }

    @Override
    public synchronized void warn(String line) {
        above(() -> log.warn(line));
    }

    @Override
    public boolean showsInPlace() {
        return true;
    }

    @Override
    public synchronized void now(List<String> lines) {
        List<String> next = fitting(lines);
        if (!next.equals(shown)) {
            screen.print(erased() + drawn(next));
            screen.flush();
            shown = next;
        }
    }

    private void above(Runnable line) {
        if (shown.isEmpty()) {
            line.run();
            return;
        }
        screen.print(erased());
        screen.flush();
        line.run();
        System.out.flush();
        screen.print(drawn(shown));
        screen.flush();
    }

    /** Shortens the list, but keeps the last line, which summarizes all. */
    private static List<String> fitting(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return List.copyOf(lines);
        }
        List<String> fitting = new ArrayList<>(lines.subList(0, MOST_LINES - 2));
        fitting.add("… and " + (lines.size() - MOST_LINES + 1) + " more");
        fitting.add(lines.get(lines.size() - 1));
        return fitting;
    }

    private String erased() {
        return shown.isEmpty() ? "" : UP.formatted(shown.size()) + ERASE_BELOW;
    }

    private static String drawn(List<String> lines) {
        return lines.isEmpty() ? "" : NO_WRAP + String.join("\n", lines) + "\n" + WRAP;
    }
}
