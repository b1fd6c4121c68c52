package io.github.claudefleet.spec;

import java.util.Comparator;
import java.util.List;

/**
 * Requests of one agent to one host, as its gateway counted them.
 *
 * @param agent name of the agent
 * @param host name or address
 * @param port port
 * @param requests number of requests that were let through
 * @param refused number of requests that were refused
 * @param reason why they were refused, in the gateway's words; empty if none was
 */
public record EgressUse(String agent, String host, int port, long requests, long refused, String reason) {

    /** Order by agent and host, the refused ones first. */
    public static final Comparator<EgressUse> ORDER = Comparator.comparing((EgressUse use) -> use.refused() == 0)
            .thenComparing(EgressUse::agent)
            .thenComparing(EgressUse::host)
            .thenComparing(EgressUse::port)
            .thenComparing(EgressUse::reason);

    /** Returns the host, with a port that is not 443. */
    public String place() {
        return EgressRule.of(host, port).text();
    }

    /** Returns the reason in words. */
    public String reasonText() {
        return reason.replace('_', ' ');
    }

    /** Returns the elements of {@code <egress>} that would let through what was refused, each once. */
    public static List<String> missingRules(List<EgressUse> uses) {
        return uses.stream()
                .filter(EgressUse::lacksRule)
                .map(use -> "<allow>" + use.place() + "</allow>")
                .distinct()
                .toList();
    }

    /** Returns true if another {@code <allow>} would let these requests through. */
    public boolean lacksRule() {
        return refused > 0 && (reason.equals("not_allowed") || reason.equals("port"));
    }
}
