package io.github.claudefleet.docker;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists the possible addresses of an engine in the Docker command line's order: parameter, {@code DOCKER_HOST}, current
 * context, usual sockets. Connects to none of them.
 */
final class EngineLocator {

    private static final List<String> PERSONAL_SOCKETS = List.of(
            ".docker/run/docker.sock", ".docker/desktop/docker.sock", ".colima/default/docker.sock", ".rd/docker.sock");

    /** Docker, Docker Desktop's engine for Linux containers, and Podman. */
    private static final List<String> PIPES =
            List.of("docker_engine", "dockerDesktopLinuxEngine", "podman-machine-default");

    private final Map<String, String> environment;
    private final HomeDirectory home;
    private final boolean windows;
    private final DockerCliConfig cli;

    /**
     * @param environment environment variables of the process
     * @param home user's home directory
     * @param windows true if engines are reached through named pipes
     * @param cli configuration of the Docker command line
     */
    EngineLocator(Map<String, String> environment, HomeDirectory home, boolean windows, DockerCliConfig cli) {
        this.environment = environment;
        this.home = home;
        this.windows = windows;
        this.cli = cli;
    }

    /**
     * Returns the addresses to try, in order, or only the configured one.
     *
     * @param engine parameter {@code engine}
     * @throws InvalidSpecException if an address or a context is wrong
     */
    List<EngineAddress> candidates(Optional<String> engine) {
        Optional<String> named = engine.filter(text -> !text.isBlank());
        if (named.isPresent()) {
            return List.of(EngineAddress.parse("engine", named.get(), () -> certificatesFor(named.get())));
        }
        if (variable("DOCKER_HOST").isPresent()) {
            return List.of(EngineAddress.parse("DOCKER_HOST", environment.get("DOCKER_HOST"), this::certificates));
        }
        return chosenContext().map(name -> List.of(cli.context(name))).orElseGet(this::usual);
    }

    private Optional<String> chosenContext() {
        return variable("DOCKER_CONTEXT").or(cli::currentContext).filter(DockerCliConfig::named);
    }

    /**
     * Returns certificates for a named engine. The end of a build, and its watchdog, name the engine that the start
     * found, possibly by a context.
     */
    private Optional<Path> certificatesFor(String engine) {
        Optional<Path> wanted = certificates();
        return wanted.isPresent() || variable("DOCKER_HOST").isPresent()
                ? wanted
                : chosenContext()
                        .flatMap(this::usable)
                        .filter(context -> context.toString().equals(engine.strip()))
                        .flatMap(EngineAddress::certificates);
    }

    private Optional<EngineAddress> usable(String context) {
        try {
            return Optional.of(cli.context(context));
        } catch (InvalidSpecException e) {
            // A named engine needs no context.
            return Optional.empty();
        }
    }

    private List<EngineAddress> usual() {
        if (windows) {
            return PIPES.stream()
                    .map(pipe -> new EngineAddress(URI.create("npipe:////./pipe/" + pipe), Optional.empty()))
                    .toList();
        }
        List<Path> sockets = new ArrayList<>();
        Optional<Path> runtime = variable("XDG_RUNTIME_DIR").map(PathText::absolute);
        sockets.add(Path.of("/var/run/docker.sock"));
        runtime.ifPresent(directory -> sockets.add(directory.resolve("docker.sock")));
        PERSONAL_SOCKETS.forEach(socket -> home.find(socket).ifPresent(sockets::add));
        runtime.ifPresent(directory -> sockets.add(directory.resolve("podman/podman.sock")));
        sockets.add(Path.of("/run/podman/podman.sock"));
        return sockets.stream().map(EngineAddress::ofSocket).toList();
    }

    /**
     * Returns the configured certificates. As on the Docker command line, {@code DOCKER_TLS_VERIFY} is on for any text,
     * even {@code 0}. {@code DOCKER_TLS} enables TLS without verification there, and with verification here.
     */
    private Optional<Path> certificates() {
        return Stream.of("DOCKER_TLS_VERIFY", "DOCKER_TLS")
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .map(name -> TlsFiles.in(certificateDirectory(name), name));
    }

    private Path certificateDirectory(String parameter) {
        return variable("DOCKER_CERT_PATH")
                .map(PathText::absolute)
                .or(cli::directory)
                .orElseThrow(() -> new InvalidSpecException(
                        parameter,
                        "asks for TLS, and nothing says where the certificates are",
                        "Set DOCKER_CERT_PATH."));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
