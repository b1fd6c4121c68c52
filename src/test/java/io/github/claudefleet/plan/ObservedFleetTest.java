package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservedFleetTest {

    private final ObservedFleet fleet =
            ObservedFixture.from(Shop.fleet("a", "b").toSpec());

    @Test
    void tellsTheAuthContainerFromAgentsByItsRole() {
        assertThat(fleet.auth()).map(ContainerObservation::name).contains("claude-fleet-shop-c0ffee00-auth");
        assertThat(namesOf(fleet.agents()))
                .containsExactly("claude-fleet-shop-c0ffee00-a", "claude-fleet-shop-c0ffee00-b");
    }

    @Test
    void showsTheAuthContainerFirstWhateverItsName() {
        ObservedFleet sorted = new ObservedFleet(
                fleet.containers().stream()
                        .sorted((first, second) -> second.name().compareTo(first.name()))
                        .toList(),
                List.of(),
                List.of());

        assertThat(namesOf(sorted.inOrder()))
                .containsExactly(
                        "claude-fleet-shop-c0ffee00-auth",
                        "claude-fleet-shop-c0ffee00-b",
                        "claude-fleet-shop-c0ffee00-a");
    }

    @Test
    void findsAnAgentByItsLabelNotByItsContainersName() {
        ObservedFleet renamed =
                ObservedFixture.with(fleet, "claude-fleet-shop-c0ffee00-a", Map.of(Labels.AGENT, "reviewer"));

        assertThat(renamed.agent(new AgentName("reviewer")))
                .map(ContainerObservation::name)
                .contains("claude-fleet-shop-c0ffee00-a");
        assertThat(renamed.agent(new AgentName("a"))).isEmpty();
    }

    @Test
    void aContainerWhoseRoleWasLostCountsAsAnAgent() {
        ObservedFleet lost = ObservedFixture.with(fleet, "claude-fleet-shop-c0ffee00-auth", Map.of());

        assertThat(lost.auth()).isEmpty();
        assertThat(lost.agents()).hasSize(3);
    }

    @Test
    void isEmptyOnlyWithoutAnything() {
        assertThat(ObservedFleet.NOTHING.isEmpty()).isTrue();
        assertThat(new ObservedFleet(List.of(), List.of(), List.of("volume")).isEmpty())
                .isFalse();
    }

    private static List<String> namesOf(List<ContainerObservation> containers) {
        return containers.stream().map(ContainerObservation::name).toList();
    }
}
