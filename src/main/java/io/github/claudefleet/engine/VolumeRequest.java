package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;
import java.util.Map;
import java.util.Optional;

/**
 * Request to create a volume.
 *
 * @param name unique name on the engine
 * @param labels labels that identify it later
 * @param memory settings of a tmpfs volume; empty for a volume on disk, whose root directory belongs to root
 */
public record VolumeRequest(String name, Map<String, String> labels, Optional<Memory> memory) {

    /**
     * Settings of a tmpfs volume, which is never written to disk and loses its content when no container uses it.
     *
     * @param owner only user with access to it
     * @param bytes maximum size
     */
    public record Memory(ContainerUser owner, long bytes) {}

    /** Returns a volume on the engine's disk. */
    public static VolumeRequest onDisk(String name, Map<String, String> labels) {
        return new VolumeRequest(name, labels, Optional.empty());
    }

    /** Returns a volume in memory (tmpfs). */
    public static VolumeRequest inMemory(String name, Map<String, String> labels, ContainerUser owner, long bytes) {
        return new VolumeRequest(name, labels, Optional.of(new Memory(owner, bytes)));
    }
}
