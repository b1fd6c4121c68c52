package io.github.claudefleet.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Maven that stays for the next build, as the Maven daemon does. It takes a third of the processor time of a fresh one.
 * The scripts of one run of the invoker plugin share one, for builds that nobody cancels and that have no terminal. It
 * is the Maven that runs the tests; other versions always run as fresh processes.
 */
final class ResidentMaven {

    /** System property of the JVM that runs the scripts, each of which has its own class loader. */
    private static final String PORT = "it.residentMaven.port";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ResidentMaven() {}

    /** Returns true for a Maven 3 that runs the tests, unless the project has options of the JVM or a pom is named. */
    static boolean serves(Path mavenHome, Path directory, List<String> arguments) throws IOException {
        String own = System.getProperty("maven.home", "");
        return !own.isEmpty()
                && Files.isSameFile(Path.of(own), mavenHome)
                && Files.readString(mavenHome.resolve("bin/m2.conf")).contains("main is org.apache.maven.cli.MavenCli ")
                && !Files.exists(directory.resolve(".mvn/jvm.config"))
                && !arguments.contains("-f");
    }

    /** Runs a build and waits for its end. */
    static synchronized MavenRun run(Path mavenHome, Path directory, List<String> arguments) throws IOException {
        try (Socket socket = connect(mavenHome)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            DataOutputStream request = new DataOutputStream(socket.getOutputStream());
            request.writeUTF(directory.toRealPath().toString());
            request.writeInt(arguments.size());
            for (String argument : arguments) {
                request.writeUTF(argument);
            }
            request.flush();
            return read(new DataInputStream(socket.getInputStream()));
        }
    }

    private static MavenRun read(DataInputStream answer) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            while (answer.readByte() == ResidentMavenMain.OUTPUT) {
                output.write(answer.readNBytes(answer.readInt()));
            }
            return new MavenRun(answer.readInt(), output.toString(StandardCharsets.UTF_8));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Maven was silent for " + LIMIT + ":\n" + output, e);
        } catch (IOException e) {
            throw new AssertionError("the resident Maven is gone:\n" + output, e);
        }
    }

    private static Socket connect(Path mavenHome) throws IOException {
        Optional<Integer> known = Optional.ofNullable(Integer.getInteger(PORT));
        if (known.isPresent()) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), known.get());
            } catch (IOException e) {
                // It has ended after its last build.
                System.clearProperty(PORT);
            }
        }
        int port = start(mavenHome);
        System.setProperty(PORT, String.valueOf(port));
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static int start(Path mavenHome) throws IOException {
        ProcessBuilder builder = MavenProcess.withCleanEnvironment(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                classes() + ":" + classworlds(mavenHome),
                ResidentMavenMain.class.getName(),
                mavenHome.toString()));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String port = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (port == null) {
            throw new IOException("the resident Maven did not start");
        }
        return Integer.parseInt(port);
    }

    private static Path classes() {
        try {
            return Path.of(ResidentMaven.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path classworlds(Path mavenHome) throws IOException {
        try (Stream<Path> files = Files.list(mavenHome.resolve("boot"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("plexus-classworlds"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no plexus-classworlds in " + mavenHome));
        }
    }
}
