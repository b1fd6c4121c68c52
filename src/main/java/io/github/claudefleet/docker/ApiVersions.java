package io.github.claudefleet.docker;

import com.github.dockerjava.core.RemoteApiVersion;

/** Negotiates the version of the Engine API, which docker-java leaves to its caller. */
final class ApiVersions {

    /** Preferred version. Engine 29 refuses lower ones; Engine 20.10 supports at most 1.41. */
    private static final RemoteApiVersion WANTED = RemoteApiVersion.VERSION_1_44;

    private ApiVersions() {}

    /**
     * Returns the lower of 1.44 and the engine's newest version, but not less than the engine's oldest.
     *
     * @param newest field {@code ApiVersion} of the engine's {@code /version}
     * @param oldest field {@code MinAPIVersion}; null if the engine does not report it
     * @throws IllegalArgumentException if either is not a version
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
