package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.github.claudefleet.engine.LabelSelector;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectLabelsTest {

    private static final Map<String, String> LABELS =
            Map.of(RequestFixture.FLEET, "shop", RequestFixture.DIRECTORY, "/home/ann/shop");

    private final ObjectMeta metadata = ObjectLabels.metadata("Fixer_1", LABELS, Optional.empty(), "creation-7");
    private final Pod pod = new PodBuilder().withMetadata(metadata).build();

    @Test
    void nameAndLabelsComeBackUnchanged() {
        assertThat(ObjectLabels.of(pod)).isEqualTo(LABELS);
        assertThat(ObjectLabels.name(pod)).isEqualTo("Fixer_1");
        assertThat(metadata.getName()).startsWith("fixer-1-");
        assertThat(ObjectLabels.isOf("creation-7", pod)).isTrue();
        assertThat(ObjectLabels.isOf("creation-8", pod)).isFalse();
    }

    @Test
    void anObjectOfSomebodyElseHasNoLabelsOfOurs() {
        Pod other =
                new PodBuilder().withNewMetadata().withName("web").endMetadata().build();

        assertThat(ObjectLabels.of(other)).isEmpty();
        assertThat(ObjectLabels.name(other)).isEqualTo("web");
        assertThat(ObjectLabels.isOf("creation-7", other)).isFalse();
    }

    @Test
    void aSelectorHasTheValuesOfTheLabelsAndChoosesByTheExactOnes() {
        LabelSelector byDirectory = new LabelSelector(RequestFixture.DIRECTORY, Optional.of("/home/ann/shop"));
        LabelSelector byAny = new LabelSelector(RequestFixture.FLEET, Optional.empty());

        assertThat(ObjectLabels.selector(byDirectory))
                .isEqualTo(RequestFixture.DIRECTORY + "=" + metadata.getLabels().get(RequestFixture.DIRECTORY));
        assertThat(ObjectLabels.selector(byAny)).isEqualTo(RequestFixture.FLEET);
        assertThat(ObjectLabels.chooses(byDirectory, pod)).isTrue();
        assertThat(ObjectLabels.chooses(new LabelSelector(RequestFixture.FLEET, Optional.of("shop2")), pod))
                .isFalse();
    }
}
