package io.github.claudefleet.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Containers of an engine, from their creation to their removal. Failed calls throw an {@link EngineException}. */
public interface EngineContainers {

    /**
     * Returns the containers that have the labels, running or not, sorted by name. Takes a single list call, and one
     * more for each container that has ended. The list has no start times: {@link #find} reports them.
     */
    List<ContainerObservation> list(LabelSelector selector);

    /** Returns the labels of the matching containers, unsorted. Takes a single list call, however many there are. */
    List<Map<String, String>> labels(LabelSelector selector);

    /**
     * Returns the container, if there is one.
     *
     * @param id id of the container, or its name
     */
    Optional<ContainerObservation> find(String id);

    /**
     * Creates a container and returns its id. Does not start it.
     *
     * @throws EngineException of the kind {@code CONFLICT} if the name is in use
     */
    String create(ContainerRequest request);

    /**
     * Returns true if containers can mount what this machine has in a directory. An engine on another machine does not see
     * it, even if there is a directory of that name. Takes at most one call, and creates nothing on the engine.
     *
     * @param directory existing directory
     */
    boolean canMount(Path directory);

    /**
     * Returns the id of a container that sees a volume beside the container that uses it ({@link Mount.Workspace}), and
     * that runs the transfer's program. It stays until that container is removed. Empty if the engine has none, so that
     * one has to be created. Waits until it runs.
     *
     * @throws EngineException of the kind {@code NOT_FOUND} if it is gone, and the volume's files with it
     */
    Optional<String> beside(String volume);

    /**
     * Returns the reason for which a container ended, or does not run, if the engine knows more than its state: part of a
     * sentence, such as {@code pod a was evicted from its node: …}.
     */
    Optional<String> problem(String id);

    /** Starts a container. Accepts one that already runs. */
    void start(String id);

    /**
     * Stops a container and kills it after the grace period. Accepts one that has already exited.
     *
     * @param grace time to end by itself; rounded up to seconds
     */
    void stop(String id, Duration grace);

    /** Removes a container and kills it first if it runs. Accepts one that no longer exists. */
    void remove(String id);
}
