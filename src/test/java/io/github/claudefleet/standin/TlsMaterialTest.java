package io.github.claudefleet.standin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsMaterialTest {
    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private byte[] first;

    @BeforeAll
    static void make() throws IOException {
        TlsMaterial.in(made, Clock.systemUTC());
    }

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("ca.pem", "server.p12")) {
            Files.copy(made.resolve(name), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        first = Files.readAllBytes(folder.resolve("ca.pem"));
    }

    @Test
    void theKeyIsForItsOwnerAlone() throws IOException {
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.resolve("server.p12")));
    }

    @Test
    void whatIsGoodIsKept() throws IOException {
        assertArrayEquals(first, makeAgain(Duration.ofDays(80)));
    }

    @Test
    void whatIsAboutToExpireIsMadeAnew() throws IOException {
        assertFalse(Arrays.equals(first, makeAgain(Duration.ofDays(84))));
    }

    @Test
    void whatCannotBeReadIsMadeAnew() throws IOException {
        Files.writeString(folder.resolve("server.p12"), "broken");
        assertFalse(Arrays.equals(first, makeAgain(Duration.ZERO)));
    }

    private byte[] makeAgain(Duration later) throws IOException {
        return Files.readAllBytes(
                TlsMaterial.in(folder, Clock.offset(Clock.systemUTC(), later)).ca());
    }
}
