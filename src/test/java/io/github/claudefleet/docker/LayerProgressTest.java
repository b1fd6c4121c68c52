package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LayerProgressTest {

    private long now;
    private final LayerProgress progress = new LayerProgress(() -> now);

    @Test
    void tellsHowFarAllLayersAreNowAndThen() throws IOException {
        assertThat(progress.take(status("a", "Pulling fs layer", 0, 0))).isEmpty();
        assertThat(progress.take(status("b", "Pulling fs layer", 0, 0))).isEmpty();
        progress.take(status("a", "Downloading", 5_000_000, 20_000_000));
        now += Duration.ofSeconds(2).toNanos();
        assertThat(progress.take(status("b", "Downloading", 40_000_000, 100_000_000)))
                .contains("0 of 2 layers, 45 of 120 MB");
        assertThat(progress.take(status("b", "Downloading", 41_000_000, 100_000_000)))
                .isEmpty();
        now += Duration.ofSeconds(2).toNanos();
        assertThat(progress.take(status("a", "Download complete", 0, 0))).contains("1 of 2 layers, 61 of 120 MB");
        now += Duration.ofSeconds(2).toNanos();
        assertThat(progress.take(status("a", "Extracting", 1_000_000, 20_000_000)))
                .as("what is unpacked was downloaded")
                .contains("1 of 2 layers, 61 of 120 MB");
    }

    @Test
    void countsLayersThatWereThereOnceThereIsSomethingToDownload() throws IOException {
        now += Duration.ofSeconds(3).toNanos();

        assertThat(progress.take(status("a", "Already exists", 0, 0))).isEmpty();
        assertThat(progress.take(status("b", "Downloading", 1_000_000, 2_000_000)))
                .contains("1 of 2 layers, 1 of 2 MB");
    }

    private static ResponseItem status(String id, String status, long current, long total) throws IOException {
        return new ObjectMapper()
                .readValue(
                        "{\"id\":\"%s\",\"status\":\"%s\",\"progressDetail\":{\"current\":%d,\"total\":%d}}"
                                .formatted(id, status, current, total),
                        PullResponseItem.class);
    }
}
