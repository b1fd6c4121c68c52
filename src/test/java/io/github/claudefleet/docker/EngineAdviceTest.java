package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineAdviceTest {

    @ParameterizedTest
    @CsvSource({"Linux, LINUX", "Mac OS X, MACOS", "Windows 11, WINDOWS", "Windows Server 2022, WINDOWS", "AIX, LINUX"})
    void theSystemIsKnownByJavasName(String name, EngineAdvice advice) {
        assertThat(EngineAdvice.of(name)).isEqualTo(advice);
    }

    @Test
    void eachSystemHasItsOwnCommands() {
        assertThat(EngineAdvice.LINUX.text(true)).contains("sudo usermod -aG docker", "--group-add", "unix://");
        assertThat(EngineAdvice.MACOS.text(true)).contains("open -a Docker").doesNotContain("usermod", "npipe");
        assertThat(EngineAdvice.WINDOWS.text(true))
                .contains("net localgroup docker-users", "npipe://")
                .doesNotContain("sudo", "unix:");
    }

    @Test
    void aGroupIsNoHelpWhereNoEngineRuns() {
        assertThat(EngineAdvice.LINUX.text(false)).doesNotContain("usermod");
        assertThat(EngineAdvice.WINDOWS.text(false)).doesNotContain("localgroup");
    }

    @ParameterizedTest
    @CsvSource({
        "Permission denied, true",
        "java.io.IOException: \\\\.\\pipe\\docker_engine (Access is denied), true",
        "there is no such file, false"
    })
    void aRefusalIsKnownByTheSystemsWords(String reason, boolean denied) {
        assertThat(EngineAdvice.isDenied(reason)).isEqualTo(denied);
    }
}
