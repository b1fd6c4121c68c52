package io.github.claudefleet.mojo;

import io.github.claudefleet.console.LogSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.maven.plugin.logging.Log;

/**
 * Log sink that writes to Maven's log. When it is terminated, Maven 4 closes its terminal first, and from then on its
 * log throws. Messages of the rollback therefore bypass the log.
 */
record MavenLogSink(Log log) implements LogSink {

    @Override
    public void debug(String line) {
        try {
            log.debug(line);
        } catch (RuntimeException e) {
            return;
        }
    }

    @Override
    public void info(String line) {
        try {
            log.info(line);
        } catch (RuntimeException e) {
            print("[INFO] " + line);
        }
    }

    @Override
    public void warn(String line) {
        try {
            log.warn(line);
        } catch (RuntimeException e) {
            print("[WARNING] " + line);
        }
    }

    private static void print(String line) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        out.println(line);
        out.flush();
    }
}
