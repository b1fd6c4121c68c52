package io.github.claudefleet.runtime;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.image.ImageBuilder;
import io.github.claudefleet.image.ImageReferences;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.util.Optional;

/** Bundled image of the tested plugin, which the projects of src/it use as well. */
public final class BundledImage {

    private BundledImage() {}

    /** Returns the image's name; builds the image if the engine does not have it. */
    public static String on(ContainerEngine engine) {
        Optional<CaBundle> bundle = Optional.ofNullable(System.getProperty("standin.bundle"))
                .filter(path -> !path.isBlank())
                .map(path -> CaBundle.read(Path.of(path)));
        ImageSpec spec = new ImageSpec.Bundled(
                System.getProperty("it.baseImage", "claude-fleet-test/base:2"),
                ImageSpec.DEFAULT_CLAUDE_VERSION,
                PullPolicy.MISSING,
                new ImageSpec.BuildOptions(bundle, Optional.of("host")));
        String reference = ImageReferences.of(Shop.fleet().toSpec().id(), spec);
        if (engine.images().find(reference).isEmpty()) {
            new ImageBuilder(engine.images()).build(reference, spec, line -> {});
        }
        return reference;
    }
}
