package io.github.claudefleet.converge;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was made since, and how to take it back when it comes to nothing. */
public final class Rollback {

    private static final int AT_ONCE = 16;

    /** Something that was made, what to call it, and how it is removed. */
    private record Made(String text, Runnable removal) {}

    private final ContainerEngine engine;
    private final FleetLog log;
    private final List<Made> containers = new CopyOnWriteArrayList<>();
    private final List<Made> ground = new CopyOnWriteArrayList<>();

    Rollback(ContainerEngine engine, FleetLog log) {
        this.engine = engine;
        this.log = log;
    }

    void madeContainer(Role role, String id, String name) {
        containers.add(new Made("container " + name, () -> remove(role, id)));
    }

    void madeNetwork(String id, String name) {
        ground.add(new Made("network " + name, () -> engine.removeNetwork(id)));
    }

    void madeVolume(String name) {
        ground.add(new Made("volume " + name, () -> engine.removeVolume(name)));
    }

    /** Removes what was made, as far as the engine lets it, and says what it could not remove. */
    public void run() throws InterruptedException {
        if (containers.isEmpty() && ground.isEmpty()) {
            return;
        }
        List<Boolean> removed = Parallel.map(containers, AT_ONCE, this::attempt);
        ground.forEach(this::attempt);
        log.rolledBack(Collections.frequency(removed, true));
    }

    /** An agent has nothing to lose; the auth container may be at a refresh of the login, which must be let finish. */
    private void remove(Role role, String id) {
        if (role == Role.AUTH) {
            new ContainerRemoval(engine).remove(role, id, Duration.ZERO);
        } else {
            engine.removeContainer(id);
        }
    }

    private boolean attempt(Made made) {
        try {
            made.removal().run();
            return true;
        } catch (EngineException e) {
            log.rollbackFailed(made.text(), e.getMessage());
            return false;
        }
    }
}
