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

/** Contract of the port on Podman's socket. */
@EnabledIfSystemProperty(named = "it.podman", matches = "true", disabledReason = "bin/test brings Podman")
class PodmanIT extends DockerEngineContract {

    private static ThrowawayPodman podman;
    private static ContainerEngine engine;

    PodmanIT() {
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

    @Override
    boolean labelsDirectories() {
        return false;
    }

    /** Podman takes two seconds for each. */
    @Override
    int logsAtOnce() {
        return 5;
    }

    /** On a busy machine Podman may not report the exit status of the command. */
    @Override
    List<Integer> statusesOfTheKilled() {
        return List.of(137, -1);
    }

    // ---- differences of Podman 4.3, which docs/engines.md describes for users

    @Test
    @Override
    @Disabled("begins such a container anew at once, and says nothing of how it ended before")
    void aContainerThatEndsAgainAndAgainTellsHowAndIsStoppedAndRemoved() {}

    @Test
    @Override
    @Disabled("forgets a command whose container ends with it, now and then before it can be asked how that ended")
    void aContainerThatIsToComeBackDoesSoUntilItIsStopped() {}

    @Test
    @Override
    @Disabled("counts containers that are made and don't run as well, so that a bridge seems full a little early")
    void countsTheContainersThatRunOnANetwork() {}

    @Test
    @Override
    @Disabled("tells the exit status 137 and not that memory was the reason")
    void aContainerThatTakesMoreMemoryThanItMayIsReportedAsSuch() {}

    @Test
    @Override
    @Disabled("joins a last line that has no end with the line before")
    void aLastLineWithoutAnEndIsReadToo() {}

    @Test
    @Override
    @Disabled("gives a new volume to the user of the first container that mounts it")
    void aVolumeOnDiskKeepsWhatIsInItAndWhoMayWriteThereIsTheWritersToSay() {}

    @Test
    @Override
    @Disabled("resolves names with a plugin that has to be installed beside it")
    void containersOnOneNetworkFindEachOtherByNameAndKeepItFromRemoval() {}

    @Test
    @Override
    @Disabled("takes a directory that is not there for an empty one, and makes it")
    void aDirectoryThatDoesNotExistIsRefusedAndNotMade(Path home) {}

    @Test
    @Override
    @Disabled("makes a directory of the container's that is not there")
    void writingToADirectoryOrAContainerThatIsNotThereIsNotFound() {}

    @Test
    void speaksTheNewestVersionOfDockersApiThatPodmanHas() {
        assertThat(engine.info().apiVersion()).isEqualTo("1.41");
    }
}
