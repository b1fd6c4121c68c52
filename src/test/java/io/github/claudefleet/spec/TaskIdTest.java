package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"reviewer", "fixer/03-parser", "fixer-2"})
    void isReadAsItIsWritten(String text) {
        assertThat(TaskId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a/b/c", "a/..", "../a", "A", "a b", "auth"})
    void refusesWhatCouldBeNoFolderOfItsOwn(String text) {
        assertThatThrownBy(() -> TaskId.parse(text)).isInstanceOf(InvalidSpecException.class);
    }
}
