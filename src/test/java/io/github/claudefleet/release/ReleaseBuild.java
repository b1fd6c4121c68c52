package io.github.claudefleet.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Build of this checkout as a release, in a copy of it.
 *
 * @param directory the copy, with the release's version in its pom
 */
record ReleaseBuild(Path directory) {

    static final String VERSION = version();

    private static final int LIMIT_SECONDS = 1500;
    private static final String SNAPSHOT = "-SNAPSHOT";

    /** Copies the files that git knows, as they are in this checkout, and removes SNAPSHOT from the version. */
    static ReleaseBuild copyTo(Path directory) throws IOException, InterruptedException {
        Path checkout = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        List<String> files = run(
                        checkout, Map.of(), List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"))
                .lines()
                .filter(file -> Files.isRegularFile(checkout.resolve(file)))
                .toList();
        for (String file : files) {
            Path copy = directory.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(checkout.resolve(file), copy);
        }
        Path pom = directory.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replaceFirst("(<version>[0-9.]+)" + SNAPSHOT, "$1"));
        return new ReleaseBuild(directory);
    }

    /**
     * Runs Maven with the profile "release", without tests, and returns its output.
     *
     * @param version version of Maven, one of those that the tests unpack
     */
    String maven(String version, Map<String, String> environment, String umask, String... arguments)
            throws IOException, InterruptedException {
        Path maven =
                Path.of("target/mavens/apache-maven-" + version + "/bin/mvn").toAbsolutePath();
        if (!Files.isExecutable(maven)) {
            throw new IllegalStateException(maven + " does not exist; run the tests with bin/test");
        }
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "umask " + umask + "; exec \"$0\" \"$@\"",
                maven.toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "-Prelease",
                "-DskipTests",
                "-Dmaven.test.skip",
                "-Dmaven.install.skip",
                "-Dspotless.check.skip",
                "-DadditionalJOption=-J-XX:TieredStopAtLevel=1",
                "-Dmaven.repo.local=" + System.getProperty("localRepository")));
        command.addAll(List.of(arguments));
        return run(directory, environment, command);
    }

    Path target(String file) {
        return directory.resolve("target").resolve(file);
    }

    /** Runs a command and returns its output; a failure is thrown with it. */
    static String run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("release", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // A Maven that the tests start must not inherit the settings of the Maven that runs the tests.
            builder.environment().keySet().removeAll(List.of("MAVEN_HOME", "M2_HOME", "MAVEN_ARGS"));
            builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + (ended ? " failed:\n" : " did not end:\n") + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    private static String version() {
        try {
            String pom =
                    Files.readString(Path.of(System.getProperty("basedir", "")).resolve("pom.xml"));
            return pom.replaceFirst("(?s).*?<version>([0-9.]+)(" + SNAPSHOT + ")?</version>.*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
