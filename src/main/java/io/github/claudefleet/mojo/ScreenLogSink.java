package io.github.claudefleet.mojo;

import io.github.claudefleet.console.LogSink;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Maven's own log on a screen, with what holds at the moment below it: the few last lines are taken away before a line is
 * logged, and drawn again after it. Writes past Maven's log, which has no notion of a line that goes away again.
 */
final class ScreenLogSink implements LogSink {

    /** What moves up cannot leave the screen, or it could not be taken away again. */
    static final int MOST_LINES = 12;

    /** Long lines are cut at the screen's edge, so that each takes one line however wide the screen is. */
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

    /** The last line is about all, and stays. */
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
