package io.github.claudefleet.junit;

import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import java.nio.file.Path;
import java.util.Optional;

/** Customizes a fleet for the engine that bin/test brings: its base image, and the network and CA of image builds. */
final class TestsEngine implements FleetCustomizer {

    static final String BASE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");

    @Override
    public void customize(FleetBuilder fleet) {
        Optional<CaBundle> caBundle = Optional.ofNullable(System.getProperty("standin.bundle"))
                .map(Path::of)
                .map(CaBundle::read);
        caBundle.ifPresent(fleet::caBundle);
        fleet.gatewayBase(BASE)
                .image(new ImageSpec.Bundled(
                        BASE,
                        ImageSpec.DEFAULT_CLAUDE_VERSION,
                        PullPolicy.MISSING,
                        new ImageSpec.BuildOptions(caBundle, Optional.of("host"))));
    }
}
