package io.github.claudefleet.bench;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.spec.HomeDirectory;

/** Fleet without Maven, of a project whose login exists. Prints only warnings. */
final class BenchFleet {

    private BenchFleet() {}

    static Fleet on(ContainerEngine engine, BenchProject project) {
        return new Fleet(
                engine,
                LoginContext.nonInteractive(),
                new ConsoleListeners(new Warnings()),
                HomeDirectory.at(project.directory()));
    }

    static void progress(String what) {
        System.err.println("==> " + what);
    }

    /** Log that formats every line, as Maven's does, but prints only warnings. */
    private static final class Warnings implements LogSink {
        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            progress(line);
        }
    }
}
