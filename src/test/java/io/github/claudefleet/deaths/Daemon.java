package io.github.claudefleet.deaths;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Process of a {@link DaemonMain}, which runs sessions for a test. */
final class Daemon implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String END = "threads of the plugin: [";

    private final Process process;
    private final StringBuffer output = new StringBuffer();

    private Daemon(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "daemon-output");
        reader.setDaemon(true);
        reader.start();
    }

    static Daemon start(Path maven, Path project) throws IOException {
        String own = Path.of("target", "test-classes").toAbsolutePath().toString();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmaven.home=" + maven,
                        "-Dmaven.multiModuleProjectDirectory=" + project,
                        "-cp",
                        own + ":" + maven.resolve("boot") + "/*:" + maven.resolve("lib") + "/*",
                        DaemonMain.class.getName(),
                        project.toString())
                .directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_HOME", "M2_HOME", "MAVEN_ARGS"));
        return new Daemon(builder.start());
    }

    /** Runs a session, and returns its output. */
    String session(List<String> arguments) throws IOException, InterruptedException {
        output.setLength(0);
        Writer writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write(String.join("\t", arguments) + "\n");
        writer.flush();
        Instant end = Instant.now().plus(LIMIT);
        while (output.indexOf("\n", Math.max(0, output.indexOf(END))) < 0 || output.indexOf(END) < 0) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("the session did not end:\n" + output);
            }
            Thread.sleep(50);
        }
        return output.toString().strip();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                output.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The process has ended.
            return;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
