package io.github.claudefleet.plan;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Secret of a fleet's gateway. The names of directories are made from it, which an agent can only know if it was told:
 * an agent's socket is its identity at the gateway.
 *
 * @param value hexadecimal digits
 */
public record GatewayKey(String value) {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns the key of the observed gateway, or a new one. */
    static GatewayKey of(ObservedFleet observed) {
        return observed.gateway()
                .flatMap(gateway -> gateway.label(Labels.GATEWAY_KEY))
                .map(GatewayKey::new)
                .orElseGet(GatewayKey::random);
    }

    private static GatewayKey random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new GatewayKey(HexFormat.of().formatHex(bytes));
    }

    /** Returns the name of the directory of an agent's socket. */
    public String socketDirectory(AgentName agent) {
        return name("agent " + agent.value());
    }

    /** Returns the path of an agent's socket in its container. */
    public String socket(AgentName agent) {
        return ContainerPaths.GATEWAY + "/agents/" + socketDirectory(agent) + "/proxy.sock";
    }

    /** Returns the path of the gateway's own directory, with its policy and the key of its CA. */
    public String privateDirectory() {
        return ContainerPaths.GATEWAY + "/private/" + privateName();
    }

    /** Returns the name of that directory. */
    public String privateName() {
        return name("private");
    }

    private String name(String purpose) {
        return new Sha256().add(value).add(purpose).hex().substring(0, 2 * BYTES);
    }

    @Override
    public String toString() {
        return "key of the gateway";
    }
}
