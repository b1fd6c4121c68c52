package io.github.claudefleet.docker;

import com.github.dockerjava.core.RemoteApiVersion;

/** Finds the version of the Engine API that both sides speak, which docker-java leaves to its caller. */
final class ApiVersions {

    /** Engine 29 refuses less; Engine 20.10 stops at 1.41. */
    private static final RemoteApiVersion WANTED = RemoteApiVersion.VERSION_1_44;

    private ApiVersions() {}

    /**
     * The lower of 1.44 and the engine's newest, but not below the engine's oldest.
     *
     * @param newest what the engine's {@code /version} names {@code ApiVersion}
     * @param oldest what it names {@code MinAPIVersion}; null where an engine doesn't say
     * @throws IllegalArgumentException if either isn't a version
     */
    static RemoteApiVersion negotiate(String newest, String oldest) {
        RemoteApiVersion server = RemoteApiVersion.parseConfig(newest);
        RemoteApiVersion spoken = WANTED.isGreater(server) ? server : WANTED;
        if (oldest == null || oldest.isBlank()) {
            return spoken;
        }
        RemoteApiVersion least = RemoteApiVersion.parseConfig(oldest);
        return least.isGreater(spoken) ? least : spoken;
    }
}
