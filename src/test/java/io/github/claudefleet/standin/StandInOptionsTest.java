package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInOptionsTest {
    @Test
    void everythingCanBeSaid() {
        assertEquals(
                new StandInOptions("0.0.0.0", 8080, 443, Path.of("tls")),
                StandInOptions.parse("--http", "8080", "--https", "443", "--tls", "tls", "--bind", "0.0.0.0"));
    }

    @Test
    void nothingSaidMeansHttpOnTheLoopback() {
        assertEquals(StandInOptions.onLoopback(), StandInOptions.parse());
        assertFalse(StandInOptions.parse().servesTls());
        assertTrue(StandInOptions.onLoopback().withTls(Path.of("tls")).servesTls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port 1", "--http", "--http x", "--http 65536", "--http -1", "--https 443"})
    void whatMakesNoSenseIsRefusedWithTheUsage(String line) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> StandInOptions.parse(line.split(" ")));
        assertTrue(refusal.getMessage().contains("usage:"), refusal.getMessage());
    }
}
