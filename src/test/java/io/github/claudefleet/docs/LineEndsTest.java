package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that files which run in containers end their lines as Linux does, wherever the project was checked out. */
class LineEndsTest {

    @Test
    void gitChecksTextsOutWithTheLineEndsOfLinux() {
        assertThat(ProjectFiles.read(".gitattributes").lines()).contains("* text=auto eol=lf");
    }

    /** A line end of Windows in a script is an error of the shell: {@code not found}. */
    @ParameterizedTest
    @ValueSource(strings = {"src/main/resources", "src/examples", "bin"})
    void noFileHasALineEndOfWindows(String directory) throws IOException {
        List<Path> files = files(ProjectFiles.path(directory));

        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(Files.readAllBytes(file)).as(file.toString()).doesNotContain('\r'));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
