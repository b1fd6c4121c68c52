package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.engine.ProgressSink;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Docker Engine, called through docker-java. Delegates each call to the class for its kind of object. */
final class DockerEngine implements ContainerEngine {

    private final Connection connection;
    private final DockerImages images;
    private final DockerContainers containers;
    private final DockerResources resources;
    private final DockerProcesses processes;

    /** @param connection connection to the engine, closed with it */
    DockerEngine(Connection connection) {
        DockerClient client = connection.client();
        TimedCalls calls = connection.calls();
        this.connection = connection;
        this.images = new DockerImages(client, calls, connection.errors());
        this.containers = new DockerContainers(client, calls, connection.info());
        this.resources = new DockerResources(client, calls);
        this.processes = new DockerProcesses(client, calls, connection.errors());
    }

    @Override
    public EngineInfo info() {
        return connection.info();
    }

    @Override
    public Optional<ImageObservation> image(String reference) {
        return images.find(reference);
    }

    @Override
    public void pull(String reference, ProgressSink progress) {
        images.pull(reference, progress);
    }

    @Override
    public void build(BuildRequest request, ProgressSink progress) {
        images.build(request, progress);
    }

    @Override
    public List<ContainerObservation> containers(LabelSelector selector) {
        return containers.all(selector);
    }

    @Override
    public List<Map<String, String>> labelsOfContainers(LabelSelector selector) {
        return containers.labels(selector);
    }

    @Override
    public Optional<ContainerObservation> container(String id) {
        return containers.find(id);
    }

    @Override
    public List<NetworkObservation> networks(LabelSelector selector) {
        return resources.networks(selector);
    }

    @Override
    public Optional<NetworkUse> network(String name) {
        return resources.network(name);
    }

    @Override
    public List<VolumeObservation> volumes(LabelSelector selector) {
        return resources.volumes(selector);
    }

    @Override
    public String createNetwork(NetworkRequest request) {
        return resources.createNetwork(request);
    }

    @Override
    public void createVolume(VolumeRequest request) {
        resources.createVolume(request);
    }

    @Override
    public String createContainer(ContainerRequest request) {
        return containers.create(request);
    }

    @Override
    public void start(String containerId) {
        containers.start(containerId);
    }

    @Override
    public void stop(String containerId, Duration grace) {
        containers.stop(containerId, grace);
    }

    @Override
    public void removeContainer(String containerId) {
        containers.remove(containerId);
    }

    @Override
    public void removeNetwork(String networkId) {
        resources.removeNetwork(networkId);
    }

    @Override
    public void removeVolume(String name) {
        resources.removeVolume(name);
    }

    @Override
    public void upload(String containerId, String directory, List<UploadFile> files) {
        containers.upload(containerId, directory, files);
    }

    @Override
    public ExecResult exec(ExecRequest request, Duration limit) {
        return processes.run(request, limit);
    }

    @Override
    public ExecSession open(ExecRequest request) {
        return processes.open(request, Optional.empty());
    }

    @Override
    public ExecSession open(ExecRequest request, LineSink output) {
        return processes.open(request, Optional.of(output));
    }

    @Override
    public LogStream logs(LogRequest request, LineSink sink) {
        return processes.logs(request, sink);
    }

    @Override
    public LogStream monitor() {
        return processes.monitor();
    }

    @Override
    public void close() {
        connection.close();
    }
}
