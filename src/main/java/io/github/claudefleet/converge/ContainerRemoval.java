package io.github.claudefleet.converge;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.Role;
import java.time.Duration;

/** Removes a container after it was asked to end. */
public final class ContainerRemoval {

    /** The keeper ends at once, unless it refreshes the login: that it must be let finish. */
    public static final Duration AUTH_GRACE = Duration.ofSeconds(90);

    private final ContainerEngine engine;

    ContainerRemoval(ContainerEngine engine) {
        this.engine = engine;
    }

    /** @param grace how long it gets to end by itself; the auth container gets more where that is short */
    void remove(Role role, String id, Duration grace) {
        if (role == Role.AUTH || !grace.isZero()) {
            stop(id, role == Role.AUTH && grace.compareTo(AUTH_GRACE) < 0 ? AUTH_GRACE : grace);
        }
        engine.removeContainer(id);
    }

    /** A container that somebody else has removed meanwhile is as it should be. */
    private void stop(String id, Duration grace) {
        try {
            engine.stop(id, grace);
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
