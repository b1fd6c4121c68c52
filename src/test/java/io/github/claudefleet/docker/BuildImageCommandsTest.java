package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.core.command.BuildImageCmdImpl;
import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.EngineException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildImageCommandsTest {

    private static final BuildImageCmd.Exec NEVER = BuildImageCommandsTest::refuse;

    @TempDir
    private Path context;

    @Test
    void anIncompleteContextIsNotBlamedOnTheEngine() throws IOException {
        dockerfile();
        BuildImageCommands commands = new BuildImageCommands(() -> failing("log.txt has grown", Integer.MAX_VALUE));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> commands.of(request()))
                .withMessageContaining(
                        "build image shop:1: the build context " + context + " can't be packed: log.txt has grown")
                .satisfies(failure ->
                        assertThat(failure.suggestion().orElseThrow()).contains(".dockerignore"));
    }

    @Test
    void aFileThatGrewWhileItWasReadIsReadAgain() throws IOException {
        dockerfile();
        int[] failures = {2};
        BuildImageCommands commands = new BuildImageCommands(() -> failing("log.txt has grown", failures[0]--));

        try (BuildImageCmd command = commands.of(request())) {
            assertThat(command.getTags()).containsExactly("shop:1");
            assertThat(command.getTarInputStream()).isNotNull();
        }
    }

    @Test
    void aMissingDockerfileIsNamed() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new BuildImageCommands(() -> new BuildImageCmdImpl(NEVER)).of(request()))
                .withMessageContaining("there is no Dockerfile " + context.resolve("Dockerfile"));
    }

    private static Void refuse(BuildImageCmd command, ResultCallback<BuildResponseItem> callback) {
        throw new AssertionError("no build was asked for");
    }

    private void dockerfile() throws IOException {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
    }

    private BuildRequest request() {
        return new BuildRequest(
                "shop:1",
                context,
                "Dockerfile",
                Collections.unmodifiableSortedMap(new TreeMap<>()),
                Map.of(),
                false,
                Optional.empty());
    }

    /** Returns a command that fails as docker-java does while it packs, unless no failures are left. */
    private static BuildImageCmd failing(String reason, int failures) {
        return new BuildImageCmdImpl(NEVER) {
            @Override
            public BuildImageCmdImpl withDockerfile(File dockerfile) {
                if (failures > 0) {
                    throw new UncheckedIOException(new IOException(reason));
                }
                return super.withDockerfile(dockerfile);
            }
        };
    }
}
