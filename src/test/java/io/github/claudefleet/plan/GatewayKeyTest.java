package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatewayKeyTest {

    private static final AgentName TESTER = new AgentName("tester");

    private final GatewayKey key = GatewayKey.of(ObservedFleet.NOTHING);

    @Test
    void theNamesOfAKeyStayTheSame() {
        GatewayKey same = new GatewayKey(key.value());

        assertThat(same.socket(TESTER)).isEqualTo(key.socket(TESTER));
        assertThat(same.privateDirectory()).isEqualTo(key.privateDirectory());
    }

    @Test
    void eachAgentAndTheGatewayHaveNamesOfTheirOwn() {
        Set<String> names = Stream.of(
                        key.socketDirectory(TESTER),
                        key.socketDirectory(new AgentName("tester-2")),
                        key.socketDirectory(new AgentName("private")),
                        key.privateName(),
                        key.value())
                .collect(Collectors.toSet());

        assertThat(names).hasSize(5).allMatch(name -> name.matches("[0-9a-f]{32}"));
    }

    @Test
    void aNameCannotBeMadeFromTheAgentsNameAlone() {
        GatewayKey other = GatewayKey.of(ObservedFleet.NOTHING);

        assertThat(other.socketDirectory(TESTER)).isNotEqualTo(key.socketDirectory(TESTER));
        assertThat(other.privateName()).isNotEqualTo(key.privateName());
    }

    @Test
    void pathsAreInTheGatewaysVolume() {
        assertThat(key.socket(TESTER))
                .isEqualTo("/claude-fleet/gateway/agents/" + key.socketDirectory(TESTER) + "/proxy.sock");
        assertThat(key.privateDirectory()).isEqualTo("/claude-fleet/gateway/private/" + key.privateName());
    }

    @Test
    void aGatewayThatIsUpKeepsItsKey() {
        FleetSpec spec = Shop.fleet().toSpec();
        ContainerObservation gateway =
                ObservedFixture.running(ObservedFixture.requestFactory(spec).gateway());

        assertThat(GatewayKey.of(new ObservedFleet(List.of(gateway), List.of(), List.of())))
                .isEqualTo(ResolvedFixture.KEY);
    }

    @Test
    void itShowsNothingOfItself() {
        assertThat(key.toString()).doesNotContain(key.value()).isEqualTo("key of the gateway");
    }
}
