package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaBundleTest {

    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("ca.pem");
    }

    @Test
    void isReadAsItIs() throws IOException {
        Files.writeString(file, "# the company's own\n" + PEM);

        assertThat(CaBundle.read(file).pem()).isEqualTo("# the company's own\n" + PEM);
    }

    @Test
    void showsItselfBySizeAndHash() {
        assertThat(new CaBundle(PEM).toString())
                .matches("CaBundle\\(59 characters, [0-9a-f]{12}\\)")
                .isNotEqualTo(new CaBundle(PEM + "\n").toString());
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws IOException {
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n");

        assertThatThrownBy(() -> CaBundle.read(file))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("image.caBundle " + file + " has no certificate in PEM form");
    }

    @Test
    void aFileThatIsNotTextIsRefused() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, 0, (byte) 0xfe});

        assertThatThrownBy(() -> CaBundle.read(file)).hasMessageContaining("can't be read");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> CaBundle.read(file))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(file + " can't be read");
    }
}
