package io.github.claudefleet.junit;

import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.PullPolicy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Engine and image of a test's fleet, from properties with the goals' names. They belong to the machine, not to the
 * test.
 *
 * @param lookup returns the value of a property by its name; null if it is not set
 * @param directory base of relative paths
 */
record FleetProperties(UnaryOperator<String> lookup, Path directory) {

    /** Returns the address of the engine; empty to locate one. */
    Optional<String> engine() {
        return get("engine");
    }

    /** @param image name of an existing image; empty for the one of the properties, or else the bundled one */
    void applyTo(FleetBuilder fleet, String image) {
        Optional<CaBundle> caBundle = get("image.caBundle")
                .map(file -> PathText.resolve(directory, file))
                .map(CaBundle::read);
        caBundle.ifPresent(fleet::caBundle);
        fleet.image(Optional.of(image)
                .filter(name -> !name.isBlank())
                .or(() -> get("image.name"))
                .<ImageSpec>map(name -> new ImageSpec.Named(name, PullPolicy.MISSING))
                .orElseGet(() -> bundled(caBundle)));
        get("egress.base").ifPresent(fleet::gatewayBase);
    }

    private ImageSpec bundled(Optional<CaBundle> caBundle) {
        return new ImageSpec.Bundled(
                get("image.base").orElse(ImageSpec.DEFAULT_BASE),
                ImageSpec.DEFAULT_CLAUDE_VERSION,
                PullPolicy.MISSING,
                new ImageSpec.BuildOptions(caBundle, get("image.buildNetwork")));
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(lookup.apply("claude-fleet." + name)).filter(value -> !value.isBlank());
    }
}
