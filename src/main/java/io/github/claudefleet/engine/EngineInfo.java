package io.github.claudefleet.engine;

/**
 * What engine answers and what it has.
 *
 * @param address where it was reached, such as {@code unix:///var/run/docker.sock}
 * @param version the engine's own version
 * @param apiVersion the version of its API that is spoken
 * @param cpus its processors
 * @param memoryBytes its memory
 */
public record EngineInfo(String address, String version, String apiVersion, int cpus, long memoryBytes) {}
