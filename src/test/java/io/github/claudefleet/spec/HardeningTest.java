package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardeningTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "opt", "/opt/", "/opt//x", "/opt/../etc", "/./opt", "/opt/.", "/a\nb", "~/x"})
    void aWritableDirectoryIsAnAbsolutePathInTheContainer(String path) {
        assertThatThrownBy(() -> of(List.of(path), Optional.empty()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("hardening.writable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt", "/usr/local/lib/node_modules", "/opt/..hidden", "/opt/.cache/x y"})
    void anyOtherIsTaken(String path) {
        assertThat(of(List.of(path), Optional.empty()).writable()).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run sc", "-x", "a;b"})
    void aRuntimeHasANameThatAnEngineCanList(String name) {
        assertThatThrownBy(() -> of(List.of(), Optional.of(name)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("hardening.runtime");
    }

    @Test
    void theDefaultIsTheStrictest() {
        assertThat(Hardening.DEFAULT.readOnlyRootfs()).isTrue();
        assertThat(Hardening.DEFAULT.writable()).isEmpty();
        assertThat(Hardening.DEFAULT.runtime()).isEmpty();
    }

    private static Hardening of(List<String> writable, Optional<String> runtime) {
        return new Hardening(List.of("ALL"), List.of(), true, true, true, writable, runtime);
    }
}
