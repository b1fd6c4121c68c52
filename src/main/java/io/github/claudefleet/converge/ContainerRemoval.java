package io.github.claudefleet.converge;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.Role;
import java.time.Duration;

/** Stops and removes a container. */
public final class ContainerRemoval {

    /** Grace period of the keeper. It ends at once unless it refreshes the login, which must finish. */
    public static final Duration AUTH_GRACE = Duration.ofSeconds(90);

    private final ContainerEngine engine;

    ContainerRemoval(ContainerEngine engine) {
        this.engine = engine;
    }

    /** @param grace time to end by itself; the auth container gets at least {@link #AUTH_GRACE} */
    void remove(Role role, String id, Duration grace) {
        if (role == Role.AUTH || !grace.isZero()) {
            stop(id, role == Role.AUTH && grace.compareTo(AUTH_GRACE) < 0 ? AUTH_GRACE : grace);
        }
        engine.containers().remove(id);
    }

    /** Stops the container. One that has been removed in the meantime is no failure. */
    void stop(String id, Duration grace) {
        try {
            engine.containers().stop(id, grace);
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
