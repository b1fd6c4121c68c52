package io.github.claudefleet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferencesTest {

    private static final BuildOptions PLAIN = new BuildOptions(Optional.empty(), Optional.empty());

    @Test
    void anImageByNameKeepsIt() {
        assertThat(reference(new ImageSpec.Named("acme/agent@sha256:0", PullPolicy.NEVER)))
                .isEqualTo("acme/agent@sha256:0");
    }

    @Test
    void aBundledImageIsNamedByItsRecipe() {
        assertThat(reference(bundled("node:22", "2.1.330", PLAIN)))
                .matches("claude-fleet/agent:2\\.1\\.330-[0-9a-f]{12}")
                .isEqualTo(reference(bundled("node:22", "2.1.330", PLAIN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anotherRecipeIsAnotherName(String what, ImageSpec spec) {
        assertThat(reference(spec)).as(what).isNotEqualTo(reference(bundled("node:22", "2.1.330", PLAIN)));
    }

    static Stream<Arguments> anotherRecipeIsAnotherName() {
        return Stream.of(
                arguments("another base", bundled("node:24", "2.1.330", PLAIN)),
                arguments("another version", bundled("node:22", "2.1.331", PLAIN)),
                arguments("a JDK", bundled("node:22", "2.1.330", withJava("maven:3.9"))),
                arguments("a bundle", bundled("node:22", "2.1.330", withBundle("pem"))));
    }

    @Test
    void anotherJdkIsAnotherName() {
        assertThat(reference(bundled("node:22", "2.1.330", withJava("maven:3.9"))))
                .isNotEqualTo(reference(bundled("node:22", "2.1.330", withJava("maven:4"))));
    }

    private static BuildOptions withJava(String image) {
        return new BuildOptions(Optional.empty(), Optional.empty(), Optional.of(image));
    }

    @Test
    void anotherBundleIsAnotherName() {
        assertThat(reference(bundled("node:22", "2.1.330", withBundle("pem"))))
                .isNotEqualTo(reference(bundled("node:22", "2.1.330", withBundle("other"))));
    }

    @Test
    void howItIsFetchedAndOverWhichNetworkDoesNotMatter() {
        BuildOptions host = new BuildOptions(Optional.empty(), Optional.of("host"));

        assertThat(reference(new ImageSpec.Bundled("node:22", "2.1.330", PullPolicy.ALWAYS, host)))
                .isEqualTo(reference(bundled("node:22", "2.1.330", PLAIN)));
    }

    @Test
    void aProjectsOwnImageIsNamedAfterItsFleet() {
        assertThat(reference(new ImageSpec.FromDockerfile(
                        Path.of("/shop/Dockerfile"), "2.1.330", PullPolicy.MISSING, PLAIN)))
                .isEqualTo("claude-fleet/fleet-shop-c0ffee00:latest");
    }

    private static ImageSpec bundled(String base, String version, BuildOptions options) {
        return new ImageSpec.Bundled(base, version, PullPolicy.MISSING, options);
    }

    private static BuildOptions withBundle(String pem) {
        return new BuildOptions(Optional.of(new CaBundle(pem)), Optional.empty());
    }

    private static String reference(ImageSpec spec) {
        return ImageReferences.of(Shop.idOf("shop"), spec);
    }
}
