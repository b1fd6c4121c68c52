package io.github.claudefleet.image;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Sha256;

/** Names of images. A bundled image's name contains a hash of its whole recipe, so that no recipe is built twice. */
public final class ImageReferences {

    private ImageReferences() {}

    /** Returns the name of an image of a fleet. */
    public static String of(FleetId fleet, ImageSpec spec) {
        if (spec instanceof ImageSpec.Named named) {
            return named.name();
        }
        if (spec instanceof ImageSpec.Bundled bundled) {
            return "claude-fleet/agent:" + bundled.claudeVersion() + "-" + recipeHash(bundled);
        }
        if (spec instanceof ImageSpec.Gateway gateway) {
            return ofGateway(gateway);
        }
        return "claude-fleet/fleet-" + fleet.name() + "-" + fleet.projectToken() + ":latest";
    }

    /** Returns the name of the gateway's image. */
    public static String ofGateway(ImageSpec.Gateway spec) {
        Sha256 hash = new Sha256().add(spec.base());
        GatewayRecipe.files().forEach((path, content) -> hash.add(path).add(content));
        spec.build().caBundle().ifPresent(bundle -> hash.add(bundle.pem()));
        return "claude-fleet/gateway:" + hash.shortHex();
    }

    private static String recipeHash(ImageSpec.Bundled bundled) {
        Sha256 hash = new Sha256().add(bundled.base()).add(bundled.claudeVersion());
        bundled.build().java().ifPresent(hash::add);
        Recipe.files(bundled.build().java().isPresent())
                .forEach((path, content) -> hash.add(path).add(content));
        bundled.build().caBundle().ifPresent(bundle -> hash.add(bundle.pem()));
        return hash.shortHex();
    }
}
