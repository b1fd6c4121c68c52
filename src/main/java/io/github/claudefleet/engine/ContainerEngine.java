package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port to a container engine. A call that fails throws an {@link EngineException} that names the call and its target.
 * Calls end within the engine's own time limit unless documented otherwise. Safe for use by several threads.
 */
public interface ContainerEngine extends AutoCloseable {

    /** Returns the version, address and resources of the engine. */
    EngineInfo info();

    /** Returns the image of that name, if the engine has it. */
    Optional<ImageObservation> image(String reference);

    /** Pulls an image from its registry. There is no limit to the total time. */
    void pull(String reference, ProgressSink progress);

    /** Builds an image. There is no limit to the total time. */
    void build(BuildRequest request, ProgressSink progress);

    /**
     * Returns the containers that have the labels, running or not, sorted by name. Takes a single list call, and one
     * more for each container that has ended. The list has no start times: {@link #container} reports them.
     */
    List<ContainerObservation> containers(LabelSelector selector);

    /** Returns the labels of the matching containers, unsorted. Takes a single list call, however many there are. */
    List<Map<String, String>> labelsOfContainers(LabelSelector selector);

    /** Returns the container of that id, if there is one. */
    Optional<ContainerObservation> container(String id);

    /** Returns the networks that have the labels, sorted by name. */
    List<NetworkObservation> networks(LabelSelector selector);

    /** Returns the network of that name, if there is one, whether or not a fleet created it. */
    Optional<NetworkUse> network(String name);

    /** Returns the volumes that have the labels, sorted by name. */
    List<VolumeObservation> volumes(LabelSelector selector);

    /** Creates a network that the fleet owns and returns its id. */
    String createNetwork(NetworkRequest request);

    /** Creates a volume that the fleet owns. */
    void createVolume(VolumeRequest request);

    /** Creates a container and returns its id. Does not start it. */
    String createContainer(ContainerRequest request);

    void start(String containerId);

    /** Stops a container and kills it after the grace period. Accepts one that has already exited. */
    void stop(String containerId, Duration grace);

    /** Removes a container and kills it first if it runs. Accepts one that no longer exists. */
    void removeContainer(String containerId);

    /** Removes a network. Accepts one that no longer exists. */
    void removeNetwork(String networkId);

    /** Removes a volume. Accepts one that no longer exists. */
    void removeVolume(String name);

    /**
     * Writes files below a directory of a running container, also into volumes that are mounted there.
     *
     * @param directory absolute path that exists in the container
     */
    void upload(String containerId, String directory, List<UploadFile> files);

    /**
     * Runs a command in a running container with an empty standard input and returns its result.
     *
     * @param limit time after which the call fails; the command itself may continue to run
     */
    ExecResult exec(ExecRequest request, Duration limit);

    /** Starts a command in a running container for a dialogue through its standard streams. */
    ExecSession open(ExecRequest request);

    /**
     * Starts a command in a running container for a dialogue of any length. Its standard output goes to the sink, line by
     * line, and is no part of {@link ExecSession#output}.
     */
    ExecSession open(ExecRequest request, LineSink output);

    /**
     * Sends a container's output to the sink, line by line, until it ends, the request is fulfilled, or it is closed.
     */
    LogStream logs(LogRequest request, LineSink sink);

    /** Opens a connection without data that ends when the engine, or the connection to it, is lost. */
    LogStream monitor();

    @Override
    void close();
}
