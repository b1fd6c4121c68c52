package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerFiles;
import io.github.claudefleet.engine.ContainerLogs;
import io.github.claudefleet.engine.ContainerProcesses;
import io.github.claudefleet.engine.EngineContainers;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.EngineNetworks;
import io.github.claudefleet.engine.EngineVolumes;
import io.github.claudefleet.engine.LogStream;

/** Docker Engine, called through docker-java, with a class for each kind of object. */
final class DockerEngine implements ContainerEngine {

    private final Connection connection;
    private final DockerImages images;
    private final DockerContainers containers;
    private final DockerNetworks networks;
    private final DockerVolumes volumes;
    private final DockerFiles files;
    private final DockerProcesses processes;

    /** @param connection connection to the engine, closed with it */
    DockerEngine(Connection connection) {
        DockerClient client = connection.client();
        TimedCalls calls = connection.calls();
        this.connection = connection;
        this.images = new DockerImages(client, calls, connection.errors());
        this.containers = new DockerContainers(
                client, calls, connection.info(), new DirectoryProbe(client, calls, !connection.isHere()));
        this.networks = new DockerNetworks(client, calls);
        this.volumes = new DockerVolumes(client, calls);
        this.files = new DockerFiles(client, calls);
        this.processes = new DockerProcesses(client, calls, connection.errors());
    }

    @Override
    public EngineInfo info() {
        return connection.info();
    }

    @Override
    public EngineContainers containers() {
        return containers;
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
        return processes;
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
