package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final String WORD = "sk-ant-hush";

    @Test
    void showsItselfOnlyToWhoAsksForIt() {
        Secret secret = Secret.of(WORD);

        assertThat(secret.reveal()).isEqualTo(WORD);
        assertThat(List.of(secret, Optional.of(secret), "" + secret).toString()).doesNotContain(WORD);
    }

    @Test
    void staysHiddenInEverythingThatHoldsIt() {
        FleetSpec spec = Shop.fleet("a")
                .credential(LoginMode.API_KEY, Shop.credential(WORD))
                .toSpec();

        assertThat(spec.toString()).contains("environment variable KEY").doesNotContain(WORD);
    }

    @Test
    void aFilesLastNewlineIsNotPartOfIt() {
        assertThat(Secret.of("  " + WORD + "\r\n").reveal()).isEqualTo(WORD);
        assertThat(Secret.of(WORD + "\n")).isEqualTo(Secret.of(WORD)).hasSameHashCodeAs(Secret.of(WORD));
        assertThat(Secret.of(WORD)).isNotEqualTo(Secret.of("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void nothingIsNoSecret(String value) {
        assertThatThrownBy(() -> Secret.of(value)).hasMessage("the credential is empty");
    }
}
