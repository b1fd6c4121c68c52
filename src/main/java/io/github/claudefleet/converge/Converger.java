package io.github.claudefleet.converge;

import io.github.claudefleet.converge.ConvergeException.Failure;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.plan.Operation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.FleetTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Applies plans, stage after stage, and records the created resources for a rollback. */
public final class Converger {

    /** Maximum of concurrent removals. Waiting for containers takes no CPU: as fast as without a limit. */
    private static final int REMOVALS_AT_ONCE = 64;

    private final ContainerEngine engine;
    private final FleetTimeouts timeouts;
    private final ConvergeListener listener;
    private final InstantSource clock;
    private final ContainerRemoval removal;
    private final Rollback rollback;
    private final Map<String, String> created = new ConcurrentHashMap<>();

    /** Work on a container that was created and has not started. */
    @FunctionalInterface
    public interface Preparation {
        void prepare(ContainerRequest request);
    }

    public Converger(ContainerEngine engine, FleetTimeouts timeouts, ConvergeListener listener, InstantSource clock) {
        this.engine = engine;
        this.timeouts = timeouts;
        this.listener = listener;
        this.clock = clock;
        this.removal = new ContainerRemoval(engine);
        this.rollback = new Rollback(engine, listener);
    }

    /**
     * Applies the plan.
     *
     * @throws ConvergeException if steps fail; the other steps of their stage are done, later stages are not
     */
    public void apply(Plan plan) throws InterruptedException {
        apply(plan, request -> {});
    }

    /**
     * Applies the plan.
     *
     * @param preparation work on each container between its creation and its start; an interrupt ends it
     * @throws ConvergeException if steps fail; the other steps of their stage are done, later stages are not
     */
    public void apply(Plan plan, Preparation preparation) throws InterruptedException {
        for (Plan.Stage stage : plan.stages()) {
            List<Failure> failures =
                    Parallel.map(stage.steps(), atOnce(stage), step -> attempt(step, preparation)).stream()
                            .flatMap(Optional::stream)
                            .toList();
            if (!failures.isEmpty()) {
                throw new ConvergeException(failures);
            }
        }
    }

    /** Stops containers, as far as that is possible, without a removal. */
    public void stop(List<ContainerObservation> containers) throws InterruptedException {
        if (!timeouts.stopTimeout().isZero()) {
            Parallel.map(containers, REMOVALS_AT_ONCE, container -> {
                removal.stop(container.id(), timeouts.stopTimeout());
                return container;
            });
        }
    }

    /** Returns the id of a container that was created here; empty if it was not. */
    public Optional<String> created(String name) {
        return Optional.ofNullable(created.get(name));
    }

    /** Returns the rollback of everything that was created here. */
    public Rollback rollback() {
        return rollback;
    }

    private int atOnce(Plan.Stage stage) {
        boolean removals =
                stage.steps().stream().allMatch(step -> step.operation() instanceof Operation.RemoveContainer);
        return removals ? REMOVALS_AT_ONCE : timeouts.parallelism();
    }

    private Optional<Failure> attempt(Plan.Step step, Preparation preparation) {
        Instant begin = clock.instant();
        try {
            execute(step.operation(), preparation);
            listener.executed(step, Duration.between(begin, clock.instant()));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new Failure(step, e));
        }
    }

    private void execute(Operation operation, Preparation preparation) {
        if (operation instanceof Operation.CreateContainer create) {
            bringUp(create.role(), create.request(), preparation);
        } else if (operation instanceof Operation.ReplaceContainer replace) {
            Uninterruptibly.run(() -> removal.remove(replace.role(), replace.formerId(), timeouts.stopTimeout()));
            bringUp(replace.role(), replace.request(), preparation);
        } else {
            Uninterruptibly.run(() -> execute(operation));
        }
    }

    private void execute(Operation operation) {
        if (operation instanceof Operation.RemoveContainer former) {
            removal.remove(former.role(), former.id(), timeouts.stopTimeout());
        } else if (operation instanceof Operation.CreateNetwork create) {
            rollback.madeNetwork(
                    engine.networks().create(create.request()), create.request().name());
        } else if (operation instanceof Operation.CreateVolume create) {
            engine.volumes().create(create.request());
            rollback.madeVolume(create.request().name());
        } else if (operation instanceof Operation.RemoveNetwork former) {
            engine.networks().remove(former.id());
        } else if (operation instanceof Operation.RemoveVolume former) {
            engine.volumes().remove(former.name());
        } else {
            throw new IllegalArgumentException("not an operation on containers: " + operation.text());
        }
    }

    /** An interrupt in the middle of a call would leave resources that the rollback doesn't know. */
    private void bringUp(Role role, ContainerRequest request, Preparation preparation) {
        String id = Uninterruptibly.call(() -> create(role, request));
        preparation.prepare(request);
        Uninterruptibly.run(() -> engine.containers().start(id));
    }

    private String create(Role role, ContainerRequest request) {
        String id = engine.containers().create(request);
        created.put(request.name(), id);
        rollback.madeContainer(role, id, request.name());
        return id;
    }
}
