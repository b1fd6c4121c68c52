package io.github.claudefleet.converge;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records created resources, and removes them if the goal fails. */
public final class Rollback {

    private static final int AT_ONCE = 16;

    /** Created resource, with its name for messages and its removal. */
    private record Made(String text, Runnable removal) {}

    private final ContainerEngine engine;
    private final ConvergeListener listener;
    private final List<Made> containers = new CopyOnWriteArrayList<>();
    private final List<Made> ground = new CopyOnWriteArrayList<>();

    Rollback(ContainerEngine engine, ConvergeListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    void madeContainer(Role role, String id, String name) {
        containers.add(new Made("container " + name, () -> remove(role, id)));
    }

    void madeNetwork(String id, String name) {
        ground.add(new Made("network " + name, () -> engine.networks().remove(id)));
    }

    void madeVolume(String name) {
        ground.add(new Made("volume " + name, () -> engine.volumes().remove(name)));
    }

    /** Removes the created resources as far as the engine allows, and reports those that it could not remove. */
    public void run() throws InterruptedException {
        if (containers.isEmpty() && ground.isEmpty()) {
            return;
        }
        List<Boolean> removed = Parallel.map(containers, AT_ONCE, this::attempt);
        ground.forEach(this::attempt);
        listener.rolledBack(Collections.frequency(removed, true));
    }

    /** Removes an agent at once. The auth container may be refreshing the login, which must finish. */
    private void remove(Role role, String id) {
        if (role == Role.AUTH) {
            new ContainerRemoval(engine).remove(role, id, Duration.ZERO);
        } else {
            engine.containers().remove(id);
        }
    }

    private boolean attempt(Made made) {
        try {
            made.removal().run();
            return true;
        } catch (EngineException e) {
            listener.rollbackFailed(made.text(), e.getMessage());
            return false;
        }
    }
}
