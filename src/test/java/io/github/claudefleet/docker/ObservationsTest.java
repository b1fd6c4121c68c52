package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.github.claudefleet.engine.ImageObservation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    @Test
    void readsTimesInDockersAndInPodmansForm() {
        assertThat(Observations.time("2026-11-23T17:30:53.123456789Z"))
                .hasValue(Instant.parse("2026-11-23T17:30:53.123456789Z"));
        assertThat(Observations.time("2026-11-23T19:30:53.5+02:00")).hasValue(Instant.parse("2026-11-23T17:30:53.5Z"));
    }

    @Test
    void whatHasNotHappenedHasNoTime() {
        assertThat(Observations.time("0001-01-01T00:00:00Z")).isEmpty();
        assertThat(Observations.time("")).isEmpty();
        assertThat(Observations.time(null)).isEmpty();
    }

    @Test
    void showsFullIdsShortAndNamesWhole() {
        assertThat(ShortIds.shown("0123456789abcdef".repeat(4))).isEqualTo("0123456789ab");
        assertThat(ShortIds.shown("claude-fleet-shop-c0ffee00-reviewer"))
                .isEqualTo("claude-fleet-shop-c0ffee00-reviewer");
    }

    @Test
    void knowsTheVariablesOfAnImageByNameWhereTheyAreSet() {
        ContainerConfig config = new ContainerConfig().withEnv(new String[] {"PATH=/bin", "A=", "B=x=y", "C=0", "D"});

        ImageObservation image =
                Observations.image(new InspectImageResponse().withId("sha256:1").withConfig(config));

        assertThat(image.variables()).containsExactlyInAnyOrder("PATH", "B");
    }
}
