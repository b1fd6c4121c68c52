package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Password in a remote's URL and the person's own settings in the environment, which only git must get. */
@ExtendWith(PersonUnharmed.class)
class RemoteUrlTest {

    @TempDir
    private Path temp;

    @Test
    void aPasswordIsInNoArgumentAndNoMessage() {
        RemoteUrl remote = new RemoteUrl("https://oauth2:s%40cret@git.example.org/shop.git");

        assertThat(remote.argument()).isEqualTo("https://git.example.org/shop.git");
        assertThat(remote).hasToString("https://***@git.example.org/shop.git");
        assertThat(RemoteUrl.masked("fatal: unable to access 'https://s3cret@git.example.org/': 401"))
                .isEqualTo("fatal: unable to access 'https://***@git.example.org/': 401");
        assertThat(RemoteUrl.masked("git@git.example.org:shop.git")).isEqualTo("git@git.example.org:shop.git");
    }

    @Test
    void gitGetsThePasswordByAHelper() {
        Git git = Git.alone(temp).withPassword(new RemoteUrl("https://oauth2:s%40cret@git.example.org/shop.git"));

        Git.Answer answer = git.run(
                "protocol=https\nhost=git.example.org\n\n".getBytes(StandardCharsets.US_ASCII), "credential", "fill");

        assertThat(answer.text()).contains("username=oauth2", "password=s@cret");
    }

    @Test
    void aRemoteByNameIsLeftAsItIs() {
        assertThat(new RemoteUrl("origin").argument()).isEqualTo("origin");
        assertThat(new RemoteUrl("https://ann@git.example.org/x").argument())
                .isEqualTo("https://ann@git.example.org/x");
    }

    @Test
    void theEnvironmentSaysHowThePersonsGitWorksAndNotWhere() {
        assertThat(PersonGitEnvironment.of(Map.of(
                        "GIT_CONFIG_COUNT", "1",
                        "GIT_CONFIG_KEY_0", "safe.directory",
                        "GIT_CONFIG_VALUE_0", "*",
                        "GIT_ASKPASS", "/bin/ask",
                        "GIT_SSH_COMMAND", "ssh -i key",
                        "GIT_AUTHOR_NAME", "Ann",
                        "GIT_DIR", "/elsewhere",
                        "GIT_INDEX_FILE", "/elsewhere/index",
                        "GIT_TRACE", "1",
                        "HOME", "/home/ann")))
                .containsOnlyKeys(
                        "GIT_CONFIG_COUNT",
                        "GIT_CONFIG_KEY_0",
                        "GIT_CONFIG_VALUE_0",
                        "GIT_ASKPASS",
                        "GIT_SSH_COMMAND",
                        "GIT_AUTHOR_NAME");
        assertThat(Git.alone(temp).environment()).doesNotContainKeys("GIT_CONFIG_COUNT", "GIT_ASKPASS");
    }
}
