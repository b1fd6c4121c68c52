package io.github.claudefleet.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The Docker command line's own configuration: the folder {@code ~/.docker} or what {@code DOCKER_CONFIG} names.
 *
 * @param directory that folder; it need not exist
 */
record DockerCliConfig(Path directory) {

    private static final String DEFAULT_CONTEXT = "default";

    static DockerCliConfig of(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("DOCKER_CONFIG", "");
        return new DockerCliConfig(configured.isBlank() ? home.resolve(".docker") : Path.of(configured));
    }

    /**
     * The context that {@code docker context use} chose; empty for the built-in one.
     *
     * @throws InvalidSpecException if the configuration can't be read
     */
    Optional<String> currentContext() {
        Path file = directory.resolve("config.json");
        return Files.isRegularFile(file) ? text(read(file), "/currentContext") : Optional.empty();
    }

    /** Whether a context's name means another one than the built-in. */
    static boolean named(String context) {
        return !context.isBlank() && !context.equals(DEFAULT_CONTEXT);
    }

    /**
     * Where a context's engine is.
     *
     * @throws InvalidSpecException if there is no such context, or it names no engine
     */
    EngineAddress context(String name) {
        Path meta = directory.resolve("contexts/meta").resolve(sha256(name)).resolve("meta.json");
        if (!Files.isRegularFile(meta)) {
            throw new InvalidSpecException(
                    "docker context",
                    "\"" + name + "\" does not exist in " + directory,
                    "See `docker context ls`; choose one with `docker context use` or DOCKER_CONTEXT, or name the"
                            + " engine with -Dclaude-fleet.engine=unix:///path.");
        }
        String host = text(read(meta), "/Endpoints/docker/Host")
                .orElseThrow(() -> new InvalidSpecException(
                        "docker context",
                        "\"" + name + "\" names no Docker host",
                        "See `docker context inspect " + name + "`."));
        String parameter = "docker context \"" + name + "\"";
        return EngineAddress.parse(parameter, host, () -> certificates(parameter, name));
    }

    private Optional<Path> certificates(String parameter, String context) {
        return Optional.of(directory
                        .resolve("contexts/tls")
                        .resolve(sha256(context))
                        .resolve("docker"))
                .filter(Files::isDirectory)
                .map(folder -> TlsFiles.in(folder, parameter));
    }

    private static Optional<String> text(JsonNode node, String pointer) {
        return Optional.ofNullable(node.at(pointer).textValue());
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidSpecException(
                    file.toString(), "can't be read: " + firstLine(e), "Repair the file, or move it out of the way.");
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
