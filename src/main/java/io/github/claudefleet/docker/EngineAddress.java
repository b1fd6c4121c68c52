package io.github.claudefleet.docker;

import io.github.claudefleet.spec.InvalidSpecException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an engine may answer.
 *
 * @param uri {@code unix:///path}, {@code npipe:////./pipe/name} or {@code tcp://host:port}
 * @param certificates the folder of {@code ca.pem}, {@code cert.pem} and {@code key.pem}; empty for no TLS
 */
record EngineAddress(URI uri, Optional<Path> certificates) {

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final String FORMS =
            "Write it as unix:///var/run/docker.sock, npipe:////./pipe/docker_engine or tcp://host:2376.";

    /**
     * @param parameter where the text is from, such as {@code engine} or {@code DOCKER_HOST}
     * @param certificates asked for {@code tcp://} alone
     * @throws InvalidSpecException if it is no address, or of a kind that can't be reached from here
     */
    static EngineAddress parse(String parameter, String text, Supplier<Optional<Path>> certificates) {
        URI uri = uri(parameter, text.strip());
        return switch (uri.getScheme()) {
            case "unix", "npipe" -> local(parameter, text, uri);
            case "tcp" -> tcp(parameter, text, uri, certificates.get());
            case "ssh" -> throw refusedSsh(parameter, uri);
            default -> throw invalid(parameter, text, "begins with " + uri.getScheme() + ":", FORMS);
        };
    }

    /** The socket file, where it is one. */
    Optional<Path> socket() {
        return uri.getScheme().equals("unix") ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static URI uri(String parameter, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(parameter, text, "is not an address", FORMS);
        }
        throw invalid(parameter, text, "has no scheme", FORMS);
    }

    private static EngineAddress local(String parameter, String text, URI uri) {
        if (uri.getPath() == null || !uri.getPath().startsWith("/")) {
            throw invalid(parameter, text, "has no absolute path", FORMS);
        }
        return new EngineAddress(uri, Optional.empty());
    }

    private static EngineAddress tcp(String parameter, String text, URI uri, Optional<Path> certificates) {
        if (uri.getHost() == null) {
            throw invalid(parameter, text, "names no host", FORMS);
        }
        int usual = certificates.isPresent() ? TLS_PORT : PLAIN_PORT;
        int port = uri.getPort() == -1 ? usual : uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new EngineAddress(URI.create("tcp://" + uri.getHost() + ":" + port + path), certificates);
    }

    private static InvalidSpecException refusedSsh(String parameter, URI uri) {
        String target = uri.getRawAuthority() == null ? "HOST" : uri.getRawAuthority();
        return invalid(
                parameter,
                uri.toString(),
                "is reached over SSH, which is not supported",
                "Forward the engine's socket and name it: ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ssh://"
                        + target + " and -Dclaude-fleet.engine=unix:///tmp/docker.sock. Directories that are mounted"
                        + " must then exist on that host.");
    }

    private static InvalidSpecException invalid(String parameter, String text, String problem, String suggestion) {
        return new InvalidSpecException(parameter, "\"" + text + "\" " + problem, suggestion);
    }
}
