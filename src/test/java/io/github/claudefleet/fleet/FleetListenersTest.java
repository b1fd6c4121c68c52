package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetListenersTest {

    @TempDir
    Path folder;

    private final List<String> ready = new ArrayList<>();

    @Test
    void aListenerImplementsOnlyTheEventsThatItNeeds() throws InterruptedException {
        FleetFixture fixture = new FleetFixture(folder);
        FleetSpec spec = fixture.withLogin("reviewer", "tester").toSpec();
        Fleet fleet = fixture.fleet(new FleetListeners() {
            @Override
            public FleetListener fleet() {
                return new FleetListener() {
                    @Override
                    public void fleetReady(FleetName name, int agents, boolean changed, Duration took) {
                        ready.add(name + " with " + agents);
                    }
                };
            }
        });

        fleet.start(spec);
        fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), folder.resolve("results"));

        assertThat(ready).containsExactly("shop with 2");
        assertThat(fixture.lines.all()).isEmpty();
    }
}
