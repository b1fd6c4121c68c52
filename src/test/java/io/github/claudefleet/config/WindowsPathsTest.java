package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.TextFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths that a pom names on Windows. The file system is simulated. */
class WindowsPathsTest {

    @ParameterizedTest
    @CsvSource({
        "~/.aws, C:\\Users\\pat\\.aws",
        "~\\.aws, C:\\Users\\pat\\.aws",
        "~, C:\\Users\\pat",
        "src/fleet/task.md, C:\\work\\shop\\src\\fleet\\task.md",
        "..\\other, C:\\work\\other",
        "D:/data, D:\\data",
        "D:\\data, D:\\data"
    })
    void aPathIsTheUsersInEitherForm(String text, String path) throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(
                Configuration.windows().toBuilder().setRoots("C:\\", "D:\\").build())) {
            HomeDirectory home = HomeDirectory.at(windows.getPath("C:\\Users\\pat"));

            assertThat(HostPaths.resolve(text, windows.getPath("C:\\work\\shop"), home))
                    .isEqualTo(windows.getPath(path));
        }
    }

    @Test
    void promptsOfAFileWithWindowsLineEndsAreSeparate() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path file = windows.getPath("C:\\work\\prompts.md");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "First task\r\n\r\n---\r\nSecond task\r\nof two lines\r\n");

            assertThat(PromptFiles.readSeveral("prompts", file))
                    .isEqualTo(List.of("First task", "Second task\r\nof two lines"));
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfAPromptOrCredential() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path file = windows.getPath("C:\\work\\token.txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "\uFEFFsk-ant-oat01-x\r\n");

            assertThat(PromptFiles.read("promptFile", file)).isEqualTo("sk-ant-oat01-x\r\n");
            assertThat(TextFile.read(file)).startsWith("sk-ant");
        }
    }
}
