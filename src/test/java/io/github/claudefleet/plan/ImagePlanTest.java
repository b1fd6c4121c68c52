package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.PullPolicy;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImagePlanTest {

    private static final BuildOptions OPTIONS = new BuildOptions(Optional.empty(), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "MISSING, absent,  pull image acme/agent:1 (the engine does not have it)",
        "MISSING, present, ''",
        "ALWAYS,  absent,  pull image acme/agent:1 (image.pull is always)",
        "ALWAYS,  present, pull image acme/agent:1 (image.pull is always)",
        "NEVER,   absent,  ''",
        "NEVER,   present, ''"
    })
    void anImageByNameIsPulledAsItsPolicySays(PullPolicy policy, String there, String plan) {
        assertThat(plan(new ImageSpec.Named("acme/agent:1", policy), there)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING, absent,  build image acme/agent:1 (the engine does not have it)",
        "MISSING, present, ''",
        "ALWAYS,  absent,  build image acme/agent:1 (image.pull is always)",
        "ALWAYS,  present, build image acme/agent:1 (image.pull is always)",
        "NEVER,   absent,  build image acme/agent:1 (the engine does not have it)",
        "NEVER,   present, ''"
    })
    void theBundledImageIsBuiltOnceUnlessANewerBaseIsAskedFor(PullPolicy policy, String there, String plan) {
        assertThat(plan(new ImageSpec.Bundled("node:22", "2.1.330", policy, OPTIONS), there))
                .isEqualTo(plan);
    }

    @ParameterizedTest
    @EnumSource
    void aProjectsOwnDockerfileIsBuiltEachTimeSinceTheEngineKnowsWhatChanged(PullPolicy policy) {
        ImageSpec spec = new ImageSpec.FromDockerfile(Path.of("/shop/Dockerfile"), "2.1.330", policy, OPTIONS);

        assertThat(plan(spec, "present"))
                .isEqualTo("build image acme/agent:1 (its Dockerfile may have changed (unchanged layers are cached))");
    }

    private static String plan(ImageSpec spec, String there) {
        Optional<ImageObservation> observed =
                there.equals("present") ? Optional.of(ObservedFixture.IMAGE) : Optional.empty();
        return new Planner()
                .image(new ImageTarget("acme/agent:1", spec), observed)
                .asText();
    }
}
