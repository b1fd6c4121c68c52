package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void joinsLinesAndLeavesAShortTextWhole() {
        assertThat(OneLine.of("  one\n\ttwo ", 20)).isEqualTo("one two");
    }

    @Test
    void marksTheRestOfALongText() {
        assertThat(OneLine.of("0123456789", 5)).isEqualTo("0123…");
    }

    @Test
    void marksARestThatIsBehindManySpaces() {
        assertThat(OneLine.of("ab" + " ".repeat(400) + "rest", 10)).isEqualTo("ab…");
        assertThat(OneLine.of("ab" + " ".repeat(400), 10)).isEqualTo("ab");
    }
}
