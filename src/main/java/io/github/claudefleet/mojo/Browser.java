package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.FileProblem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Browser of the person at this machine, if there is one. */
final class Browser {

    /** Time limit for the opening program, which exits at once or becomes the browser itself. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final List<String> command;

    private Browser(List<String> command) {
        this.command = command;
    }

    /**
     * @param system name of the operating system, as the JVM reports it
     * @param environment environment of Maven
     */
    static Optional<Browser> find(String system, Map<String, String> environment) {
        // A browser opened from an SSH session would appear on a screen that the person doesn't see.
        if (environment.containsKey("SSH_CONNECTION")) {
            return Optional.empty();
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return Optional.of(new Browser(List.of("rundll32", "url.dll,FileProtocolHandler")));
        }
        boolean mac = name.startsWith("mac");
        boolean screen = mac || environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return Optional.of(mac ? "open" : "xdg-open")
                .filter(program -> screen)
                .flatMap(program -> onPath(program, environment))
                .map(program -> new Browser(List.of(program)));
    }

    /**
     * Opens an address.
     *
     * @return reason for a failure; empty if the address was opened
     */
    Optional<String> open(String address) throws InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.add(address);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return ended && process.exitValue() != 0
                    ? Optional.of(command.get(0) + " ended with exit status " + process.exitValue())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileProblem.of(e));
        }
    }

    private static Optional<String> onPath(String program, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
