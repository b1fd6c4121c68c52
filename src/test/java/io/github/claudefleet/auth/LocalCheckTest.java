package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocalCheckTest {

    private static final String MANAGED = "/etc/claude-code/managed-settings.json";

    @Test
    void seesNothingWrongWithAPlainContainer() {
        assertThat(problem(LoginMode.LOGIN, "cli=2.1.330 (Claude Code)\nsettings " + MANAGED + "={\"model\":\"opus\"}"))
                .isEmpty();
    }

    @Test
    void seesACliThatIsTooOld() {
        assertThat(problem(LoginMode.TOKEN, "cli=2.1.99 (Claude Code)"))
                .contains(LoginStatus.of(Kind.CLI_TOO_OLD, "it is 2.1.99, and a fleet needs 2.1.225"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"apiKeyHelper\":\"/opt/key.sh\"}                             | apiKeyHelper",
                "{\"env\":{\"ANTHROPIC_API_KEY\":\"x\"}}                       | ANTHROPIC_API_KEY",
                "{\"env\":{\"A\":\"b\",\"ANTHROPIC_AUTH_TOKEN\":\"x\"}}        | ANTHROPIC_AUTH_TOKEN",
                "{\"env\":{\"CLAUDE_CODE_USE_BEDROCK\":1}}                     | CLAUDE_CODE_USE_BEDROCK",
            })
    void namesTheSettingsFileThatBringsAnotherCredential(String settings, String what) {
        assertThat(problem(LoginMode.LOGIN, "settings " + MANAGED + "=" + settings))
                .contains(LoginStatus.of(Kind.OTHER_CREDENTIAL, what + " in " + MANAGED + " of the image"));
    }

    @Test
    void namesAFileOfTheSharedDirectoryByItsPathOnTheHost() {
        assertThat(problem(LoginMode.LOGIN, "settings /claude-fleet/login/settings.json={\"apiKeyHelper\":\"x\"}"))
                .contains(LoginStatus.of(
                        Kind.OTHER_CREDENTIAL,
                        "apiKeyHelper in " + Path.of("/home/ann/.claude").resolve("settings.json")));
    }

    @Test
    void takesItsOwnHelperForItsOwn() {
        String own =
                "settings /home/agent/.claude/settings.json={\"apiKeyHelper\": \"cat /claude-fleet/secrets/api-key\"}";
        assertThat(problem(LoginMode.API_KEY, own)).isEmpty();
        assertThat(problem(LoginMode.LOGIN, own)).isPresent();
    }

    @Test
    void letsAProviderBeNamedInSettings() {
        assertThat(problem(
                        LoginMode.PROVIDER, "settings " + MANAGED + "={\"env\":{\"CLAUDE_CODE_USE_BEDROCK\":\"1\"}}"))
                .isEmpty();
        assertThat(problem(LoginMode.PROVIDER, "settings " + MANAGED + "={\"env\":{\"ANTHROPIC_API_KEY\":\"x\"}}"))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(LoginMode.class)
    void isNotUpsetBySettingsThatAreNone(LoginMode mode) {
        for (String settings : new String[] {
            "", "no JSON", "[]", "{\"env\":7,\"apiKeyHelper\":null}", "{\"env\":{\"ANTHROPIC_API_KEY\":\"\"}}"
        }) {
            assertThat(problem(mode, "settings " + MANAGED + "=" + settings))
                    .as(settings)
                    .isEmpty();
        }
    }

    private static Optional<LoginStatus> problem(LoginMode mode, String look) {
        return new LocalCheck(LoginFixtures.of(mode, Path.of("/home/ann/.claude")))
                .problem(AuthContainerFacts.of("c1", look));
    }
}
