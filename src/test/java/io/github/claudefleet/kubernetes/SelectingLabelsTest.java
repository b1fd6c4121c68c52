package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectingLabelsTest {

    @Test
    void theFleetsOwnLabelsSelectIt() {
        for (Lifetime lifetime : Lifetime.values()) {
            FleetId fleet = Shop.idOf("shop", lifetime, "build-1");

            SelectingLabels labels = SelectingLabels.of(fleet.labels());

            assertThat(labels.labels()).isEqualTo(fleet.selectingLabels());
            assertThat(labels.selector()).isEqualTo(LabelSelector.of(fleet));
            assertThat(labels.endsWithBuild()).isEqualTo(lifetime == Lifetime.BUILD);
        }
    }

    @Test
    void eachFleetHasAnAnchorOfItsOwn() {
        assertThat(anchor("shop", Lifetime.BUILD, "1"))
                .startsWith("claude-fleet-shop-anchor-")
                .isEqualTo(anchor("shop", Lifetime.BUILD, "1"))
                .isNotEqualTo(anchor("shop", Lifetime.BUILD, "2"))
                .isNotEqualTo(anchor("shop", Lifetime.DETACHED, "1"))
                .isNotEqualTo(anchor("cart", Lifetime.BUILD, "1"));
        assertThat(anchor("shop", Lifetime.DETACHED, "1")).isEqualTo(anchor("shop", Lifetime.DETACHED, "2"));
    }

    @Test
    void anObjectOfNoFleetHasNone() {
        assertThat(SelectingLabels.of(Map.of("io.github.claudefleet.fleet", "shop"))
                        .isOfFleet())
                .isFalse();
    }

    private static String anchor(String name, Lifetime lifetime, String build) {
        return SelectingLabels.of(Shop.idOf(name, lifetime, build).labels()).anchor();
    }
}
