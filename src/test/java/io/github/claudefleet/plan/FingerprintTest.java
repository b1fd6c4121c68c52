package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    @Test
    void aLabelHoldsAllThereIsToKnow() {
        Fingerprint fingerprint = of("agent:1", "Test");

        Fingerprint read = Fingerprint.parse(fingerprint.toLabel());

        assertThat(fingerprint.toLabel()).matches("image=[0-9a-f]{12},prompt=[0-9a-f]{12}");
        assertThat(read.toLabel()).isEqualTo(fingerprint.toLabel());
        assertThat(read.differencesFrom(fingerprint)).isEmpty();
    }

    @Test
    void aLabelShowsNothingOfWhatItWasMadeFrom() {
        assertThat(of("agent:1", "Test").toLabel()).doesNotContain("agent").doesNotContain("Test");
    }

    @Test
    void differencesAreInTheWordsOfThePom() {
        assertThat(of("agent:1", "Test").differencesFrom(of("agent:1", "Other")))
                .containsExactly("prompt");
        assertThat(of("agent:1", "Test").differencesFrom(of("agent:2", "Other")))
                .containsExactly("image", "prompt");
    }

    @Test
    void thePartsOfAListAreNotTheSameAsOnePartThatLooksLikeThem() {
        assertThat(of("agent:1", List.of("a", "b")).differencesFrom(of("agent:1", List.of("a, b"))))
                .containsExactly("prompt");
        assertThat(of("agent:1", Map.of("a", "1")).differencesFrom(of("agent:1", Map.of("a", "2"))))
                .containsExactly("prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "image", "=", "image=,prompt=", ",,,", "imagine=1,prompts=2", "image=x=y"})
    void whatCannotBeReadCountsAsChanged(String label) {
        assertThat(of("agent:1", "Test").differencesFrom(Fingerprint.parse(label)))
                .containsExactly("image", "prompt");
    }

    @Test
    void anAspectOfALaterVersionIsPassedOver() {
        Fingerprint later = Fingerprint.parse(of("agent:1", "Test").toLabel() + ",colour=0123456789ab");

        assertThat(of("agent:1", "Test").differencesFrom(later)).isEmpty();
    }

    private static Fingerprint of(String image, Object prompt) {
        Map<Aspect, Object> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.PROMPT, prompt);
        aspects.put(Aspect.IMAGE, image);
        return Fingerprint.of(aspects);
    }
}
