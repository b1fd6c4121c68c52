package io.github.claudefleet.console;

import io.github.claudefleet.spec.Rehearsal;
import java.util.List;

/**
 * Log of a rehearsal: each line is marked, so that none can be taken for one of a real run.
 *
 * @param sink log to which the marked lines go
 */
public record RehearsalLog(LogSink sink) implements LogSink {

    private static final String PREFIX = Rehearsal.MARK + " | ";

    @Override
    public void debug(String line) {
        sink.debug(PREFIX + line);
    }

    @Override
    public void info(String line) {
        sink.info(PREFIX + line);
    }

    @Override
    public void warn(String line) {
        sink.warn(PREFIX + line);
    }

    @Override
    public boolean showsInPlace() {
        return sink.showsInPlace();
    }

    @Override
    public void now(List<String> lines) {
        sink.now(lines.stream().map(line -> PREFIX + line).toList());
    }
}
