package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {

    @Test
    void isTheBeginningOfTheHashThatEveryToolComputes() {
        // printf abc | sha256sum
        assertThat(new Sha256().add(new byte[] {'a', 'b', 'c'}).shortHex()).isEqualTo("ba7816bf8f01");
    }

    @Test
    void twoTextsAreNotTheirConcatenation() {
        assertThat(new Sha256().add("ab").add("c").shortHex())
                .isNotEqualTo(new Sha256().add("a").add("bc").shortHex())
                .isNotEqualTo(new Sha256().add("abc").shortHex());
    }
}
