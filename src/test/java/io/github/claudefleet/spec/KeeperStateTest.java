package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeeperStateTest {

    @Test
    void isReadFromWhatTheKeeperWritesAndTheTimeBesideIt() {
        KeeperState state = KeeperState.parse(
                        "doing=failing\nexpires=1100\nrefreshed=700\nfailures=3\nrestarts=2\nnow=1000\n")
                .orElseThrow();

        assertThat(state.doing()).isEqualTo(KeeperState.Doing.FAILING);
        assertThat(state.now()).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(state.expires()).hasValue(Instant.ofEpochSecond(1100));
        assertThat(state.renewed()).hasValue(Instant.ofEpochSecond(700));
        assertThat(state.failures()).isEqualTo(3);
        assertThat(state.restarts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now=1000", "doing=\nnow=1000", "doing=dancing\nnow=1000", "cat: no such file"})
    void whatTellsNoStateIsNone(String text) {
        assertThat(KeeperState.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires=0", "expires=", "expires=soon", "expires=-5", "expires=99999999999999999999"})
    void whatTellsNoEndHasNone(String line) {
        assertThat(KeeperState.parse("doing=keeping\nnow=1000\n" + line)
                        .orElseThrow()
                        .expires())
                .isEmpty();
    }

    @Test
    void aFailureHasItsReason() {
        String lines = "doing=failing\nexpires=1100\nfailures=1\nnow=1000\nreason=expired that of variable X \n";

        assertThat(KeeperState.parse(lines).orElseThrow().text())
                .isEqualTo("not renewed in 1 attempts, token good for 1m 40s (expired that of variable X)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keeping    | 29000 | 820 | renewed 3m ago, token good for 7h 46m
            keeping    | 29000 | 0   | token good for 7h 46m
            keeping    | 0     | 0   | nothing to renew
            refreshing | 1100  | 0   | being renewed, token good for 1m 40s
            waiting    | 0     | 0   | waiting for a sign-in
            expired    | 0     | 820 | expired or revoked: sign in again
            damaged    | 0     | 820 | damaged: sign in again
            failing    | 1100  | 820 | not renewed in 4 attempts, token good for 1m 40s
            failing    | 940   | 820 | not renewed in 4 attempts, token ended 1m ago
            """)
    void saysItInWords(String doing, long expires, long refreshed, String text) {
        String lines =
                "doing=%s\nexpires=%d\nrefreshed=%d\nfailures=4\nnow=1000\n".formatted(doing, expires, refreshed);

        assertThat(KeeperState.parse(lines).orElseThrow().text()).isEqualTo(text);
    }
}
