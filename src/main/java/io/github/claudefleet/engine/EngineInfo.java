package io.github.claudefleet.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Version, address, resources and capabilities of a connected engine.
 *
 * @param address address of the connection, such as {@code unix:///var/run/docker.sock}
 * @param version version of the engine
 * @param apiVersion negotiated version of its API
 * @param cpus number of its processors
 * @param memoryBytes size of its memory
 * @param directory its data directory for images and containers' writable layers, on its host; empty if not reported
 * @param users mapping of the containers' users to the users of its host
 * @param runtimes names of the runtimes that can run its containers; empty if not reported
 * @param writesReadOnly true if it writes files from outside into a container whose root file system is read-only
 * @param capabilities abilities that it has, of those that not every engine has
 */
public record EngineInfo(
        String address,
        String version,
        String apiVersion,
        int cpus,
        long memoryBytes,
        Optional<String> directory,
        UserMapping users,
        Set<String> runtimes,
        boolean writesReadOnly,
        Set<EngineCapability> capabilities) {

    public EngineInfo {
        runtimes = Set.copyOf(runtimes);
        capabilities = Set.copyOf(capabilities);
    }

    /**
     * Returns true if it can run containers by the runtime, as far as it says. Names of containerd's shims and paths need no
     * entry in its list.
     */
    public boolean offers(String runtime) {
        return runtimes.isEmpty()
                || runtimes.contains(runtime)
                || runtime.startsWith("io.containerd.")
                || runtime.startsWith("/");
    }

    /** Returns true if it has the capability. */
    public boolean has(EngineCapability capability) {
        return capabilities.contains(capability);
    }

    /** Returns this information without a capability. */
    public EngineInfo without(EngineCapability capability) {
        Set<EngineCapability> left = new HashSet<>(capabilities);
        left.remove(capability);
        return new EngineInfo(
                address, version, apiVersion, cpus, memoryBytes, directory, users, runtimes, writesReadOnly, left);
    }

    /** Creates information without a data directory and runtimes, with unmapped users and all capabilities. */
    public EngineInfo(String address, String version, String apiVersion, int cpus, long memoryBytes) {
        this(
                address,
                version,
                apiVersion,
                cpus,
                memoryBytes,
                Optional.empty(),
                UserMapping.SAME,
                Set.of(),
                false,
                EngineCapability.ALL);
    }
}
