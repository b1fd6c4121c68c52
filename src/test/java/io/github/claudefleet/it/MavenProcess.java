package io.github.claudefleet.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Running Maven, whose console the test uses like a person. */
public final class MavenProcess {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** Without the C2 compiler and parallel collectors, which cost more than they save in a Maven that runs for seconds. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final Thread reader = new Thread(this::read, "maven-output");

    private MavenProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    static MavenProcess start(ItProject.Maven maven, Site site, Path directory, List<String> arguments)
            throws IOException {
        return start(maven, site, directory, arguments, Map.of());
    }

    /** @param environment further variables */
    static MavenProcess start(
            ItProject.Maven maven, Site site, Path directory, List<String> arguments, Map<String, String> environment)
            throws IOException {
        return start(command(maven, site, arguments), directory, environment);
    }

    /** Starts Maven in its own session and process group, which can be signalled as a whole. */
    static MavenProcess startApart(ItProject.Maven maven, Site site, Path directory, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(command(maven, site, arguments));
        return start(command, directory, Map.of());
    }

    /** Starts Maven at a terminal, which util-linux' {@code script} provides. */
    static MavenProcess startAtTerminal(ItProject.Maven maven, Site site, Path directory, List<String> arguments)
            throws IOException {
        String line = command(maven, site, arguments).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return start(List.of("script", "--quiet", "--return", "--command", line, "/dev/null"), directory, Map.of());
    }

    private static List<String> command(ItProject.Maven maven, Site site, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(maven.home().resolve("bin").resolve("mvn").toString()));
        command.addAll(arguments(maven, site, arguments));
        return command;
    }

    static List<String> arguments(ItProject.Maven maven, Site site, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + maven.localRepository(),
                "-Dclaude-fleet.auth.directory=login",
                "-Dclaude-fleet.workspace.strategy=bind",
                "-Dclaude-fleet.workspace.root=../.workspaces",
                "-s",
                maven.settings().toString()));
        command.addAll(site.optionsBeside(arguments));
        command.addAll(arguments);
        return command;
    }

    private static MavenProcess start(List<String> command, Path directory, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder =
                withCleanEnvironment(new ProcessBuilder(command)).directory(directory.toFile());
        builder.environment().putAll(environment);
        return new MavenProcess(builder.redirectErrorStream(true).start());
    }

    /** Removes the settings of the Maven that runs the tests, which a Maven that they start must not inherit. */
    static ProcessBuilder withCleanEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeAll(List.of("MAVEN_HOME", "M2_HOME", "MAVEN_ARGS"));
        builder.environment().put("MAVEN_OPTS", QUICK);
        // Maven 4 asks no questions if this variable is set, and here somebody is at the console.
        builder.environment().remove("CI");
        builder.environment().put("TERM", "xterm");
        return builder;
    }

    /** Waits until Maven has printed the text. */
    public MavenProcess awaitOutput(String text) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (output.indexOf(text) < 0) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("Maven never said \"" + text + "\":\n" + output);
            }
            Thread.sleep(50);
        }
        return this;
    }

    /** Types a line. */
    public MavenProcess type(String line) throws IOException {
        Writer writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write(line + "\n");
        writer.flush();
        return this;
    }

    /** Closes Maven's standard input. */
    public MavenProcess closeInput() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /** Sends a signal to Maven's JVM, like Ctrl-C or a CI runner. The process {@code mvn} becomes that JVM. */
    public MavenProcess signal(String name) throws IOException, InterruptedException {
        return signal(name, String.valueOf(process.pid()));
    }

    /** Sends a signal to all processes of Maven's group, which has to be its own. */
    public MavenProcess signalGroup(String name) throws IOException, InterruptedException {
        return signal(name, "-" + process.pid());
    }

    private MavenProcess signal(String name, String target) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", "-s", name, "--", target).start().waitFor();
        if (status != 0) {
            throw new AssertionError(
                    "Maven can't be sent " + name + ": kill ended with " + status + ", Maven said:\n" + output);
        }
        return this;
    }

    /** Returns the output so far. */
    public String output() {
        return output.toString();
    }

    /** Waits for Maven's end. */
    public MavenRun await() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Maven did not end within " + LIMIT + ":\n" + output);
        }
        reader.join(LIMIT.toMillis());
        return new MavenRun(process.exitValue(), output());
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                output.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
