package io.github.claudefleet.docker;

import io.github.claudefleet.spec.InvalidSpecException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows where an engine may be, in the order of the Docker command line: what was named, {@code DOCKER_HOST}, the
 * current context, and the sockets that engines usually have. Nothing is asked yet.
 */
final class EngineLocator {

    private final Map<String, String> environment;
    private final Path home;
    private final boolean windows;
    private final DockerCliConfig cli;

    /**
     * @param environment the process's environment variables
     * @param home the person's home directory
     * @param windows whether engines are reached through named pipes
     */
    EngineLocator(Map<String, String> environment, Path home, boolean windows) {
        this.environment = environment;
        this.home = home;
        this.windows = windows;
        this.cli = DockerCliConfig.of(environment, home);
    }

    /**
     * The addresses to try, in order; just one where somebody named it.
     *
     * @param engine the parameter {@code engine}
     * @throws InvalidSpecException if an address or a context is wrong
     */
    List<EngineAddress> candidates(Optional<String> engine) {
        Optional<String> current = cli.currentContext();
        Optional<String> named = engine.filter(text -> !text.isBlank());
        if (named.isPresent()) {
            return List.of(EngineAddress.parse("engine", named.get(), this::certificates));
        }
        if (variable("DOCKER_HOST").isPresent()) {
            return List.of(EngineAddress.parse("DOCKER_HOST", environment.get("DOCKER_HOST"), this::certificates));
        }
        Optional<String> context = variable("DOCKER_CONTEXT").or(() -> current);
        return context.filter(DockerCliConfig::named)
                .map(name -> List.of(cli.context(name)))
                .orElseGet(this::usual);
    }

    private List<EngineAddress> usual() {
        if (windows) {
            return List.of(new EngineAddress(URI.create("npipe:////./pipe/docker_engine"), Optional.empty()));
        }
        List<Path> sockets = new ArrayList<>();
        Optional<Path> runtime = variable("XDG_RUNTIME_DIR").map(Path::of);
        sockets.add(Path.of("/var/run/docker.sock"));
        runtime.ifPresent(directory -> sockets.add(directory.resolve("docker.sock")));
        sockets.add(home.resolve(".docker/run/docker.sock"));
        sockets.add(home.resolve(".docker/desktop/docker.sock"));
        sockets.add(home.resolve(".colima/default/docker.sock"));
        sockets.add(home.resolve(".rd/docker.sock"));
        runtime.ifPresent(directory -> sockets.add(directory.resolve("podman/podman.sock")));
        sockets.add(Path.of("/run/podman/podman.sock"));
        return sockets.stream().map(EngineLocator::address).toList();
    }

    private static EngineAddress address(Path socket) {
        return new EngineAddress(URI.create("unix://" + socket.toUri().getRawPath()), Optional.empty());
    }

    /** Any text in {@code DOCKER_TLS_VERIFY} means yes, as it does to the Docker command line. */
    private Optional<Path> certificates() {
        if (variable("DOCKER_TLS_VERIFY").isEmpty()) {
            return Optional.empty();
        }
        Path directory = variable("DOCKER_CERT_PATH").map(Path::of).orElse(cli.directory());
        return Optional.of(TlsFiles.in(directory, "DOCKER_TLS_VERIFY"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
