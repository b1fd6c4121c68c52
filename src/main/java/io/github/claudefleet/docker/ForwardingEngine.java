package io.github.claudefleet.docker;

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

/** Forwards all calls to another engine. Subclasses override single calls. */
abstract class ForwardingEngine implements ContainerEngine {

    private final ContainerEngine engine;

    ForwardingEngine(ContainerEngine engine) {
        this.engine = engine;
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public Optional<ImageObservation> image(String reference) {
        return engine.image(reference);
    }

    @Override
    public void pull(String reference, ProgressSink progress) {
        engine.pull(reference, progress);
    }

    @Override
    public void build(BuildRequest request, ProgressSink progress) {
        engine.build(request, progress);
    }

    @Override
    public List<ContainerObservation> containers(LabelSelector selector) {
        return engine.containers(selector);
    }

    @Override
    public List<Map<String, String>> labelsOfContainers(LabelSelector selector) {
        return engine.labelsOfContainers(selector);
    }

    @Override
    public Optional<ContainerObservation> container(String id) {
        return engine.container(id);
    }

    @Override
    public List<NetworkObservation> networks(LabelSelector selector) {
        return engine.networks(selector);
    }

    @Override
    public Optional<NetworkUse> network(String name) {
        return engine.network(name);
    }

    @Override
    public List<VolumeObservation> volumes(LabelSelector selector) {
        return engine.volumes(selector);
    }

    @Override
    public String createNetwork(NetworkRequest request) {
        return engine.createNetwork(request);
    }

    @Override
    public void createVolume(VolumeRequest request) {
        engine.createVolume(request);
    }

    @Override
    public String createContainer(ContainerRequest request) {
        return engine.createContainer(request);
    }

    @Override
    public void start(String containerId) {
        engine.start(containerId);
    }

    @Override
    public void stop(String containerId, Duration grace) {
        engine.stop(containerId, grace);
    }

    @Override
    public void removeContainer(String containerId) {
        engine.removeContainer(containerId);
    }

    @Override
    public void removeNetwork(String networkId) {
        engine.removeNetwork(networkId);
    }

    @Override
    public void removeVolume(String name) {
        engine.removeVolume(name);
    }

    @Override
    public void upload(String containerId, String directory, List<UploadFile> files) {
        engine.upload(containerId, directory, files);
    }

    @Override
    public ExecResult exec(ExecRequest request, Duration limit) {
        return engine.exec(request, limit);
    }

    @Override
    public ExecSession open(ExecRequest request) {
        return engine.open(request);
    }

    @Override
    public ExecSession open(ExecRequest request, LineSink output) {
        return engine.open(request, output);
    }

    @Override
    public LogStream logs(LogRequest request, LineSink sink) {
        return engine.logs(request, sink);
    }

    @Override
    public LogStream monitor() {
        return engine.monitor();
    }

    @Override
    public void close() {
        engine.close();
    }
}
