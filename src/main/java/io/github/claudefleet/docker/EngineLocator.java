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
 * Knows where an engine may be, in the order of the Docker command line: what was named, {@code DOCKER_HOST}, the
 * current context, and the sockets that engines usually have. Nothing is asked yet.
 */
final class EngineLocator {

    private static final List<String> PERSONAL_SOCKETS = List.of(
            ".docker/run/docker.sock", ".docker/desktop/docker.sock", ".colima/default/docker.sock", ".rd/docker.sock");

    private final Map<String, String> environment;
    private final HomeDirectory home;
    private final boolean windows;
    private final DockerCliConfig cli;

    /**
     * @param environment the process's environment variables
     * @param home the person's home directory
     * @param windows whether engines are reached through named pipes
     * @param cli the Docker command line's configuration
     */
    EngineLocator(Map<String, String> environment, HomeDirectory home, boolean windows, DockerCliConfig cli) {
        this.environment = environment;
        this.home = home;
        this.windows = windows;
        this.cli = cli;
    }

    /**
     * The addresses to try, in order; just one where somebody named it.
     *
     * @param engine the parameter {@code engine}
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

    /** A build's end, and its watchdog, name the engine that its begin has found, which may have been by a context. */
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
            // An engine that is named needs no context.
            return Optional.empty();
        }
    }

    private List<EngineAddress> usual() {
        if (windows) {
            return List.of(new EngineAddress(URI.create("npipe:////./pipe/docker_engine"), Optional.empty()));
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
     * Any text in {@code DOCKER_TLS_VERIFY} means yes, {@code 0} included, as it does to the Docker command line. {@code DOCKER_TLS}
     * asks that one for TLS with any server: here the server has to be the right one.
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
