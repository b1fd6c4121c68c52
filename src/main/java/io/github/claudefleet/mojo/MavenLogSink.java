package io.github.claudefleet.mojo;

import io.github.claudefleet.report.LogSink;
import org.apache.maven.plugin.logging.Log;

/** Maven's own log as a sink. */
record MavenLogSink(Log log) implements LogSink {

    @Override
    public void debug(String line) {
        log.debug(line);
    }

    @Override
    public void info(String line) {
        log.info(line);
    }

    @Override
    public void warn(String line) {
        log.warn(line);
    }
}
