package io.github.claudefleet.spec;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Host that an agent may reach.
 *
 * @param host name or address in lower case, {@code *.} before a name for all names below it, or {@code *} for all hosts
 * @param port port, 443 if the text has none
 * @param methods methods of HTTP in upper case, or empty for all
 * @param path beginning of the path, or empty for all paths
 */
public record EgressRule(String host, int port, List<String> methods, Optional<String> path) {

    /** Port of HTTPS. */
    public static final int HTTPS = 443;

    private static final int HTTP = 80;
    private static final int MOST_PORTS = 65_535;
    private static final String PARAMETER = "egress.allow";
    private static final Pattern TEXT = Pattern.compile("(?:(?<methods>[A-Z]+(?:\\|[A-Z]+)*)\\s+)?"
            + "(?<host>\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+)(?::(?<port>[^/\\s]*))?(?<path>/\\S*)?");
    private static final Pattern NAME = Pattern.compile(
            "(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");

    public EgressRule {
        methods = List.copyOf(methods);
    }

    /** Creates a rule for all requests to a host. */
    public static EgressRule of(String host, int port) {
        return new EgressRule(host, port, List.of(), Optional.empty());
    }

    /** Returns the rule for all requests to the host of an address; empty if that is not one of HTTP or HTTPS. */
    public static Optional<EgressRule> of(URI address) {
        boolean isPlain = "http".equalsIgnoreCase(address.getScheme());
        if (address.getHost() == null || !isPlain && !"https".equalsIgnoreCase(address.getScheme())) {
            return Optional.empty();
        }
        String host = address.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        int standard = isPlain ? HTTP : HTTPS;
        return Optional.of(of(host, address.getPort() > 0 ? address.getPort() : standard));
    }

    /**
     * Returns the rule for a text such as {@code repo.example.org}, {@code *.example.org:8443} or
     * {@code GET|HEAD api.example.org/v1/}.
     *
     * @throws InvalidSpecException if the text is no such rule
     */
    public static EgressRule parse(String text) {
        String rule = text.strip();
        if (rule.contains("://")) {
            throw refused(rule, "is an address", "Leave out the scheme, such as in repo.example.org or HOST:80.");
        }
        Matcher matcher = TEXT.matcher(rule);
        if (!matcher.matches()) {
            throw refused(rule, "is not a host", "Write HOST, HOST:PORT, *.HOST, or GET|HEAD HOST/PATH.");
        }
        return new EgressRule(
                host(rule, matcher.group("host")),
                port(rule, matcher.group("port")),
                matcher.group("methods") == null
                        ? List.of()
                        : Arrays.asList(matcher.group("methods").split("\\|")),
                Optional.ofNullable(matcher.group("path")).map(path -> path(rule, path)));
    }

    /** Returns true if the rule matches all hosts, or all below one top-level domain. */
    public boolean isBroad() {
        return host.equals("*") || host.startsWith("*.") && host.indexOf('.', 2) < 0;
    }

    /** Returns the rule in the form that {@link #parse} takes, without a port that is the default. */
    public String text() {
        return (methods.isEmpty() ? "" : String.join("|", methods) + " ")
                + (host.contains(":") ? "[" + host + "]" : host)
                + (port == HTTPS ? "" : ":" + port)
                + path.orElse("");
    }

    /** Returns several rules as one text. */
    public static String text(List<EgressRule> rules) {
        return rules.stream().map(EgressRule::text).collect(Collectors.joining(", "));
    }

    private static String host(String rule, String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return address(rule, host);
        }
        if (!host.equals("*") && !NAME.matcher(host).matches()) {
            throw refused(
                    rule,
                    "has no valid host",
                    "Use letters, digits, dots and hyphens; write an international name in its form with xn--.");
        }
        return host;
    }

    /** Returns an IPv6 address without its brackets. Nothing is looked up, as the text can't be a name. */
    private static String address(String rule, String bracketed) {
        try {
            InetAddress.getByName(bracketed);
            return bracketed.substring(1, bracketed.length() - 1);
        } catch (UnknownHostException e) {
            throw refused(rule, "has no valid address", "Write an IPv6 address in brackets, such as [2001:db8::1].");
        }
    }

    private static int port(String rule, String text) {
        if (text == null) {
            return HTTPS;
        }
        if (!text.matches("\\d{1,5}")) {
            throw refused(rule, "has no valid port", "Use a number from 1 to " + MOST_PORTS + ".");
        }
        return Numbers.within(PARAMETER, Integer.parseInt(text), 1, MOST_PORTS);
    }

    /** Refuses a path that servers could read in another way than the gateway does. */
    private static String path(String rule, String path) {
        boolean hasDots = (path + "/").contains("/../") || (path + "/").contains("/./");
        if (hasDots || path.contains("//") || path.matches(".*[\\\\%?#;].*")) {
            throw refused(rule, "has a path that is not plain", "Write the beginning of the path, such as /maven2/.");
        }
        return path;
    }

    private static InvalidSpecException refused(String rule, String problem, String suggestion) {
        return new InvalidSpecException(PARAMETER, "\"" + rule + "\" " + problem, suggestion);
    }
}
