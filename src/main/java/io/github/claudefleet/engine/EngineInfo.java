package io.github.claudefleet.engine;

import java.util.Optional;

/**
 * What engine answers and what it has.
 *
 * @param address where it was reached, such as {@code unix:///var/run/docker.sock}
 * @param version the engine's own version
 * @param apiVersion the version of its API that is spoken
 * @param cpus its processors
 * @param memoryBytes its memory
 * @param directory where on its machine it keeps images and what containers write, where it says so
 * @param users who containers' users are on its machine
 */
public record EngineInfo(
        String address,
        String version,
        String apiVersion,
        int cpus,
        long memoryBytes,
        Optional<String> directory,
        UserMapping users) {

    /** One that doesn't say where it keeps things, and whose containers' users are those of the same number. */
    public EngineInfo(String address, String version, String apiVersion, int cpus, long memoryBytes) {
        this(address, version, apiVersion, cpus, memoryBytes, Optional.empty(), UserMapping.SAME);
    }
}
