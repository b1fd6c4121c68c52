package io.github.claudefleet.it;

import io.github.claudefleet.engine.ContainerObservation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Searches a credential in places where it must not be: in what the engine reports of a fleet, in the environments and
 * arguments of its processes, in its logs, and in files. Finds it plain, and as part of a Base64 text.
 */
public final class SecretSearch {

    private static final String PROCESSES =
            "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'";

    private final ItProject project;
    private final List<String> forms;
    private final List<String> findings = new ArrayList<>();

    SecretSearch(ItProject project, String... secrets) {
        this.project = project;
        this.forms = forms(secrets);
    }

    /** Returns the texts to search for: each secret, and its Base64 forms. */
    static List<String> forms(String... secrets) {
        return Stream.of(secrets)
                .flatMap(secret -> Stream.concat(Stream.of(secret), base64(secret)))
                .toList();
    }

    /** Searches everything that the fleet has on the engine, while its containers run. */
    public SecretSearch inFleet() throws IOException, InterruptedException {
        DockerCommand docker = project.docker();
        for (ContainerObservation container : project.containers()) {
            in("docker inspect " + container.name(), docker.run("inspect", container.id()));
            in("the image of " + container.name(), docker.run("inspect", container.imageId()));
            in("the image's history", docker.run("history", "--no-trunc", container.imageId()));
            in("docker logs " + container.name(), docker.run("logs", container.id()));
        }
        for (String volume : project.volumes()) {
            in("docker inspect " + volume, docker.run("inspect", volume));
        }
        for (String network : project.networks()) {
            in("docker inspect " + network, docker.run("inspect", network));
        }
        return inProcesses();
    }

    /** Searches the engine's events since that time, which include commands that were run in containers. */
    public SecretSearch inEventsSince(Instant begin) throws IOException, InterruptedException {
        String until = String.valueOf(Instant.now().getEpochSecond() + 1);
        String since = String.valueOf(begin.getEpochSecond());
        return in(
                "docker events",
                project.docker().run("events", "--since", since, "--until", until, "--format", "{{json .}}"));
    }

    /** Searches the arguments and environments of all processes of this machine, including those in containers. */
    public SecretSearch inProcessesOfHost() throws IOException {
        for (HostProcess process : HostProcess.all()) {
            in("the arguments of " + process, process.arguments());
            in("the environment of " + process, process.environment());
        }
        return this;
    }

    /** Searches the fleet's files on the engine's disk: layers, logs, settings, volumes that are not in memory. */
    public SecretSearch onDisk() throws IOException, InterruptedException {
        return inFilesBelow(EngineDisk.of(project).onDisk());
    }

    /** Searches the fleet's volumes that are in memory. */
    public SecretSearch inMemory() throws IOException, InterruptedException {
        return inFilesBelow(EngineDisk.of(project).inMemory());
    }

    /** Searches the files below the project's directory, including Maven's output. */
    public SecretSearch inFilesExcept(String... names) throws IOException {
        List<Path> excepted = Stream.of(names).map(project.directory()::resolve).toList();
        try (Stream<Path> files = Files.walk(project.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (excepted.stream().noneMatch(file::startsWith)) {
                    in(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return this;
    }

    private SecretSearch inFilesBelow(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    in(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return this;
    }

    /** Searches a text. */
    public SecretSearch in(String place, String text) {
        if (forms.stream().anyMatch(text::contains)) {
            findings.add(place);
        }
        return this;
    }

    /** Returns the places that had the credential. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    private SecretSearch inProcesses() {
        for (ContainerObservation container : project.running()) {
            String processes = project.exec(container, "sh", "-c", PROCESSES).output();
            if (!processes.contains("CLAUDE_FLEET_")) {
                throw new AssertionError("the processes of " + container.name() + " can't be seen: " + processes);
            }
            in("the processes of " + container.name(), processes);
        }
        return this;
    }

    /** Returns the Base64 texts of the secret inside a longer text, for each of the three positions in a group. */
    private static Stream<String> base64(String secret) {
        return IntStream.range(0, 3).mapToObj(before -> {
            String encoded = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(("x".repeat(before) + secret).getBytes(StandardCharsets.UTF_8));
            // The characters at both ends also depend on neighbouring bytes.
            return encoded.substring(4, encoded.length() - 4);
        });
    }
}
