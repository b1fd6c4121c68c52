package io.github.claudefleet.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Home of a person who has not used Maven or the plugin before, and a directory to work in. */
final class FreshMachine {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final String GROUP = "io/github/claudefleet/claude-fleet-maven-plugin/";
    private static final String PROMPT = "Paste the code here:";

    private final Path root = create();
    private Path directory = root.resolve("work");

    /** Publishes the plugin that the build has packaged in a repository on the disk, as Central will have it. */
    void publish(String version) throws IOException {
        String name = "claude-fleet-maven-plugin-" + version;
        Path to = Files.createDirectories(root.resolve("central").resolve(GROUP + version));
        Path base = Path.of(System.getProperty("basedir", ""));
        Files.copy(base.resolve("target").resolve(name + ".jar"), to.resolve(name + ".jar"));
        Files.copy(base.resolve("pom.xml"), to.resolve(name + ".pom"));
        Files.createDirectories(directory);
        Files.writeString(Files.createDirectories(home().resolve(".m2")).resolve("settings.xml"), """
                <settings>
                  <profiles>
                    <profile>
                      <id>plugin</id>
                      <pluginRepositories>
                        <pluginRepository>
                          <id>plugin</id>
                          <url>%s</url>
                          <snapshots><checksumPolicy>ignore</checksumPolicy></snapshots>
                        </pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles>
                    <activeProfile>plugin</activeProfile>
                  </activeProfiles>
                </settings>
                """.formatted(
                        root.resolve("central").toUri()));
    }

    Path home() {
        return root.resolve("home");
    }

    Path directory(String name) {
        return root.resolve("work").resolve(name);
    }

    /** Writes a file whose path begins with the project's directory, and tells its Maven about engine and stand-in. */
    void write(String file, String text) throws IOException {
        Path project = directory(file).getParent();
        Files.writeString(directory(file), text);
        Path options = Files.createDirectories(project.resolve(".mvn")).resolve("maven.config");
        Files.write(options, Site.shared().optionsBeside(List.of()));
    }

    /** Runs a block of commands in one shell, in the directory in which the last block ended; returns the output. */
    String run(String commands, boolean signsIn) throws IOException, InterruptedException {
        Path end = root.resolve("directory");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", commands + "\npwd >" + end)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("MAVEN_HOME", "M2_HOME", "MAVEN_ARGS", "CI"));
        environment.put("HOME", home().toString());
        environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -Duser.home=" + home());
        Process process = builder.start();
        StringBuffer said = new StringBuffer();
        Thread reader = new Thread(() -> read(process, said), "commands-output");
        reader.start();
        if (signsIn) {
            type(process, said);
        }
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        reader.join(LIMIT.toMillis());
        if (process.waitFor() != 0) {
            throw new AssertionError(commands + "\nended with " + process.exitValue() + ":\n" + said);
        }
        directory = Path.of(Files.readString(end).strip());
        return said.toString();
    }

    void remove() throws IOException, InterruptedException {
        Command.run("rm", "-rf", root.toString());
    }

    /** The stand-in accepts any code, as one of a new account. */
    private static void type(Process process, StringBuffer said) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (said.indexOf(PROMPT) < 0) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("Nobody was asked for a code:\n" + said);
            }
            Thread.sleep(50);
        }
        Writer writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write("code-first-hour-" + System.nanoTime() + "#state\n");
        writer.flush();
    }

    private static void read(Process process, StringBuffer said) {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                said.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path create() {
        try {
            // Agents run as another user, which cannot enter a directory of mode 0700.
            Path root = Files.createTempDirectory("first-hour");
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
