package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitAuthorTest {

    @Test
    void isReadAsGitWritesIt() {
        assertThat(CommitAuthor.parse(" Jörg M. Müller <jm@example.org> "))
                .isEqualTo(new CommitAuthor("Jörg M. Müller", "jm@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Pat",
                "<pat@example.org>",
                "Pat <>",
                "Pat <a b>",
                "Pat <a@b> more",
                "Pat\nx <a@b>",
                "P<t <a@b>"
            })
    void isNothingElse(String text) {
        assertThatThrownBy(() -> CommitAuthor.parse(text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("is not NAME <EMAIL>");
    }
}
