package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.task.Inspection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IndependentCheckTest {

    private static final String IMAGE = "sha256:acme";
    private static final CheckSpec CHECK = CheckSpec.of("mvn verify").in(CheckPlace.CONTAINER);
    private static final LabelSelector CHECKS = new LabelSelector(Map.of(Labels.ROLE, Optional.of("check")));

    private final FleetSpec spec = Shop.fleet("fixer").toSpec();
    private final FakeEngine engine = new FakeEngine().image(IMAGE, Map.of());
    private final FutureTask<Inspection> inspection = new FutureTask<>(this::inspect);
    private final Thread thread = new Thread(inspection);

    @TempDir
    private Path directory;

    private Inspection inspect() throws InterruptedException {
        ContainerObservation agent = new ContainerObservation(
                "fixer",
                "fixer",
                Map.of(Labels.AGENT, "fixer", Labels.ROLE, "agent"),
                "acme/agent:1",
                IMAGE,
                ContainerState.RUNNING,
                Optional.empty(),
                Optional.of(FakeEngine.STARTED),
                Optional.of(FakeEngine.STARTED),
                Optional.empty(),
                false);
        ObservedFleet observed = new ObservedFleet(List.of(agent), List.of(), List.of());
        return new IndependentCheck(engine, spec, observed).run(spec.agents().get(0), CHECK, directory);
    }

    @Test
    void outputThatEndsBeforeTheEngineKnowsTheExitStatusIsWaitedFor() throws Exception {
        engine.breakingStreams(1);
        String container = begin();
        assertThatThrownBy(() -> inspection.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        engine.ends(container, 3, false, FakeEngine.STARTED);

        assertThat(inspection.get().exitCode()).hasValue(3);
        assertThat(engine.containers(CHECKS)).isEmpty();
    }

    @Test
    void anInterruptedCheckLeavesNoContainer() throws Exception {
        engine.before(change -> {
            if (change.startsWith("start")) {
                Thread.currentThread().interrupt();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("as every call of an interrupted thread");
            }
        });
        begin();
        thread.join(Duration.ofSeconds(30).toMillis());

        assertThat(engine.containers(CHECKS)).isEmpty();
    }

    private String begin() throws InterruptedException {
        thread.start();
        for (int look = 0; look < 300 && engine.changes().stream().noneMatch(one -> one.startsWith("start")); look++) {
            Thread.sleep(100);
        }
        return engine.containers(CHECKS).stream()
                .map(ContainerObservation::id)
                .findFirst()
                .orElse("");
    }
}
