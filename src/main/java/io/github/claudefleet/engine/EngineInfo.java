package io.github.claudefleet.engine;

/**
 * What engine answers and what it has.
 *
 * @param address where it was reached, such as {@code unix:///var/run/docker.sock}
 * @param version the engine's own version
 * @param apiVersion the version of its API that is spoken
 * @param cpus its processors
 * @param memoryBytes its memory
 * @param users who containers' users are on its machine
 */
public record EngineInfo(
        String address, String version, String apiVersion, int cpus, long memoryBytes, UserMapping users) {

    /** One whose containers' users are those of the same number. */
    public EngineInfo(String address, String version, String apiVersion, int cpus, long memoryBytes) {
        this(address, version, apiVersion, cpus, memoryBytes, UserMapping.SAME);
    }
}
