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
    void home_comes_before_the_systems_record_as_for_docker_and_claude_code() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/github/home"), "/root", false)
                        .require())
                .isEqualTo(Path.of("/github/home"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_empty_home_is_none(String value) {
        assertThat(HomeDirectory.of(Map.of("HOME", value), "/home/pat", false).require())
                .isEqualTo(Path.of("/home/pat"));
    }

    @Test
    void a_user_without_a_record_has_the_home_that_is_set() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/cache"), "?", false).find(".docker"))
                .hasValue(Path.of("/cache/.docker"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", ""})
    void a_user_without_a_record_and_without_home_is_told_what_to_set(String recorded) {
        HomeDirectory none = HomeDirectory.of(Map.of(), recorded, false);

        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, none::require);

        assertThat(refusal).hasMessage("HOME is not set, and the system has no home directory for this user");
        assertThat(refusal.suggestion()).startsWith("Set HOME to a directory that this user can write");
        assertThat(none.find(".docker")).isEmpty();
    }

    @Test
    void a_relative_home_is_refused_since_each_checkout_would_have_its_own() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> HomeDirectory.of(Map.of("HOME", "home"), "/home/pat", false)
                        .require());

        assertThat(refusal).hasMessageStartingWith("HOME is \"home\", which is not an absolute path");
    }

    @Test
    void windows_has_another_variable() {
        assertThat(HomeDirectory.of(Map.of("HOME", "/c/other", "USERPROFILE", "/c/pat"), "/c/java", true)
                        .require())
                .isEqualTo(Path.of("/c/pat"));
    }
}
