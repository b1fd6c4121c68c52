package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeDirectoryTest {

    @Test
    void homeComesBeforeTheSystemsRecordAsForDockerAndClaudeCode() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/github/home"), "/root", false)
                        .require())
                .isEqualTo(Path.of("/github/home"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyHomeIsNone(String value) {
        assertThat(HomeDirectory.of(Map.of("HOME", value), "/home/pat", false).require())
                .isEqualTo(Path.of("/home/pat"));
    }

    @Test
    void aUserWithoutARecordHasTheHomeThatIsSet() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/cache"), "?", false).find(".docker"))
                .hasValue(Path.of("/cache/.docker"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", ""})
    void aUserWithoutARecordAndWithoutHomeIsToldWhatToSet(String recorded) {
        HomeDirectory none = HomeDirectory.of(Map.of(), recorded, false);

        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, none::require);

        assertThat(refusal).hasMessage("HOME is not set, and the system has no home directory for this user");
        assertThat(refusal.suggestion()).startsWith("Set HOME to a directory that this user can write");
        assertThat(none.find(".docker")).isEmpty();
    }

    @Test
    void aRelativeHomeIsRefusedSinceEachCheckoutWouldHaveItsOwn() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> HomeDirectory.of(Map.of("HOME", "home"), "/home/pat", false)
                        .require());

        assertThat(refusal).hasMessageStartingWith("HOME is \"home\", which is not an absolute path");
    }

    @Test
    void windowsHasAnotherVariable() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/c/other", "USERPROFILE", "/c/pat"), "/c/java", true)
                        .require())
                .isEqualTo(Path.of("/c/pat"));
    }
}
