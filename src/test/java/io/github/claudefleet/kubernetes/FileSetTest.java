package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileSetTest {

    @Test
    void filesComeBackFromTheirSecret() {
        FileSet set = FileSet.of("kit", List.of(file("a b/TASK.md", "one", 0400), file("run.sh", "two", 0755)));
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName("kit")
                .withAnnotations(Map.of(FileSet.PLACES, set.annotation()))
                .endMetadata()
                .withData(set.data())
                .build();

        assertThat(FileSet.of(secret)).isEqualTo(set);
        assertThat(set.source().getItems())
                .extracting("path", "mode")
                .containsExactlyInAnyOrder(tuple("a b/TASK.md", 0440), tuple("run.sh", 0755));
    }

    @Test
    void keysAreAllowedAndAPathAlwaysHasTheSameOne() {
        FileSet one = FileSet.of("kit", List.of(file("a/b", "1", 0400), file("a_b", "2", 0400), file("ä", "3", 0400)));
        FileSet other = FileSet.of("kit", List.of(file("a_b", "2", 0400), file("a/b", "4", 0400)));

        assertThat(one.data().keySet()).hasSize(3).allMatch(key -> key.matches("[-._a-zA-Z0-9]+"));
        assertThat(one.data().keySet()).containsAll(other.data().keySet());
    }

    @Test
    void writtenFilesReplaceThoseOfTheirPathOnly() {
        FileSet before = FileSet.of("kit", List.of(file("a", "1", 0400), file("b", "2", 0400)));
        FileSet written = FileSet.of("kit", List.of(file("b", "3", 0500)));

        FileSet after = written.over(before);

        assertThat(after).isEqualTo(FileSet.of("kit", List.of(file("b", "3", 0500), file("a", "1", 0400))));
    }

    @Test
    void aFolderIsNoFileAndTooMuchIsRefused() {
        byte[] large = new byte[FileSet.MOST_BYTES + 3];

        assertThat(FileSet.of("kit", List.of(UploadFile.folder("prompts", 0700, ContainerUser.FOR_ROOT)))
                        .data())
                .isEmpty();
        assertThatThrownBy(
                        () -> FileSet.of("kit", List.of(new UploadFile("large", large, 0400, ContainerUser.FOR_ROOT))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("files of the volume kit have 10000");
    }

    private static UploadFile file(String path, String text, int mode) {
        return new UploadFile(path, text.getBytes(StandardCharsets.UTF_8), mode, ContainerUser.FOR_ROOT);
    }
}
