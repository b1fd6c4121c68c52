package io.github.claudefleet.engine;

import java.util.Set;

/** Ability that some engines have no equivalent of. Docker and Podman have all of them. */
public enum EngineCapability {
    /** Mounts of directories and files of the machine that Maven runs on ({@link Mount.Directory}). */
    HOST_DIRECTORIES("access to this machine's directories"),
    /** Builds of images ({@link EngineImages#build}). */
    BUILDS("image builds"),
    /** Networks that containers join by name ({@link EngineNetworks}). */
    NETWORKS("container networks"),
    /** Uploads into a volume that several containers mount ({@link ContainerFiles#upload}). */
    UPLOADS_INTO_VOLUMES("uploads into volumes"),
    /** Restarts of a container that ends, without a client ({@link RestartPolicy}). */
    RESTART_POLICIES("restart policies");

    /** All capabilities. */
    public static final Set<EngineCapability> ALL = Set.of(values());

    private final String words;

    EngineCapability(String words) {
        this.words = words;
    }

    /** Returns the capability in words, such as {@code image builds}. */
    public String words() {
        return words;
    }
}
