package io.github.claudefleet.report;

/** Where lines go; a build tool's own log, in the end. */
public interface LogSink {

    void debug(String line);

    void info(String line);

    void warn(String line);
}
