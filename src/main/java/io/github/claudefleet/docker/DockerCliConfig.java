package io.github.claudefleet.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.core.DockerConfigFile;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Configuration of the Docker command line, in {@code ~/.docker} or the directory in {@code DOCKER_CONFIG}. An unusable
 * {@code config.json} causes a warning and is ignored, as the command line does.
 *
 * @param directory configuration directory, which need not exist; empty without a home directory
 * @param content content of {@code config.json}; empty if it is missing or unusable
 * @param loginsUsable true if docker-java can read its registry logins without failing
 */
record DockerCliConfig(Optional<Path> directory, Optional<JsonNode> content, boolean loginsUsable) {

    private static final String DEFAULT_CONTEXT = "default";
    private static final String FILE = "config.json";
    /** Missing directory, for docker-java, which requires a path and reads nothing if it does not exist. */
    private static final Path NOWHERE = Path.of("claude-fleet", "no-docker-configuration");

    private static final String CHOOSE =
            "See `docker context ls`; choose one with `docker context use` or DOCKER_CONTEXT,"
                    + " or name the engine with -Dclaude-fleet.engine=unix:///path.";

    /**
     * Reads the configuration.
     *
     * @param warnings receiver of a warning about an unusable file
     */
    static DockerCliConfig read(Map<String, String> environment, HomeDirectory home, Consumer<String> warnings) {
        String configured = environment.getOrDefault("DOCKER_CONFIG", "");
        Optional<Path> directory = configured.isBlank()
                ? home.find(".docker")
                : Optional.of(PathText.absolute(configured).toAbsolutePath());
        return directory
                .map(folder -> in(folder, warnings))
                .orElseGet(() -> new DockerCliConfig(Optional.empty(), Optional.empty(), false));
    }

    private static DockerCliConfig in(Path folder, Consumer<String> warnings) {
        Path file = folder.resolve(FILE);
        try {
            Optional<JsonNode> content = content(file);
            return new DockerCliConfig(Optional.of(folder), content, loginsUsable(folder, content, warnings));
        } catch (IOException e) {
            warnings.accept(
                    file + " can't be used (" + FileProblem.of(e) + "): Docker's current context and registry logins"
                            + " are left out, as the docker command itself leaves them out. Repair the file, or move it out of the way.");
            return new DockerCliConfig(Optional.of(folder), Optional.empty(), false);
        }
    }

    /** Reads the file. An empty file, or a dangling symbolic link, counts as missing. */
    private static Optional<JsonNode> content(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        JsonNode content = EngineJson.mapper().readTree(text);
        JsonNode context = content.path("currentContext");
        if (!content.isObject() || !(context.isMissingNode() || context.isNull() || context.isTextual())) {
            throw new IOException("it is not a configuration of Docker's");
        }
        return Optional.of(content);
    }

    private static boolean loginsUsable(Path folder, Optional<JsonNode> content, Consumer<String> warnings) {
        if (content.isEmpty() || content.get().path("auths").isNull()) {
            return false;
        }
        try {
            DockerConfigFile.loadConfig(EngineJson.mapper(), folder.toString());
            return true;
        } catch (IOException | RuntimeException e) {
            warnings.accept("The registry logins in " + folder.resolve(FILE) + " can't be used ("
                    + ErrorTranslator.words(e).lines().findFirst().orElse("") + "): images are pulled without.");
            return false;
        }
    }

    /** Returns the directory from which docker-java may read registry logins. */
    Path forLogins() {
        return loginsUsable ? directory.orElse(NOWHERE) : NOWHERE;
    }

    /** Returns the context chosen by {@code docker context use}; empty for the default one. */
    Optional<String> currentContext() {
        return content.flatMap(json -> text(json, "/currentContext"));
    }

    /** Returns true if the name is of a context other than the default one. */
    static boolean named(String context) {
        return !context.isBlank() && !context.equals(DEFAULT_CONTEXT);
    }

    /**
     * Finds the engine address of a context.
     *
     * @throws InvalidSpecException if the context does not exist, or names no engine
     */
    EngineAddress context(String name) {
        Path folder =
                directory.orElseThrow(() -> refused("\"" + name + "\" is nowhere, for there is no home directory"));
        JsonNode meta =
                meta(name, folder.resolve("contexts/meta").resolve(sha256(name)).resolve("meta.json"));
        String host = text(meta, "/Endpoints/docker/Host")
                .orElseThrow(() -> new InvalidSpecException(
                        "docker context",
                        "\"" + name + "\" names no Docker host",
                        "See `docker context inspect " + name + "`."));
        String parameter = "docker context \"" + name + "\"";
        return EngineAddress.parse(parameter, host, () -> certificates(folder, parameter, name));
    }

    /** Reads a context's metadata. Like the docker command, it falls back to no other engine if that is damaged. */
    private JsonNode meta(String name, Path file) {
        try {
            return EngineJson.mapper().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw refused("\"" + name + "\" does not exist in "
                    + directory.map(Path::toString).orElse(""));
        } catch (IOException e) {
            throw refused("\"" + name + "\" is damaged: " + file + " can't be used (" + FileProblem.of(e) + ")");
        }
    }

    private static InvalidSpecException refused(String problem) {
        return new InvalidSpecException("docker context", problem, CHOOSE);
    }

    private static Optional<Path> certificates(Path directory, String parameter, String context) {
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

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
