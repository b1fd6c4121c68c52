package io.github.claudefleet.faults;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The engine as it is, and through a proxy that can spoil what is said; what a test makes with its label goes at the end. */
final class ProxiedEngine implements AutoCloseable {

    private static final String LABEL = "io.github.claudefleet.test.faults";

    private final String run = UUID.randomUUID().toString();
    private final ContainerEngine engine;
    private final FaultProxy proxy;
    private final ContainerEngine proxied;

    /**
     * Connects both.
     *
     * @param home a home directory with no docker context
     * @param limit how long a call through the proxy may take
     */
    ProxiedEngine(Path home, Duration limit) throws IOException {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), home);
        proxy = FaultProxy.before(engine.info().address());
        proxied = DockerEngines.connect(Optional.of(proxy.address()), Map.of(), home, limit);
    }

    ContainerEngine direct() {
        return engine;
    }

    FaultProxy proxy() {
        return proxy;
    }

    ContainerEngine proxied() {
        return proxied;
    }

    /** A name that nothing else has. */
    String name() {
        return "claude-fleet-faults-" + run;
    }

    Map<String, String> labels() {
        return Map.of(LABEL, run);
    }

    /** All with {@link #labels()}. */
    LabelSelector ours() {
        return new LabelSelector(LABEL, Optional.of(run));
    }

    @Override
    public void close() throws IOException {
        proxied.close();
        proxy.close();
        engine.containers(ours()).forEach(container -> engine.removeContainer(container.id()));
        engine.networks(ours()).forEach(network -> engine.removeNetwork(network.id()));
        engine.volumes(ours()).forEach(volume -> engine.removeVolume(volume.name()));
        engine.close();
    }
}
