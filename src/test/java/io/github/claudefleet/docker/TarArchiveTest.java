package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {

    private static final ContainerUser USER = new ContainerUser(1000, 1001);

    @Test
    void holdsTheFilesWithTheirPermissionsAndOwnersAndTheFoldersOnTheWayOnce() throws IOException {
        assertThat(listed(file("a/b/one", "1", 0400, USER), file("a/b/two", "22", 0755, USER)))
                .containsExactly(
                        "a/ 755 1000:1001 ",
                        "a/b/ 755 1000:1001 ",
                        "a/b/one 400 1000:1001 1",
                        "a/b/two 755 1000:1001 22");
    }

    @Test
    void makesFoldersWithPermissionsOfTheirOwn() throws IOException {
        assertThat(listed(UploadFile.folder("a/b", 0700, USER), file("a/b/one", "1", 0400, USER)))
                .containsExactly("a/ 755 1000:1001 ", "a/b/ 700 1000:1001 ", "a/b/one 400 1000:1001 1");
    }

    @Test
    void takesLongNamesAndLargeNumbers() throws IOException {
        String name = "ü" + "x".repeat(200);
        ContainerUser large = new ContainerUser(900_000_000, 900_000_001);

        assertThat(listed(file(name, "", 0444, large))).containsExactly(name + " 444 900000000:900000001 ");
    }

    @Test
    void tellsNothingOfWhoPackedIt() {
        byte[] archive = TarArchive.of(List.of(file("one", "", 0444, USER)));

        assertThat(new String(archive, StandardCharsets.ISO_8859_1)).doesNotContain(System.getProperty("user.name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../up", "a/../../up", "a//b", "a//", "/", "../up/", "./a"})
    void refusesPathsThatMayLeadElsewhere(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TarArchive.of(List.of(file(path, "", 0444, USER))))
                .withMessageContaining("\"" + path + "\"");
    }

    private static UploadFile file(String path, String content, int mode, ContainerUser owner) {
        return new UploadFile(path, content.getBytes(StandardCharsets.UTF_8), mode, owner);
    }

    private static List<String> listed(UploadFile... files) throws IOException {
        byte[] archive = TarArchive.of(Arrays.asList(files));
        List<String> lines = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                lines.add("%s %o %d:%d %s"
                        .formatted(
                                entry.getName(),
                                entry.getMode() & 07777,
                                entry.getLongUserId(),
                                entry.getLongGroupId(),
                                new String(tar.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return lines;
    }
}
