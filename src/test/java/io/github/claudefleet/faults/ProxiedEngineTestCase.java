package io.github.claudefleet.faults;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.spec.HomeDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Base of tests with two connections to the engine: a direct one, and one through a proxy that can inject faults.
 * Removes all resources with its labels after each test.
 */
abstract class ProxiedEngineTestCase {

    private static final String LABEL = "io.github.claudefleet.test.faults";

    private final String run = UUID.randomUUID().toString();
    private final Duration limit;

    /** Unique name for resources. */
    final String name = "claude-fleet-faults-" + run;

    final Map<String, String> labels = Map.of(LABEL, run);
    final LabelSelector ours = new LabelSelector(LABEL, Optional.of(run));

    ContainerEngine engine;
    FaultProxy proxy;
    ContainerEngine proxied;

    @TempDir
    private Path home;

    /** @param limit timeout of a call through the proxy */
    ProxiedEngineTestCase(Duration limit) {
        this.limit = limit;
    }

    @BeforeEach
    void connect() throws IOException {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), HomeDirectory.at(home));
        proxy = FaultProxy.before(engine.info().address());
        proxied = proxiedWithin(limit);
    }

    /** @param limit timeout of a call */
    ContainerEngine proxiedWithin(Duration limit) {
        return DockerEngines.connect(
                Optional.of(proxy.address()), Map.of(), HomeDirectory.at(home), limit, warning -> {});
    }

    @AfterEach
    void removeWhatWasMade() throws IOException {
        proxied.close();
        proxy.close();
        engine.containers().list(ours).forEach(container -> engine.containers().remove(container.id()));
        engine.networks().list(ours).forEach(network -> engine.networks().remove(network.id()));
        engine.volumes().list(ours).forEach(volume -> engine.volumes().remove(volume.name()));
        engine.close();
    }
}
