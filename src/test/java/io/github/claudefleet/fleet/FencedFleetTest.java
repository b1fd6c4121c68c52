package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.gateway.GatewayException;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FleetBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fleets whose agents reach others through a gateway alone. */
@Timeout(60)
class FencedFleetTest {

    private static final String GATEWAY = "claude-fleet-shop-c0ffee00-gateway";
    private static final String TESTER = "create container claude-fleet-shop-c0ffee00-tester";

    @TempDir
    private Path folder;

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @Test
    void theGatewayHasItsPolicyBeforeTheFirstAgentIsMade() throws InterruptedException {
        start(fenced("tester", "reviewer"));

        List<String> changes = fixture.engine.changes();
        assertThat(changes.indexOf("create container " + GATEWAY)).isPositive();
        assertThat(changes.indexOf("upload to " + GATEWAY + " trust.p12"))
                .isGreaterThan(changes.indexOf("start container " + GATEWAY));
        assertThat(changes.indexOf("upload to " + GATEWAY + " policy.json"))
                .isGreaterThan(changes.indexOf("upload to " + GATEWAY + " trust.p12"))
                .isLessThan(changes.indexOf(TESTER));
        assertThat(changes.indexOf(TESTER)).isPositive();
        assertThat(changes)
                .filteredOn(change -> change.equals("create container " + GATEWAY))
                .hasSize(1);
    }

    @Test
    void theGatewaysImageIsBuiltOnce() throws InterruptedException {
        start(fenced("tester"));
        start(fenced("tester"));

        assertThat(fixture.engine.changes())
                .filteredOn(change -> change.startsWith("build image claude-fleet/gateway:"))
                .hasSize(1);
    }

    @Test
    void aSecondStartWithNothingChangedDoesNothing() throws InterruptedException {
        start(fenced("tester"));
        fixture.engine.forget();

        start(fenced("tester"));

        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.lines.all()).last().isEqualTo("info:  Fleet shop: 1 agent ready, nothing had to be changed");
    }

    @Test
    void anotherPolicyIsSentToTheGatewayThatRuns() throws InterruptedException {
        start(fenced("tester").egress(EgressSpec.of(EgressMode.AUDIT)));
        fixture.engine.forget();

        start(fenced("tester")
                .egress(new EgressSpec(
                        EgressMode.AUDIT, List.of(), List.of(), List.of("claude-haiku-*"), Optional.empty())));

        assertThat(fixture.engine.changes())
                .containsExactly("upload to " + GATEWAY + " trust.p12", "upload to " + GATEWAY + " policy.json");
    }

    @Test
    void aFenceThatIsGivenUpLeavesNothingOfItself() throws InterruptedException {
        start(fenced("tester"));

        start(fenced("tester").egress(EgressSpec.OPEN));

        assertThat(fixture.engine.names()).isNotEmpty().noneMatch(name -> name.contains("gateway"));
    }

    @Test
    void stopRemovesGatewayAndVolume() throws InterruptedException {
        start(fenced("tester"));

        fixture.fleet()
                .stop(
                        new FleetSelector(fenced().toSpec().id(), false, false),
                        fenced().toSpec().timeouts(),
                        folder.resolve("results"));

        assertThat(fixture.engine.names()).isEmpty();
        assertThat(fixture.engine.changes()).contains("remove container " + GATEWAY);
    }

    @Test
    void aStartThatFailsTakesTheGatewayBack() {
        fixture.engine.failing("start container claude-fleet-shop-c0ffee00-tester");

        assertThatThrownBy(() -> start(fenced("tester"))).isInstanceOf(ConvergeException.class);

        assertThat(fixture.engine.changes()).contains("remove container " + GATEWAY);
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void aGatewayThatDoesNotComeUpFailsItBeforeAnyAgent() {
        fixture.gateway.staysDown();

        assertThatThrownBy(() -> start(fenced("tester")))
                .isInstanceOf(GatewayException.class)
                .hasMessageStartingWith("The fleet's gateway is not at work: it has made no CA within 30 s")
                .hasMessageContaining("docs/troubleshooting.md");
        assertThat(fixture.engine.changes()).doesNotContain(TESTER);
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void aPolicyThatIsNotTakenFailsItBeforeAnyAgent() {
        fixture.gateway.refusesPolicies();

        assertThatThrownBy(() -> start(fenced("tester"))).hasMessageContaining("has not taken its policy");
        assertThat(fixture.engine.changes()).doesNotContain(TESTER);
    }

    @Test
    void theLoginAloneHasNoGateway() throws InterruptedException {
        fixture.fleet().auth(fenced().toSpec());

        assertThat(fixture.engine.changes()).isNotEmpty().noneMatch(change -> change.contains("gateway"));
    }

    @Test
    void aDryRunNamesTheGatewayAndItsImage() {
        fixture.fleet().planStart(fenced("tester").toSpec());

        assertThat(fixture.lines.all())
                .anyMatch(line -> line.contains("build image claude-fleet/gateway:"))
                .anyMatch(line -> line.contains("create container " + GATEWAY));
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aRuleForNearlyAllHostsIsWarnedOfOnce() {
        EgressSpec all = new EgressSpec(
                EgressMode.ALLOW,
                List.of(EgressRule.parse("*"), EgressRule.parse("a.example")),
                List.of(EgressPreset.NPM),
                List.of(),
                Optional.empty());

        fixture.fleet().planStart(fenced("tester", "reviewer").egress(all).toSpec());

        assertThat(fixture.lines.all())
                .filteredOn(line -> line.contains("<allow>"))
                .containsExactly("warn:  <allow>*</allow> lets agent tester send everything that it can read to nearly"
                        + " any host. Name the hosts that it needs");
    }

    // ---- what agents asked for

    @Test
    void theHostsAreReadFromTheGatewaysLog() throws InterruptedException {
        start(fenced("tester"));
        ContainerObservation gateway = fixture.engine.named(GATEWAY);
        fixture.engine.prints(
                gateway.id(),
                "{\"gateway\":\"use\",\"agent\":\"tester\",\"host\":\"a.example\",\"port\":443,\"requests\":0,"
                        + "\"refused\":2,\"reason\":\"not_allowed\"}");
        List<EgressUse> told = new ArrayList<>();

        List<EgressUse> uses = new HostsAsked(fixture.engine, hearing(told, new ArrayList<>())).of(gateway);

        assertThat(uses).containsExactly(new EgressUse("tester", "a.example", 443, 0, 2, "not_allowed"));
        assertThat(told).isEqualTo(uses);
    }

    @Test
    void aLogThatCannotBeReadCostsNoResults() throws InterruptedException {
        start(fenced("tester"));
        ContainerObservation gateway = fixture.engine.named(GATEWAY);
        fixture.engine.goesAway(EngineException.Kind.UNREACHABLE);
        List<String> problems = new ArrayList<>();

        assertThat(new HostsAsked(fixture.engine, hearing(new ArrayList<>(), problems)).of(gateway))
                .isEmpty();

        assertThat(problems).singleElement().asString().endsWith("the engine does not answer");
    }

    private static FleetListener hearing(List<EgressUse> told, List<String> problems) {
        return new FleetListener() {
            @Override
            public void hostsAsked(List<EgressUse> uses) {
                told.addAll(uses);
            }

            @Override
            public void hostsUnknown(String reason) {
                problems.add(reason);
            }
        };
    }

    private FleetBuilder fenced(String... agents) {
        return fixture.withToken(agents).egress(EgressSpec.DEFAULT);
    }

    private void start(FleetBuilder fleet) throws InterruptedException {
        fixture.fleet().start(fleet.toSpec());
    }
}
