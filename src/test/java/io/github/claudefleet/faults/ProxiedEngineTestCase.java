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

/** What a test has of the engine as it is, and through a proxy that can spoil what is said; all that has its labels goes at its end. */
abstract class ProxiedEngineTestCase {

    private static final String LABEL = "io.github.claudefleet.test.faults";

    private final String run = UUID.randomUUID().toString();
    private final Duration limit;

    /** A name that nothing else has. */
    final String name = "claude-fleet-faults-" + run;

    final Map<String, String> labels = Map.of(LABEL, run);
    final LabelSelector ours = new LabelSelector(LABEL, Optional.of(run));

    ContainerEngine engine;
    FaultProxy proxy;
    ContainerEngine proxied;

    @TempDir
    private Path home;

    /** @param limit how long a call through the proxy may take */
    ProxiedEngineTestCase(Duration limit) {
        this.limit = limit;
    }

    @BeforeEach
    void connect() throws IOException {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), HomeDirectory.at(home));
        proxy = FaultProxy.before(engine.info().address());
        proxied = proxiedWithin(limit);
    }

    /** @param limit how long a call may take */
    ContainerEngine proxiedWithin(Duration limit) {
        return DockerEngines.connect(
                Optional.of(proxy.address()), Map.of(), HomeDirectory.at(home), limit, warning -> {});
    }

    @AfterEach
    void removeWhatWasMade() throws IOException {
        proxied.close();
        proxy.close();
        engine.containers(ours).forEach(container -> engine.removeContainer(container.id()));
        engine.networks(ours).forEach(network -> engine.removeNetwork(network.id()));
        engine.volumes(ours).forEach(volume -> engine.removeVolume(volume.name()));
        engine.close();
    }
}
