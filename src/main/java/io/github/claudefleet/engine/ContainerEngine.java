package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container engine. Each call either does what it says or throws an {@link EngineException} that names the call and
 * its target; calls end within a limit of the engine's own unless they say otherwise. Safe for use by several threads.
 */
public interface ContainerEngine extends AutoCloseable {

    /** What engine this is and what it has. */
    EngineInfo info();

    /** The image of that name, if the engine has it. */
    Optional<ImageObservation> image(String reference);

    /** Fetches an image from its registry; takes as long as that takes. */
    void pull(String reference, ProgressSink progress);

    /** Builds an image; takes as long as that takes. */
    void build(BuildRequest request, ProgressSink progress);

    /** The containers that carry the labels, running or not, in the order of their names. */
    List<ContainerObservation> containers(LabelSelector selector);

    /** The labels of those containers, in no order: what a list tells, however many there are. */
    List<Map<String, String>> labelsOfContainers(LabelSelector selector);

    /** The container of that id, if there is one. */
    Optional<ContainerObservation> container(String id);

    /** The networks that carry the labels, in the order of their names. */
    List<NetworkObservation> networks(LabelSelector selector);

    /** The network of that name, if there is one, whoever made it. */
    Optional<NetworkUse> network(String name);

    /** The volumes that carry the labels, in the order of their names. */
    List<VolumeObservation> volumes(LabelSelector selector);

    /** Makes a network of the fleet's own and returns its id. */
    String createNetwork(NetworkRequest request);

    /** Makes a volume of the fleet's own. */
    void createVolume(VolumeRequest request);

    /** Makes a container and returns its id; it isn't started. */
    String createContainer(ContainerRequest request);

    void start(String containerId);

    /** Asks a container to end and kills it after the grace; one that has ended already is fine. */
    void stop(String containerId, Duration grace);

    /** Removes a container, killed if it runs; one that is gone already is fine. */
    void removeContainer(String containerId);

    /** Removes a network; one that is gone already is fine. */
    void removeNetwork(String networkId);

    /** Removes a volume; one that is gone already is fine. */
    void removeVolume(String name);

    /**
     * Writes files below a directory of a running container, volumes in it included.
     *
     * @param directory an absolute path that exists in the container
     */
    void upload(String containerId, String directory, List<UploadFile> files);

    /**
     * Runs a command in a running container with nothing on its standard input and returns how it ended.
     *
     * @param limit after which the call is given up; the command itself may go on
     */
    ExecResult exec(ExecRequest request, Duration limit);

    /** Starts a command in a running container that is talked to through its standard streams. */
    ExecSession open(ExecRequest request);

    /** Hands a container's output to the sink, line by line, until it ends, the request is met, or it is closed. */
    LogStream logs(LogRequest request, LineSink sink);

    /** A connection on which nothing is said and which ends with the engine, or with the way to it. */
    LogStream monitor();

    @Override
    void close();
}
