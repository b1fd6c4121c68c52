package io.github.claudefleet.engine;

import java.util.List;

/**
 * Port to a container engine, with an interface for each kind of object. Calls of all of them that fail throw an
 * {@link EngineException} that names the call and its target, and end within the engine's own time limit unless
 * documented otherwise. Safe for use by several threads.
 *
 * <p>An engine without a {@linkplain EngineInfo#capabilities capability} lists and finds none of the objects concerned,
 * and throws an {@link UnsupportedOperationException} from each operation that needs it. Plans are checked for that before
 * they are applied.
 */
public interface ContainerEngine extends AutoCloseable {

    /** Returns the version, address, resources and capabilities of the engine. */
    EngineInfo info();

    /** Returns the operations on containers. */
    EngineContainers containers();

    /** Returns the operations on images. */
    EngineImages images();

    /** Returns the operations on networks. */
    EngineNetworks networks();

    /** Returns the operations on volumes. */
    EngineVolumes volumes();

    /** Returns the operations on files in containers. */
    ContainerFiles files();

    /** Returns the operations on commands in containers. */
    ContainerProcesses processes();

    /** Returns the operations on the output of containers. */
    ContainerLogs logs();

    /** Opens a connection without data that ends when the engine, or the connection to it, is lost. */
    LogStream monitor();

    /**
     * Returns the rights that a fleet needs; empty for an engine that does not distinguish users.
     *
     * @param fenced true if the fleet has a {@linkplain NetworkRequest.Fence fence}
     */
    default List<EngineRight> rights(boolean fenced) {
        return List.of();
    }

    @Override
    void close();
}
