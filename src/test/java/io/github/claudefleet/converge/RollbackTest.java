package io.github.claudefleet.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFixture;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Shop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackTest {

    private final FakeEngine engine = new FakeEngine().image("acme/agent:1", Map.of());
    private final RecordedLines lines = new RecordedLines();

    @Test
    void takesBackAllThatWasMade() throws InterruptedException {
        Converger converger = converger();
        converger.apply(plan(Shop.fleet("a", "b").toSpec()));

        converger.rollback().run();

        assertThat(engine.names()).isEmpty();
        assertThat(lines.all()).last().isEqualTo("info:  Removed what this start had made (3 containers)");
    }

    @Test
    void leavesWhatWasThereBefore() throws InterruptedException {
        converger().apply(plan(Shop.fleet("a").toSpec()));
        Converger second = converger();
        second.apply(plan(Shop.fleet("a", "b").toSpec()));

        second.rollback().run();

        assertThat(engine.names())
                .containsExactly(
                        "container claude-fleet-shop-c0ffee00-a",
                        "container claude-fleet-shop-c0ffee00-auth",
                        "network claude-fleet-shop-c0ffee00",
                        "volume claude-fleet-shop-c0ffee00-kit-1000-1000");
    }

    @Test
    void takesBackAContainerThatWasMadeAndCouldNotBeStarted() {
        engine.failing("start container claude-fleet-shop-c0ffee00-auth");
        Converger converger = converger();

        assertThatThrownBy(() -> converger.apply(plan(Shop.fleet().toSpec()))).isInstanceOf(ConvergeException.class);
        assertThat(engine.names()).contains("container claude-fleet-shop-c0ffee00-auth");
        assertThatNothingIsLeftAfter(converger);
    }

    @Test
    void removesASuccessorAndDoesNotBringBackWhatItReplaced() throws InterruptedException {
        converger().apply(plan(Shop.fleet("a").network("backend").toSpec()));
        Converger second = converger();
        second.apply(plan(
                Shop.fleet("a").network("backend").extraHosts("db:10.0.0.1").toSpec()));

        second.rollback().run();

        assertThat(engine.names()).containsExactly("volume claude-fleet-shop-c0ffee00-kit-1000-1000");
    }

    @Test
    void asksTheAuthContainerToEndSinceItMayBeRefreshingTheLogin() throws InterruptedException {
        Converger converger = converger();
        converger.apply(plan(Shop.fleet("a").toSpec()));
        engine.forget();

        converger.rollback().run();

        assertThat(engine.changes())
                .containsSubsequence(
                        "stop container claude-fleet-shop-c0ffee00-auth within 1m 30s",
                        "remove container claude-fleet-shop-c0ffee00-auth")
                .noneMatch(change -> change.startsWith("stop container claude-fleet-shop-c0ffee00-a "));
    }

    @Test
    void saysWhatItCouldNotRemoveAndCountsWhatItDid() throws InterruptedException {
        Converger converger = converger();
        converger.apply(plan(Shop.fleet("a").toSpec()));
        engine.failing("remove container claude-fleet-shop-c0ffee00-a").failing("remove network");
        lines.forget();

        converger.rollback().run();

        assertThat(engine.names())
                .contains("container claude-fleet-shop-c0ffee00-a", "network claude-fleet-shop-c0ffee00");
        assertThat(lines.all())
                .contains(
                        "warn:  Could not roll back: network claude-fleet-shop-c0ffee00 (remove network claude-fleet-shop-c0ffee00:"
                                + " the test says so). Remove it with: mvn claude-fleet:stop")
                .last()
                .isEqualTo("info:  Removed what this start had made (0 containers)");
    }

    @Test
    void isSilentWhereNothingWasMade() throws InterruptedException {
        converger().rollback().run();

        assertThat(engine.changes()).isEmpty();
        assertThat(lines.all()).isEmpty();
    }

    private void assertThatNothingIsLeftAfter(Converger converger) {
        try {
            converger.rollback().run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(engine.names()).isEmpty();
    }

    private Converger converger() {
        FleetSpec spec = Shop.fleet().toSpec();
        return new Converger(
                engine, spec.timeouts(), new ConsoleListeners(lines).converge(), InstantSource.fixed(Instant.EPOCH));
    }

    private Plan plan(FleetSpec spec) {
        Planner planner = new Planner();
        ImageTarget target = new ImageTarget("acme/agent:1", spec.image());
        LabelSelector selector = LabelSelector.of(spec.id());
        ObservedFleet observed = new ObservedFleet(
                engine.containers().list(selector),
                engine.networks().list(selector),
                engine.volumes().list(selector).stream()
                        .map(VolumeObservation::name)
                        .toList());
        return planner.auth(ResolvedFixture.of(
                        spec, target, engine.images().find("acme/agent:1").orElseThrow(), observed))
                .then(planner.agents(ResolvedFixture.of(
                        spec, target, engine.images().find("acme/agent:1").orElseThrow(), observed)));
    }
}
