package io.github.claudefleet.it;

import java.io.IOException;

/**
 * Way between the pods of a cluster's node. The engine that all tests share has this machine forward nothing but its own
 * containers' packets, and packets on another engine's bridge count as forwarded.
 */
public final class PodNetwork implements AutoCloseable {

    private final String bridge;

    private PodNetwork(String bridge) {
        this.bridge = bridge;
    }

    /** Opens the way on the cluster's own bridge. */
    public static PodNetwork of(ThrowawayKubernetes cluster) throws IOException, InterruptedException {
        PodNetwork network = new PodNetwork(cluster.cgroup());
        network.rule("--insert");
        return network;
    }

    @Override
    public void close() throws IOException {
        try {
            rule("--delete");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rule(String change) throws IOException, InterruptedException {
        Command.run("iptables", "--wait", change, "FORWARD", "-i", bridge, "-o", bridge, "-j", "ACCEPT");
    }
}
