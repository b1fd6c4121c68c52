package shop;

import io.github.claudefleet.junit.FleetCustomizer;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.Usd;
import java.util.Map;

// tag::customizer[]
final class ForShop implements FleetCustomizer {

    @Override
    public void customize(FleetBuilder fleet) {
        fleet.environment(Map.of("SHOP", "open")).maxCost(Usd.parse("maxCost", "2.50"));
    }
}
// end::customizer[]
