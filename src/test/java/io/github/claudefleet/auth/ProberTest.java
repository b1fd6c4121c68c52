package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.auth.Verdict.Kind;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProberTest {

    @TempDir
    Path directory;

    private final FakeCli cli = new FakeCli().answers("answered");

    @Test
    void believesARealAnswerOnly() {
        LoginFile.write(directory, LoginFile.GOOD);
        Prober prober = prober(LoginMode.LOGIN);
        assertThat(prober.prove(Duration.ofSeconds(30)).isValid()).isTrue();
        assertThat(prober.method()).isEqualTo("claude.ai");
        assertThat(cli.requests()).singleElement().satisfies(request -> {
            assertThat(request.command()).startsWith("timeout", "-k", "5", "30", "claude", "-p");
            assertThat(request.environment()).containsEntry("CLAUDE_CODE_MAX_RETRIES", "0");
        });
    }

    @Test
    void asksNobodyWhatTheFileAlreadyTells() {
        assertThat(prober(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).kind()).isEqualTo(Kind.ABSENT);
        assertThat(cli.requests()).isEmpty();
    }

    @Test
    void needsNoFileForAKey() {
        assertThat(prober(LoginMode.API_KEY).prove(Duration.ofSeconds(30)).isValid())
                .isTrue();
    }

    @Test
    void missesTheCli() {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.isMissing();
        assertThat(prober(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).kind()).isEqualTo(Kind.CLI_MISSING);
    }

    private Prober prober(LoginMode mode) {
        return new Prober(cli.container(), Logins.of(mode, directory), LoginFile.USER);
    }
}
