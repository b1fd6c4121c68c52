package io.github.claudefleet.engine;

import java.util.List;

/**
 * Network that a container joins, and names that it resolves itself.
 *
 * @param name name of the network
 * @param extraHosts {@code HOST:ADDRESS} lines for the container's hosts file
 */
public record NetworkAttachment(String name, List<String> extraHosts) {

    /** No network: the container has no interface but its own loopback. */
    public static final NetworkAttachment NONE = new NetworkAttachment("none");

    /** Name that stands for the one network of an engine without networks to choose from. */
    public static final String COMMON = "the engine's own";

    public NetworkAttachment {
        extraHosts = List.copyOf(extraHosts);
    }

    /** Creates an attachment without additions to the hosts file. */
    public NetworkAttachment(String name) {
        this(name, List.of());
    }
}
