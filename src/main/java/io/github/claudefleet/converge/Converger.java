package io.github.claudefleet.converge;

import io.github.claudefleet.converge.ConvergeException.Failure;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Uninterrupted;
import io.github.claudefleet.plan.Operation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.spec.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Does what a plan says, stage after stage, and remembers what it made. */
public final class Converger {

    /** Waiting for the end of many containers takes no processor: as good as all at once. */
    private static final int REMOVALS_AT_ONCE = 64;

    private final ContainerEngine engine;
    private final Pace pace;
    private final FleetLog log;
    private final InstantSource clock;
    private final ContainerRemoval removal;
    private final Undo undo;

    public Converger(ContainerEngine engine, Pace pace, FleetLog log, InstantSource clock) {
        this.engine = engine;
        this.pace = pace;
        this.log = log;
        this.clock = clock;
        this.removal = new ContainerRemoval(engine);
        this.undo = new Undo(engine, log);
    }

    /**
     * Does what the plan says.
     *
     * @throws ConvergeException if steps fail; the other steps of their stage are done, later stages are not
     */
    public void apply(Plan plan) throws InterruptedException {
        for (Plan.Stage stage : plan.stages()) {
            List<Failure> failures = InParallel.map(stage.steps(), atOnce(stage), this::attempt).stream()
                    .flatMap(Optional::stream)
                    .toList();
            if (!failures.isEmpty()) {
                throw new ConvergeException(failures);
            }
        }
    }

    /** What takes back everything that was made here. */
    public Undo undo() {
        return undo;
    }

    private int atOnce(Plan.Stage stage) {
        boolean removals =
                stage.steps().stream().allMatch(step -> step.operation() instanceof Operation.RemoveContainer);
        return removals ? REMOVALS_AT_ONCE : pace.parallelism();
    }

    private Optional<Failure> attempt(Plan.Step step) {
        Instant begin = clock.instant();
        try {
            // Who is interrupted in the midst of it would not know what there is to take back.
            Uninterrupted.run(() -> execute(step.operation()));
            log.done(step, Duration.between(begin, clock.instant()));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new Failure(step, e));
        }
    }

    private void execute(Operation operation) {
        if (operation instanceof Operation.CreateContainer create) {
            bringUp(create.role(), create.request());
        } else if (operation instanceof Operation.ReplaceContainer replace) {
            removal.remove(replace.role(), replace.formerId(), pace.stopTimeout());
            bringUp(replace.role(), replace.request());
        } else if (operation instanceof Operation.RemoveContainer former) {
            removal.remove(former.role(), former.id(), pace.stopTimeout());
        } else if (operation instanceof Operation.CreateNetwork create) {
            undo.madeNetwork(
                    engine.createNetwork(create.request()), create.request().name());
        } else if (operation instanceof Operation.CreateVolume create) {
            engine.createVolume(create.request());
            undo.madeVolume(create.request().name());
        } else if (operation instanceof Operation.RemoveNetwork former) {
            engine.removeNetwork(former.id());
        } else if (operation instanceof Operation.RemoveVolume former) {
            engine.removeVolume(former.name());
        } else {
            throw new IllegalArgumentException("not an operation on containers: " + operation.text());
        }
    }

    private void bringUp(Role role, ContainerRequest request) {
        String id = engine.createContainer(request);
        undo.madeContainer(role, id, request.name());
        engine.start(id);
    }
}
