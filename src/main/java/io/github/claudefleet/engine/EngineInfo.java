package io.github.claudefleet.engine;

import java.util.Optional;

/**
 * Version, address and resources of a connected engine.
 *
 * @param address address of the connection, such as {@code unix:///var/run/docker.sock}
 * @param version version of the engine
 * @param apiVersion negotiated version of its API
 * @param cpus number of its processors
 * @param memoryBytes size of its memory
 * @param directory its data directory for images and containers' writable layers, on its host; empty if not reported
 * @param users mapping of the containers' users to the users of its host
 */
public record EngineInfo(
        String address,
        String version,
        String apiVersion,
        int cpus,
        long memoryBytes,
        Optional<String> directory,
        UserMapping users) {

    /** Creates information without a data directory and with unmapped users. */
    public EngineInfo(String address, String version, String apiVersion, int cpus, long memoryBytes) {
        this(address, version, apiVersion, cpus, memoryBytes, Optional.empty(), UserMapping.SAME);
    }
}
