package io.github.claudefleet.standin;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Addresses and ports of a stand-in.
 *
 * @param bind address such as {@code 127.0.0.1}, or {@code 0.0.0.0} in its own container
 * @param http port of the services and of the control, 0 for a free one
 * @param https port of the services over TLS, 0 for a free one, -1 for none
 * @param tls directory for the certificates; not used, and may be null, when https is -1
 */
public record StandInOptions(String bind, int http, int https, Path tls) {
    /** Usage of the command line. */
    static final String USAGE = "usage: AnthropicStandIn [--http PORT] [--https PORT --tls DIR] [--bind ADDRESS]";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int NONE = -1;
    private static final Set<String> NAMES = Set.of("--http", "--https", "--tls", "--bind");

    /** @throws IllegalArgumentException if a port is out of range, or the directory for the certificates is missing */
    public StandInOptions {
        if (http < 0 || http > 65535 || https < NONE || https > 65535) {
            throw new IllegalArgumentException("a port must be 0 to 65535; " + USAGE);
        }
        if (https != NONE && tls == null) {
            throw new IllegalArgumentException("--https needs --tls DIR, the folder for the certificates; " + USAGE);
        }
    }

    /** Options for HTTP only, on a free port of the loopback. */
    public static StandInOptions onLoopback() {
        return new StandInOptions(LOOPBACK, 0, NONE, null);
    }

    /** Adds TLS on another free port, with the certificates in this directory. */
    public StandInOptions withTls(Path folder) {
        return new StandInOptions(bind, http, 0, folder);
    }

    /** @throws IllegalArgumentException for an unknown option or one without a value; the message has the usage */
    static StandInOptions parse(String... args) {
        Map<String, String> given = pairs(args);
        String tls = given.get("--tls");
        return new StandInOptions(
                given.getOrDefault("--bind", LOOPBACK),
                port(given.getOrDefault("--http", "0")),
                port(given.getOrDefault("--https", String.valueOf(NONE))),
                tls == null ? null : Path.of(tls));
    }

    private static Map<String, String> pairs(String... args) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!NAMES.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " is no option, or lacks its value; " + USAGE);
            }
            pairs.put(args[i], args[i + 1]);
        }
        return pairs;
    }

    private static int port(String text) {
        if (!text.matches("-?\\d{1,6}")) {
            throw new IllegalArgumentException("'" + text + "' is no port; " + USAGE);
        }
        return Integer.parseInt(text);
    }

    boolean servesTls() {
        return https != NONE;
    }
}
