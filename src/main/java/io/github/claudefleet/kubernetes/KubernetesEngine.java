package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerFiles;
import io.github.claudefleet.engine.ContainerLogs;
import io.github.claudefleet.engine.ContainerProcesses;
import io.github.claudefleet.engine.EngineContainers;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.EngineNetworks;
import io.github.claudefleet.engine.EngineRight;
import io.github.claudefleet.engine.EngineVolumes;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.spec.ClusterSpec;
import java.util.List;

/** Namespace of a Kubernetes cluster as an engine, with a class for each kind of object. */
final class KubernetesEngine implements ContainerEngine {

    private final ClusterConnection connection;
    private final EngineInfo info;
    private final FleetAnchors anchors;
    private final ClusterImages images = new ClusterImages();
    private final ClusterNetworks networks;
    private final FileVolumes volumes;
    private final ClusterPods pods;
    private final PodProcesses processes;
    private final PodFiles files;
    private final PodLogs logs;

    /** @param connection connection to the cluster, closed with the engine */
    KubernetesEngine(ClusterConnection connection, EngineInfo info, ClusterSpec spec) {
        this.connection = connection;
        this.info = info;
        this.anchors = new FleetAnchors(connection);
        this.networks = new ClusterNetworks(connection, anchors);
        this.volumes = new FileVolumes(connection, anchors);
        this.pods = new ClusterPods(connection, volumes, anchors, new PodSettings(spec));
        this.processes = new PodProcesses(connection);
        this.files = new PodFiles(processes);
        this.logs = new PodLogs(connection);
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public EngineContainers containers() {
        return pods;
    }

    @Override
    public EngineImages images() {
        return images;
    }

    @Override
    public EngineNetworks networks() {
        return networks;
    }

    @Override
    public EngineVolumes volumes() {
        return volumes;
    }

    @Override
    public ContainerFiles files() {
        return files;
    }

    @Override
    public ContainerProcesses processes() {
        return processes;
    }

    @Override
    public ContainerLogs logs() {
        return logs;
    }

    @Override
    public LogStream monitor() {
        return ClusterMonitor.start(connection::version);
    }

    @Override
    public List<EngineRight> rights(boolean fenced) {
        return new FleetRights(connection).ask(fenced);
    }

    @Override
    public void close() {
        anchors.close();
        connection.close();
    }
}
