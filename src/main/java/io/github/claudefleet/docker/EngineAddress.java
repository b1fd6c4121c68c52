package io.github.claudefleet.docker;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Address of an engine, parsed as by the docker command. The path of a socket is not decoded, and a text without a
 * scheme is a host.
 *
 * @param uri {@code unix:///path}, {@code npipe:////./pipe/name} or {@code tcp://host:port/path}
 * @param certificates directory of {@code ca.pem}, {@code cert.pem} and {@code key.pem}; empty for no TLS
 */
record EngineAddress(URI uri, Optional<Path> certificates) {

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final int LAST_PORT = 65_535;
    private static final String DEFAULT_SOCKET = "/var/run/docker.sock";
    private static final String FORMS =
            "Write it as unix:///var/run/docker.sock, npipe:////./pipe/docker_engine or tcp://host:2376.";

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)");
    private static final Pattern SHORT_SOCKET = Pattern.compile("(unix|npipe):(/?[^/].*)");
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%[\\w.-]+)?]|[\\w.-]*)(?::(\\d{1,5}))?(/[^\\s?#]*)?");

    /**
     * Parses an address.
     *
     * @param parameter source of the text, such as {@code engine} or {@code DOCKER_HOST}
     * @param certificates supplier of the certificates, called only for {@code tcp://}
     * @throws InvalidSpecException if it is not an address, or of an unsupported kind
     */
    static EngineAddress parse(String parameter, String text, Supplier<Optional<Path>> certificates) {
        String address = text.strip();
        Matcher scheme = SCHEME.matcher(address);
        Matcher shortSocket = SHORT_SOCKET.matcher(address);
        if (shortSocket.matches()) {
            return local(parameter, text, shortSocket.group(1), shortSocket.group(2));
        }
        if (!scheme.matches()) {
            return schemeless(parameter, address, certificates);
        }
        return switch (scheme.group(1)) {
            case "unix", "npipe" -> local(parameter, text, scheme.group(1), scheme.group(2));
            case "tcp" -> tcp(parameter, text, scheme.group(2), certificates);
            case "ssh" -> throw refusedSsh(parameter, address, scheme.group(2));
            default -> throw invalid(parameter, text, "begins with " + scheme.group(1) + ":", FORMS);
        };
    }

    /** Returns the address of a socket file. */
    static EngineAddress ofSocket(Path socket) {
        return new EngineAddress(encoded("unix", PathText.of(socket)), Optional.empty());
    }

    /** Returns the socket file, if the address is one. */
    Optional<Path> socket() {
        return uri.getScheme().equals("unix") ? Optional.of(PathText.absolute(uri.getPath())) : Optional.empty();
    }

    /** Returns the address in its usual form, which {@link #parse} accepts. */
    @Override
    public String toString() {
        return uri.getScheme().equals("unix") ? "unix://" + uri.getPath() : uri.toString();
    }

    /** Parses a text without a scheme as a host. Rejects an absolute path, which the docker command takes for one. */
    private static EngineAddress schemeless(String parameter, String text, Supplier<Optional<Path>> certificates) {
        if (text.startsWith("/")) {
            throw invalid(parameter, text, "has no scheme", "Write it as unix://" + text + ".");
        }
        return tcp(parameter, text, text, certificates);
    }

    private static EngineAddress local(String parameter, String text, String scheme, String path) {
        if (scheme.equals("unix") && path.isEmpty()) {
            return new EngineAddress(encoded(scheme, DEFAULT_SOCKET), Optional.empty());
        }
        if (!path.startsWith("/")) {
            throw invalid(parameter, text, "has no absolute path", FORMS);
        }
        return new EngineAddress(encoded(scheme, path), Optional.empty());
    }

    private static URI encoded(String scheme, String path) {
        try {
            // Only a path may begin with two slashes, as those of named pipes do, and only after another segment.
            return URI.create(scheme + "://"
                    + new URI(null, null, "/x" + path, null).getRawPath().substring(2));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + path + "\" can't be written as an address", e);
        }
    }

    private static EngineAddress tcp(
            String parameter, String text, String address, Supplier<Optional<Path>> certificates) {
        Matcher parts = HOST.matcher(address);
        if (!parts.matches()) {
            throw invalid(parameter, text, "is not an address", FORMS);
        }
        if (parts.group(1).isEmpty() && parts.group(2) == null) {
            throw invalid(parameter, text, "names no host", FORMS);
        }
        Optional<Path> found = certificates.get();
        String host = parts.group(1).isEmpty() ? "localhost" : parts.group(1);
        int port = parts.group(2) == null ? usualPort(found) : Integer.parseInt(parts.group(2));
        if (port == 0 || port > LAST_PORT) {
            throw invalid(parameter, text, "has no port from 1 to " + LAST_PORT, FORMS);
        }
        String path = parts.group(3) == null ? "" : parts.group(3).replaceFirst("/+$", "");
        return new EngineAddress(URI.create("tcp://" + host + ":" + port + path), found);
    }

    private static int usualPort(Optional<Path> certificates) {
        return certificates.isPresent() ? TLS_PORT : PLAIN_PORT;
    }

    private static InvalidSpecException refusedSsh(String parameter, String text, String target) {
        return invalid(
                parameter,
                text,
                "is reached over SSH, which is not supported",
                "Forward the engine's socket and name it: ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ssh://"
                        + (target.isEmpty() ? "HOST" : target) + " and -Dclaude-fleet.engine=unix:///tmp/docker.sock."
                        + " Agents' own workspaces are sent there; other directories must exist on that host.");
    }

    private static InvalidSpecException invalid(String parameter, String text, String problem, String suggestion) {
        return new InvalidSpecException(parameter, "\"" + text + "\" " + problem, suggestion);
    }
}
