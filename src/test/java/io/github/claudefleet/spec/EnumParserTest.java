package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumParserTest {

    @ParameterizedTest
    @EnumSource
    void everyLoginModeIsFoundByItsWord(LoginMode mode) {
        assertThat(LoginMode.of(mode.value())).isEqualTo(mode);
    }

    @ParameterizedTest
    @EnumSource
    void everyPullPolicyIsFoundByItsWord(PullPolicy policy) {
        assertThat(PullPolicy.of(policy.value())).isEqualTo(policy);
    }

    @Test
    void sharingIsLoginOrAll() {
        assertThat(Sharing.of("login")).isEqualTo(Sharing.LOGIN);
        assertThat(Sharing.of("all")).isEqualTo(Sharing.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Login", "LOGIN", " login", "oauth"})
    void anotherWordIsRefusedWithTheWordsThereAre(String value) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> LoginMode.of(value));

        assertThat(refusal).hasMessage("auth.mode \"" + value + "\" is unknown");
        assertThat(refusal.suggestion()).isEqualTo("Use one of: login, token, apiKey, federation, provider.");
    }

    @Test
    void aFallbackCannotBeAskedFor() {
        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> Sharing.of("all-by-fallback"));

        assertThat(refusal.suggestion()).isEqualTo("Use one of: login, all.");
    }

    @Test
    void theLoginAloneIsSeparatedOnlyWhenThatIsWhatIsShared() {
        assertThat(Sharing.values()).filteredOn(Sharing::separatesLogin).containsExactly(Sharing.LOGIN);
    }
}
