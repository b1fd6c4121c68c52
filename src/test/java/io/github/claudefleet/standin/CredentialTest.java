package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.claudefleet.standin.Credential.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
    @ParameterizedTest
    @CsvSource({
        "sk-ant-oat01-standin.alice.3, ACCESS, alice, 3",
        "sk-ant-ort01-standin.alice.12, REFRESH, alice, 12",
        "sk-ant-oat01-standin.alice.setup, SETUP, alice, 0",
        "sk-ant-api03-standin.a-b-1, API_KEY, a-b-1, 0",
        "code-alice, CODE, alice, 0"
    })
    void aCredentialNamesItsAccount(String text, Kind kind, String account, int number) {
        assertEquals(new Credential(kind, account, number), Credential.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-api03-other",
                "sk-ant-oat01-standin.Alice.1",
                "sk-ant-oat01-standin.alice.",
                "code-BAD",
                "x"
            })
    void whatIsNotOfOurFormIsForeign(String text) {
        assertEquals(Kind.FOREIGN, Credential.parse(text).kind());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void nothingIsNoCredential(String text) {
        assertEquals(Kind.NONE, Credential.parse(text).kind());
    }

    @Test
    void theLabelIsNoUseAsACredential() {
        String label = Credential.parse("sk-ant-oat01-standin.alice.3").label();
        assertEquals("access alice.3", label);
        assertFalse(Credential.parse(label).hasAccount());
    }
}
