package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;
import java.util.Map;
import java.util.Optional;

/**
 * A volume to make.
 *
 * @param name unique on the engine
 * @param labels by which it is found again
 * @param memory that it is to be kept in; empty for a volume on the engine's disk, whose root belongs to root
 */
public record VolumeRequest(String name, Map<String, String> labels, Optional<Memory> memory) {

    /**
     * A volume that never touches a disk, and lives only while a container uses it.
     *
     * @param owner who alone may enter it
     * @param bytes the most that it holds
     */
    public record Memory(ContainerUser owner, long bytes) {}

    /** A volume on the engine's disk. */
    public static VolumeRequest onDisk(String name, Map<String, String> labels) {
        return new VolumeRequest(name, labels, Optional.empty());
    }

    /** A volume in memory. */
    public static VolumeRequest inMemory(String name, Map<String, String> labels, ContainerUser owner, long bytes) {
        return new VolumeRequest(name, labels, Optional.of(new Memory(owner, bytes)));
    }
}
