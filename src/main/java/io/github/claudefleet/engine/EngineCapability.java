package io.github.claudefleet.engine;

import java.util.Set;

/** Ability that some engines have no equivalent of, or another one. Docker and Podman have all of them. */
public enum EngineCapability {
    /** Mounts of directories and files of the machine that Maven runs on ({@link Mount.Directory}). */
    HOST_DIRECTORIES("access to this machine's directories"),
    /** Builds of images ({@link EngineImages#build}). */
    BUILDS("image builds"),
    /** Images that it lists and pulls ({@link EngineImages}). Without it, an image is pulled with its container. */
    IMAGES("a list of its images"),
    /**
     * Networks that containers join by name ({@link EngineNetworks}), or none. Without it, all containers are on the engine's
     * own network ({@link NetworkAttachment#COMMON}), in which there can be fences ({@link NetworkRequest.Fence}).
     */
    NETWORKS("container networks"),
    /**
     * Volumes that show to all containers what one of them writes, so that an upload reaches them all
     * ({@link ContainerFiles#upload}). Without it, a volume gets its files before it is mounted
     * ({@link EngineVolumes#write}), and a container that may write it has a copy of its own, empty at first.
     */
    SHARED_VOLUMES("volumes that containers share"),
    /** Standard error apart from standard output in a container's log ({@link LineSink#errorLine}). */
    SEPARATE_ERRORS("logs with two streams"),
    /** Starts of containers that have ended ({@link EngineContainers#start}), whose log goes on then. */
    SECOND_STARTS("starts of ended containers"),
    /** Containers that stay until somebody removes them. Without it, they end with the connection that created them. */
    LASTING_CONTAINERS("containers without a client"),
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
