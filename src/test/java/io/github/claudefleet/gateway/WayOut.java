package io.github.claudefleet.gateway;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way out of an agent's container that the attacker tries.
 *
 * @param name its name in attacker.mjs
 * @param agent agent that tries it, by the name that the policy has
 * @param reach engines and control on which it is tried
 * @param text what is tried, for the document
 */
record WayOut(String name, String agent, Reach reach, String text) {

    /** Where a way is tried. */
    enum Reach {
        /** On every engine, and in a container without the gateway, where it must succeed. */
        CONTROLLED,
        /** On every engine. */
        EVERYWHERE,
        /** Only on the engine that all tests share, since it needs services outside. */
        WITH_SERVICES
    }

    private static final String ATTACKER = "attacker";
    private static final String GUARDED = "guarded";

    /** All ways, in the order of the document. */
    static final List<WayOut> ALL = List.of(
            controlled("tcp", "TCP to addresses outside"),
            controlled("no-proxy", "HTTPS without the proxy variables"),
            controlled("dns-tunnel", "data in a name that the engine's DNS server is asked for"),
            controlled("dns-direct", "UDP and TCP to another DNS server"),
            controlled("udp", "UDP and QUIC"),
            controlled("metadata", "metadata services of clouds"),
            controlled("host", "the host: the bridge's address, `host.docker.internal`"),
            everywhere("ipv6", "IPv6, also as a form of an IPv4 address"),
            everywhere("doh", "DNS over HTTPS"),
            everywhere("numeric", "addresses as one number, in hexadecimal and octal form"),
            services("metadata-gateway", "metadata services through the gateway, also by an allowed name"),
            everywhere("host-gateway", "the host through the gateway"),
            everywhere("neighbours", "the gateway's and other agents' ports"),
            everywhere("gateway-itself", "the gateway as the gateway's target"),
            everywhere("other-port", "an allowed host on another port"),
            services("server-name", "another TLS server name than the tunnel's host"),
            services("host-header", "another `Host` than the tunnel's"),
            services("two-hosts", "two `Host` headers"),
            services("absolute-form", "another host in the request line within TLS"),
            services("folded-header", "a header that goes on in a second line"),
            everywhere("spelling", "suffixes, prefixes, user names and other signs in the host"),
            everywhere("case", "upper case and a final dot"),
            everywhere("unicode", "letters that look like others, percent signs, punycode"),
            everywhere("null-byte", "a null byte in the host"),
            everywhere("zone-id", "zone ids and mapped addresses"),
            services("opaque", "bytes that are no TLS in an allowed tunnel"),
            services("websocket", "WebSocket"),
            services("http2", "HTTP/2 without being asked"),
            services("chained-proxy", "`CONNECT` within an allowed tunnel"),
            everywhere("clear-text", "HTTP without TLS, `https:` without a tunnel, FTP"),
            everywhere("smuggling", "two lengths, spaces in headers, requests in a row"),
            everywhere("paths", "paths of the API and of a restricted host, in many spellings"),
            everywhere("methods", "other methods of a restricted host"),
            services("overrides", "headers that name another path, method or host"),
            services("foreign-key", "somebody else's credential for the API"),
            services("hop-by-hop", "the credential's header declared hop-by-hop"),
            services("trailers", "a credential after the body"),
            everywhere("echo", "`TRACE`, for an answer with the credential"),
            services("private-names", "allowed names with private addresses, loopback or the gateway's own"),
            services("redirect", "a redirect from an allowed host"),
            everywhere("huge-headers", "headers of a megabyte"),
            everywhere("raw", "raw sockets, ICMP"),
            everywhere("sctp", "SCTP"),
            everywhere("abstract-socket", "abstract sockets of other containers"),
            everywhere("neighbours-socket", "other agents' sockets and the policy, by listing and watching"),
            everywhere("replaced-relay", "other files in the gateway's volume"),
            everywhere("engine-socket", "the engine's socket"),
            everywhere("other-processes", "processes of other containers"),
            new WayOut("compressed-body", GUARDED, Reach.EVERYWHERE, "another model in a compressed request"),
            new WayOut("two-models", GUARDED, Reach.EVERYWHERE, "another model, two models, other spellings of it"));

    private static WayOut controlled(String name, String text) {
        return new WayOut(name, ATTACKER, Reach.CONTROLLED, text);
    }

    private static WayOut everywhere(String name, String text) {
        return new WayOut(name, ATTACKER, Reach.EVERYWHERE, text);
    }

    private static WayOut services(String name, String text) {
        return new WayOut(name, ATTACKER, Reach.WITH_SERVICES, text);
    }

    /** Returns the names of an agent's ways. */
    static List<String> of(String agent, Reach... reaches) {
        return ALL.stream()
                .filter(way -> way.agent.equals(agent))
                .filter(way -> Stream.of(reaches).anyMatch(reach -> reach == way.reach))
                .map(WayOut::name)
                .toList();
    }
}
