package io.github.claudefleet.engine;

import java.util.Map;
import java.util.Optional;

/**
 * Request to create a network.
 *
 * @param name unique name on the engine
 * @param labels labels that identify it later
 * @param fence way out of the containers that join it, for an engine without {@link EngineCapability#NETWORKS}; empty for
 *     a network like others
 */
public record NetworkRequest(String name, Map<String, String> labels, Optional<Fence> fence) {

    /** Creates a request for a network without a fence. */
    public NetworkRequest(String name, Map<String, String> labels) {
        this(name, labels, Optional.empty());
    }

    /**
     * Rule that the containers which join a network reach others alone, and no container reaches them. Not every engine
     * that takes it enforces it.
     *
     * @param labels labels of the containers that may be reached
     * @param port port of them
     */
    public record Fence(Map<String, String> labels, int port) {

        public Fence {
            labels = Map.copyOf(labels);
        }
    }
}
