package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.it.ThrowawayPodman;
import io.github.claudefleet.spec.HomeDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The port's promises, kept on Podman's socket. */
@EnabledIfSystemProperty(named = "it.podman", matches = "true", disabledReason = "bin/test brings Podman")
class PodmanTest extends DockerEngineContract {

    private static ThrowawayPodman podman;
    private static ContainerEngine engine;

    PodmanTest() {
        super(engine);
    }

    @BeforeAll
    static void connect(@TempDir Path home) throws IOException, InterruptedException {
        podman = ThrowawayPodman.create(ThrowawayPodman.Networks.ITS_OWN);
        podman.load(IMAGE);
        engine = DockerEngines.connect(Optional.of(podman.address()), Map.of(), HomeDirectory.at(home));
    }

    @AfterAll
    static void disconnect() {
        if (engine != null) {
            engine.close();
        }
        if (podman != null) {
            podman.close();
        }
    }

    /** It takes two seconds for each. */
    @Override
    int logsAtOnce() {
        return 5;
    }

    /** On a busy machine it may not have heard how the command ended. */
    @Override
    List<Integer> statusesOfTheKilled() {
        return List.of(137, -1);
    }

    // ---- what Podman 4.3 does otherwise, which docs/engines.md says in a user's words

    @Test
    @Override
    @Disabled("begins such a container anew at once, and says nothing of how it ended before")
    void a_container_that_ends_again_and_again_tells_how_and_is_stopped_and_removed() {}

    @Test
    @Override
    @Disabled("forgets a command whose container ends with it, now and then before it can be asked how that ended")
    void a_container_that_is_to_come_back_does_so_until_it_is_stopped() {}

    @Test
    @Override
    @Disabled("counts containers that are made and don't run as well, so that a bridge seems full a little early")
    void counts_the_containers_that_run_on_a_network() {}

    @Test
    @Override
    @Disabled("tells the exit status 137 and not that memory was the reason")
    void a_container_that_takes_more_memory_than_it_may_is_reported_as_such() {}

    @Test
    @Override
    @Disabled("joins a last line that has no end with the line before")
    void a_last_line_without_an_end_is_read_too() {}

    @Test
    @Override
    @Disabled("gives a new volume to the user of the first container that mounts it")
    void a_volume_on_disk_keeps_what_is_in_it_and_who_may_write_there_is_the_writers_to_say() {}

    @Test
    @Override
    @Disabled("resolves names with a plugin that has to be installed beside it")
    void containers_on_one_network_find_each_other_by_name_and_keep_it_from_removal() {}

    @Test
    @Override
    @Disabled("takes a directory that is not there for an empty one, and makes it")
    void a_directory_that_does_not_exist_is_refused_and_not_made(Path home) {}

    @Test
    @Override
    @Disabled("makes a directory of the container's that is not there")
    void writing_to_a_directory_or_a_container_that_is_not_there_is_not_found() {}

    @Test
    void speaks_the_newest_version_of_dockers_api_that_podman_has() {
        assertThat(engine.info().apiVersion()).isEqualTo("1.41");
    }
}
