package io.github.claudefleet.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFixture;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.Shop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConvergerTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final FakeEngine engine = new FakeEngine().image("acme/agent:1", Map.of());
    private final RecordedLines lines = new RecordedLines();
    private final Planner planner = new Planner();

    // ---- order

    @Test
    void stagesComeOneAfterTheOther() throws InterruptedException {
        FleetSpec spec = Shop.fleet("tester").toSpec();

        slow().apply(startPlan(spec));

        assertThat(engine.changes())
                .containsExactly(
                        "create network claude-fleet-shop-c0ffee00",
                        "create volume claude-fleet-shop-c0ffee00-kit-1000-1000",
                        "create container claude-fleet-shop-c0ffee00-auth",
                        "start container claude-fleet-shop-c0ffee00-auth",
                        "create container claude-fleet-shop-c0ffee00-tester",
                        "start container claude-fleet-shop-c0ffee00-tester");
    }

    @Test
    void anEmptyPlanChangesNothing() throws InterruptedException {
        slow().apply(Plan.NOTHING);

        assertThat(engine.changes()).isEmpty();
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aFormerContainerIsStoppedAndRemovedBeforeItsSuccessorOfTheSameNameIsMade() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet("tester").toSpec()));
        engine.forget();

        slow().apply(agentsPlan(Shop.fleet("tester").extraHosts("db:10.0.0.1").toSpec()));

        assertThat(engine.changes())
                .containsExactly(
                        "stop container claude-fleet-shop-c0ffee00-tester within 10s",
                        "remove container claude-fleet-shop-c0ffee00-tester",
                        "create container claude-fleet-shop-c0ffee00-tester",
                        "start container claude-fleet-shop-c0ffee00-tester");
    }

    @Test
    void leftoversGoOnceNothingIsInThemAnyMore() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet().toSpec()));
        engine.forget();

        slow().apply(startPlan(
                Shop.fleet(new ContainerUser(1001, 50)).network("backend").toSpec()));

        assertThat(engine.changes())
                .endsWith(
                        "remove network claude-fleet-shop-c0ffee00",
                        "remove volume claude-fleet-shop-c0ffee00-kit-1000-1000");
        assertThat(engine.names())
                .containsExactly(
                        "container claude-fleet-shop-c0ffee00-auth", "volume claude-fleet-shop-c0ffee00-kit-1001-50");
    }

    @Test
    void eachStepIsToldWithItsCauseOnceItIsDone() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet().network("backend").toSpec()));

        assertThat(lines.all())
                .containsExactly(
                        "info:  Created volume claude-fleet-shop-c0ffee00-kit-1000-1000 (there is none yet), 1s",
                        "info:  Created container claude-fleet-shop-c0ffee00-auth (there is none yet), 1s");
    }

    // ---- concurrency

    @Test
    void theStepsOfOneStageAreDoneAtOnce() throws InterruptedException {
        slow().apply(groundPlan());
        engine.before(meeting(3, "create container"));

        converger(new FleetTimeouts(3, TEN_SECONDS, TEN_SECONDS))
                .apply(agentsPlan(Shop.fleet("a", "b", "c").toSpec()));

        assertThat(engine.names())
                .filteredOn(name -> name.startsWith("container"))
                .hasSize(4);
    }

    @Test
    void noMoreAreMadeAtOnceThanTheParallelismSays() throws InterruptedException {
        slow().apply(groundPlan());
        AtomicInteger most = new AtomicInteger();
        engine.before(counting(most));

        converger(new FleetTimeouts(2, TEN_SECONDS, TEN_SECONDS))
                .apply(agentsPlan(Shop.fleet("a", "b", "c", "d", "e", "f").toSpec()));

        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void allAreStoppedAtOnceWhateverTheParallelism() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet("a", "b").toSpec()));
        engine.before(meeting(3, "stop container"));

        slow().apply(stopPlan());

        assertThat(engine.names()).isEmpty();
    }

    // ---- grace period

    @Test
    void theKeeperGetsTimeToFinishARefresh() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet("tester").toSpec()));
        engine.forget();

        slow().apply(stopPlan());

        assertThat(engine.changes())
                .contains(
                        "stop container claude-fleet-shop-c0ffee00-tester within 10s",
                        "stop container claude-fleet-shop-c0ffee00-auth within 1m 30s");
    }

    @Test
    void aPomCanGiveTheKeeperMoreTimeAndNotLess() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet().toSpec()));
        engine.forget();

        converger(new FleetTimeouts(4, TEN_SECONDS, Duration.ofMinutes(5))).apply(stopPlan());

        assertThat(engine.changes()).contains("stop container claude-fleet-shop-c0ffee00-auth within 5m");
    }

    @Test
    void aContainerThatSomebodyElseHasRemovedIsAsItShouldBe() throws InterruptedException {
        slow().apply(startPlan(Shop.fleet("tester").toSpec()));
        Plan stop = stopPlan();
        engine.containers()
                .remove(engine.named("claude-fleet-shop-c0ffee00-auth").id());

        slow().apply(stop);

        assertThat(engine.names()).isEmpty();
    }

    // ---- failures

    @Test
    void aFailureLetsTheRestOfItsStageBeDoneAndNoLaterStage() {
        engine.failing("create network");

        ConvergeException failure = failureOf(startPlan(Shop.fleet("tester").toSpec()));

        assertThat(engine.names()).containsExactly("volume claude-fleet-shop-c0ffee00-kit-1000-1000");
        assertThat(failure)
                .hasMessage("Could not create network claude-fleet-shop-c0ffee00:"
                        + " create network claude-fleet-shop-c0ffee00: the test says so")
                .hasCauseInstanceOf(EngineException.class);
    }

    @Test
    void severalFailuresAreCountedAndTheFirstIsTold() throws InterruptedException {
        slow().apply(groundPlan());
        engine.failing("start container");

        ConvergeException failure =
                failureOf(agentsPlan(Shop.fleet("a", "b", "c").toSpec()));

        assertThat(failure)
                .hasMessageStartingWith("Could not create container claude-fleet-shop-c0ffee00-a: ")
                .hasMessageEndingWith(" (and 2 more steps failed)");
        assertThat(failure.failures())
                .extracting(one -> one.step().operation().object())
                .containsExactly(
                        "container claude-fleet-shop-c0ffee00-a",
                        "container claude-fleet-shop-c0ffee00-b",
                        "container claude-fleet-shop-c0ffee00-c");
    }

    @Test
    void oneFailureMoreIsASingular() throws InterruptedException {
        slow().apply(groundPlan());
        engine.failing("create container");

        assertThat(failureOf(agentsPlan(Shop.fleet("a", "b").toSpec())))
                .hasMessageEndingWith(" (and 1 more step failed)");
    }

    @Test
    void imagesAreNobodysBusinessHere() {
        FleetSpec spec = Shop.fleet().toSpec();
        Plan pull = planner.image(new ImageTarget("acme/agent:1", spec.image()), Optional.empty());

        assertThatThrownBy(() -> slow().apply(pull)).hasMessageContaining("not an operation on containers");
    }

    private ConvergeException failureOf(Plan plan) {
        return catchThrowableOfType(ConvergeException.class, () -> slow().apply(plan));
    }

    /** Converger that executes one operation at a time, so that their order is fixed. */
    private Converger slow() {
        return converger(new FleetTimeouts(1, TEN_SECONDS, TEN_SECONDS));
    }

    /** Converger whose clock advances by a second with each call. */
    private Converger converger(FleetTimeouts timeouts) {
        AtomicInteger seconds = new AtomicInteger();
        InstantSource clock = () -> Instant.EPOCH.plusSeconds(seconds.incrementAndGet());
        return new Converger(engine, timeouts, new ConsoleListeners(lines).converge(), clock);
    }

    private Plan startPlan(FleetSpec spec) {
        return planner.auth(ResolvedFixture.of(spec, target(spec), image(), observed(spec)))
                .then(agentsPlan(spec));
    }

    private Plan agentsPlan(FleetSpec spec) {
        return planner.agents(ResolvedFixture.of(spec, target(spec), image(), observed(spec)));
    }

    private Plan groundPlan() {
        return startPlan(Shop.fleet().toSpec());
    }

    private Plan stopPlan() {
        return planner.stop(observed(Shop.fleet().toSpec()));
    }

    private static ImageTarget target(FleetSpec spec) {
        return new ImageTarget("acme/agent:1", spec.image());
    }

    private ImageObservation image() {
        return engine.images().find("acme/agent:1").orElseThrow();
    }

    private ObservedFleet observed(FleetSpec spec) {
        LabelSelector selector = LabelSelector.of(spec.id());
        return new ObservedFleet(
                engine.containers().list(selector),
                engine.networks().list(selector),
                engine.volumes().list(selector).stream()
                        .map(VolumeObservation::name)
                        .toList());
    }

    /** Blocks changes that begin with this text until the given number of them has arrived. */
    private static Consumer<String> meeting(int number, String change) {
        CyclicBarrier barrier = new CyclicBarrier(number);
        return text -> {
            if (text.startsWith(change)) {
                meet(barrier);
            }
        };
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the others did not come at the same time", e);
        }
    }

    private static Consumer<String> counting(AtomicInteger most) {
        AtomicInteger now = new AtomicInteger();
        return text -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            now.decrementAndGet();
        };
    }
}
