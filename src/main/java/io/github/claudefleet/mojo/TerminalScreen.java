package io.github.claudefleet.mojo;

import io.github.claudefleet.console.LogSink;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.plugin.logging.Log;

/** Terminal at which Maven is used, if there is one. */
final class TerminalScreen {

    private TerminalScreen() {}

    /**
     * Returns a sink for Maven's log. On a screen that only this goal writes to, it updates the current status in
     * place.
     */
    static LogSink sink(Log log, MavenExecutionRequest request, Map<String, String> environment) {
        LogSink plain = new MavenLogSink(log);
        boolean alone = request.isInteractiveMode() && request.getDegreeOfConcurrency() <= 1;
        return alone && log.isInfoEnabled() && isThere(environment) ? new ScreenLogSink(plain, terminal()) : plain;
    }

    private static boolean isThere(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        return !kind.equals("dumb") && System.console() != null && isTerminal(System.console());
    }

    /**
     * Returns true if the console is a terminal. As of Java 22 there is a console without a terminal, too, and
     * {@code isTerminal}, equally new, distinguishes them.
     */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static PrintStream terminal() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    }
}
