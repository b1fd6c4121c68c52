package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.github.claudefleet.engine.ImageObservation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    @Test
    void reads_times_in_dockers_and_in_podmans_form() {
        assertThat(Observations.time("2026-11-23T17:30:53.123456789Z"))
                .hasValue(Instant.parse("2026-11-23T17:30:53.123456789Z"));
        assertThat(Observations.time("2026-11-23T19:30:53.5+02:00")).hasValue(Instant.parse("2026-11-23T17:30:53.5Z"));
    }

    @Test
    void what_has_not_happened_has_no_time() {
        assertThat(Observations.time("0001-01-01T00:00:00Z")).isEmpty();
        assertThat(Observations.time("")).isEmpty();
        assertThat(Observations.time(null)).isEmpty();
    }

    @Test
    void shows_full_ids_short_and_names_whole() {
        assertThat(Ids.shown("0123456789abcdef".repeat(4))).isEqualTo("0123456789ab");
        assertThat(Ids.shown("claude-fleet-shop-c0ffee00-reviewer")).isEqualTo("claude-fleet-shop-c0ffee00-reviewer");
    }

    @Test
    void knows_the_variables_of_an_image_by_name_where_they_are_set() {
        ContainerConfig config = new ContainerConfig().withEnv(new String[] {"PATH=/bin", "A=", "B=x=y", "C=0", "D"});

        ImageObservation image =
                Observations.image(new InspectImageResponse().withId("sha256:1").withConfig(config));

        assertThat(image.variables()).containsExactlyInAnyOrder("PATH", "B");
    }
}
