package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of a host with Windows, in the texts that git, containers and prompts get. */
class WindowsPathsTest {

    @Test
    void aRelativePathHasSlashes() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            assertThat(PathText.withSlashes(windows.getPath("src\\main\\App.java")))
                    .isEqualTo("src/main/App.java");
            assertThat(PathText.withSlashes(windows.getPath("..\\..\\x"))).isEqualTo("../../x");
            assertThat(PathText.withSlashes(windows.getPath(""))).isEmpty();
        }
        try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(PathText.withSlashes(unix.getPath("a\\b/c")))
                    .as("a backslash is a letter there")
                    .isEqualTo("a\\b/c");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "C:\\a", "c:/a", "\\\\server\\share", "C:a"})
    void aDriveOrShareIsAbsolute(String text) {
        assertThat(PathText.isAbsolute(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:b/c", "1:x", "..\\a", ""})
    void anythingElseIsRelative(String text) {
        assertThat(PathText.isAbsolute(text.replace("a:b", "ab:c"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/workspace/.git/objects, ../../other/objects, /workspace/other/objects",
        "/claude-fleet/git, worktrees/a/./b, /claude-fleet/git/worktrees/a/b",
        "/a, /b//c, /b/c",
        "/a, ../../.., /",
        "/a/objects, C:/x/objects, /a/objects/C:/x/objects"
    })
    void aContainersPathIsResolvedAsLinuxDoes(String directory, String name, String path) {
        assertThat(ContainerPaths.resolve(directory, name)).isEqualTo(path);
    }

    @Test
    void theVariableOfTheHomeIsThatOfTheSystem() {
        HomeDirectory none = HomeDirectory.of(Map.of(), "?", true);

        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, none::require);

        assertThat(refusal).hasMessageStartingWith("USERPROFILE is not set");
        assertThat(refusal.suggestion())
                .startsWith("Set USERPROFILE to a directory that this user can write")
                .doesNotContain("docker run");
    }
}
