package io.github.claudefleet.docker;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The engine that the tests find as a person's build would. */
final class RealEngine {

    private static final Duration GENEROUS = Duration.ofSeconds(60);

    private RealEngine() {}

    static ContainerEngine connect() {
        return DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());
    }

    static EngineAddress address() {
        try (ContainerEngine engine = connect()) {
            return address(engine);
        }
    }

    /** A line for what the port can't do, such as removing images. */
    static Connection connection(Path dockerConfig) {
        return Connection.open(address(), dockerConfig, GENEROUS, GENEROUS);
    }

    /** The same, to an engine that may be another one. */
    static Connection connection(ContainerEngine engine, Path dockerConfig) {
        return Connection.open(address(engine), dockerConfig, GENEROUS, GENEROUS);
    }

    private static EngineAddress address(ContainerEngine engine) {
        return EngineAddress.parse("engine", engine.info().address(), Optional::empty);
    }
}
