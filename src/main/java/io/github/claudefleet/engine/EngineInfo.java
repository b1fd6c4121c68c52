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
 */
public record EngineInfo(
        String address, String version, String apiVersion, int cpus, long memoryBytes, Optional<String> directory) {

    /** One that doesn't say where it keeps things. */
    public EngineInfo(String address, String version, String apiVersion, int cpus, long memoryBytes) {
        this(address, version, apiVersion, cpus, memoryBytes, Optional.empty());
    }
}
