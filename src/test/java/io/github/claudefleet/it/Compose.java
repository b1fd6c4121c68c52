package io.github.claudefleet.it;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a project's compose.yaml like a user without Maven: by {@code docker compose}, or by {@code docker-compose}
 * where the client has no such command.
 */
public final class Compose {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final ItProject project;
    private final String name;
    private final List<String> program;

    private Compose(ItProject project, List<String> program) {
        this.project = project;
        this.name = "claude-fleet-it-" + ProcessHandle.current().pid();
        this.program = program;
    }

    /** Uses the project's compose file together with the one for the stand-in. */
    public static Compose of(ItProject project) throws IOException, InterruptedException {
        Process version = new ProcessBuilder("docker", "compose", "version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean plugin = version.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && version.exitValue() == 0;
        return new Compose(project, plugin ? List.of("docker", "compose") : List.of("docker-compose"));
    }

    /** Runs a compose command and returns its output. A failure is thrown with the output. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("compose", ".out");
        try {
            Process process = start(output, arguments);
            process.getOutputStream().close();
            return await(process, output, arguments);
        } finally {
            Files.delete(output);
        }
    }

    /** Signs in like a person: starts the CLI's sign-in, waits for its question and pastes the code. */
    public void signIn(String code) throws IOException, InterruptedException {
        String[] arguments = {"exec", "-T", "auth", "claude", "auth", "login"};
        Path output = Files.createTempFile("compose", ".out");
        try {
            Process process = start(output, arguments);
            awaitQuestion(process, output);
            Writer writer = process.outputWriter(StandardCharsets.UTF_8);
            writer.write(code + "\n");
            writer.flush();
            await(process, output, arguments);
        } finally {
            Files.delete(output);
        }
    }

    /** Returns the id of a service's container. */
    public String container(String service) throws IOException, InterruptedException {
        return run("ps", "--quiet", service).strip();
    }

    /** Returns the ids of all containers of the compose project, running or not. */
    public List<String> containers() throws IOException, InterruptedException {
        return project.docker()
                .run("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=" + name)
                .lines()
                .toList();
    }

    /** Removes the project's containers by their ids. Keeps the network, which belongs to the tests. */
    public void remove() throws IOException, InterruptedException {
        for (String container : containers()) {
            project.docker().run("rm", "--force", container);
        }
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-p", name, "-f", "compose.yaml", "-f", "compose.standin.yaml"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.directory().toFile());
        builder.environment().put("AGENT_IMAGE", project.bundledImage());
        builder.environment().put("STANDIN_NETWORK", ItProject.property("standin.network"));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static void awaitQuestion(Process process, Path output) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!Files.readString(output).contains("Paste code here")) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.destroyForcibly();
                throw new AssertionError("the sign-in never asked for a code: " + Files.readString(output));
            }
            Thread.sleep(100);
        }
    }

    private static String await(Process process, Path output, String... arguments)
            throws IOException, InterruptedException {
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError("compose " + String.join(" ", arguments) + " failed: " + said);
        }
        return said;
    }
}
