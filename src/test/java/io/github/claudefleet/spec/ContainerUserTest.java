package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerUserTest {

    @ParameterizedTest
    @CsvSource({"1000:1000, 1000:1000", "1000, 1000:1000", "' 1001:50 ', 1001:50", "999999999:0, 999999999:0"})
    void aUserIsTwoNumbersOfWhichTheSecondMayBeLeftOut(String text, String user) {
        assertThat(ContainerUser.parse(text)).hasToString(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "1000:", ":1000", "-1", "1000:1000:1000", "1000 1000", "4294967296", "１０００"})
    void anythingElseIsNoUser(String text) {
        assertThatThrownBy(() -> ContainerUser.parse(text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("user \"" + text + "\" is not UID:GID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0:0", "0:1000", "000"})
    void rootIsRefusedWhateverItsGroup(String text) {
        assertThatThrownBy(() -> ContainerUser.parse(text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("user is root");
    }
}
