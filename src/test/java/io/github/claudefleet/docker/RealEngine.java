package io.github.claudefleet.docker;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.HostUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Engine that is found in the same way as in a user's build. */
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

    /** Connection for calls that the port does not have, such as removing images. */
    static Connection connection(Path dockerConfig) {
        return Connection.open(address(), dockerConfig, GENEROUS, GENEROUS);
    }

    /** Connection to the given engine, for calls that the port does not have. */
    static Connection connection(ContainerEngine engine, Path dockerConfig) {
        return Connection.open(address(engine), dockerConfig, GENEROUS, GENEROUS);
    }

    private static EngineAddress address(ContainerEngine engine) {
        return EngineAddress.parse("engine", engine.info().address(), Optional::empty);
    }
}
