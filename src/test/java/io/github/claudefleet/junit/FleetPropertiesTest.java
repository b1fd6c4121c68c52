package io.github.claudefleet.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetPropertiesTest {

    @TempDir
    Path project;

    @Test
    void withoutPropertiesTheImageIsTheBundledOne() {
        assertThat(spec(Map.of(), "").image())
                .isEqualTo(ImageSpec.bundled(new ImageSpec.BuildOptions(Optional.empty(), Optional.empty())));
        assertThat(properties(Map.of()).engine()).isEmpty();
    }

    @Test
    void eachPropertyOfTheMachineCounts() throws IOException {
        Files.writeString(project.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        Map<String, String> set = Map.of(
                "claude-fleet.image.base", "acme/node:22",
                "claude-fleet.image.caBundle", "ca.pem",
                "claude-fleet.image.buildNetwork", "host",
                "claude-fleet.egress.base", "acme/node:24",
                "claude-fleet.engine", "unix:///engine.sock");
        FleetSpec spec = spec(set, "");

        ImageSpec.Bundled image = (ImageSpec.Bundled) spec.image();
        assertThat(image.base()).isEqualTo("acme/node:22");
        assertThat(image.build().network()).contains("host");
        assertThat(image.build().caBundle())
                .isPresent()
                .isEqualTo(spec.containers().caBundle());
        assertThat(spec.gatewayImage())
                .isInstanceOfSatisfying(
                        ImageSpec.Gateway.class,
                        gateway -> assertThat(gateway.base()).isEqualTo("acme/node:24"));
        assertThat(properties(set).engine()).contains("unix:///engine.sock");
    }

    @Test
    void anImageOfTheAnnotationWinsOverOneOfTheMachine() {
        Map<String, String> set = Map.of("claude-fleet.image.name", "acme/agent:2");

        assertThat(spec(set, "").image()).isEqualTo(new ImageSpec.Named("acme/agent:2", PullPolicy.MISSING));
        assertThat(spec(set, "acme/agent:1").image())
                .isEqualTo(new ImageSpec.Named("acme/agent:1", PullPolicy.MISSING));
    }

    @Test
    void aBlankPropertyIsNotSet() {
        assertThat(properties(Map.of("claude-fleet.engine", " ")).engine()).isEmpty();
    }

    private FleetSpec spec(Map<String, String> set, String image) {
        FleetBuilder fleet = Shop.fleet("tester");
        properties(set).applyTo(fleet, image);
        return fleet.toSpec();
    }

    private FleetProperties properties(Map<String, String> set) {
        return new FleetProperties(set::get, project);
    }
}
