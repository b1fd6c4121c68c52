package io.github.claudefleet.tasksource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths in prompts from a host with Windows: agents find their files by slashes. */
class WindowsPathsTest {

    @Test
    void aFailingClassAndItsModuleHaveSlashes() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path base = windows.getPath("C:\\work\\shop");
            Path module = base.resolve("apps\\web");
            Path tests = Files.createDirectories(module.resolve("src\\test\\java\\org\\shop"));
            Files.createFile(tests.resolve("CartTest.java"));
            BuildModule web = new BuildModule(
                    "org.shop",
                    "web",
                    "1",
                    "jar",
                    module,
                    module.resolve("target"),
                    List.of(module.resolve("src\\test\\java")));

            Row row = new FailingClass("org.shop.CartTest", Optional.of(web), base).toRow();

            assertThat(row.fields())
                    .containsEntry("directory", "apps/web")
                    .containsEntry("file", "apps/web/src/test/java/org/shop/CartTest.java");
        }
    }

    @Test
    void filesOfAPatternHaveSlashes() {
        assertThat(FileGlob.withSlashes(new String[] {"src\\b.md", "a.md"}, '\\'))
                .containsExactly("a.md", "src/b.md");
        assertThat(FileGlob.withSlashes(new String[] {"src/a\\b.md"}, '/')).containsExactly("src/a\\b.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\Users\\**", "c:/Users/**", "..\\other\\**", "\\\\server\\share\\**", "a/..\\../b"})
    void aPatternThatLeadsOutOnWindowsIsRefused(String pattern) {
        assertThatThrownBy(() -> FileGlob.split("agent.tasksFrom.files", pattern))
                .hasMessageContaining("leads out of the project");
    }

    @Test
    void linesThatEndAsOnWindowsHaveNoCarriageReturn() {
        assertThat(CsvReader.read("name,text\r\na,\"b\"\r\n\r\nc,d\r\n"))
                .extracting(CsvReader.Line::toString)
                .noneMatch(line -> line.contains("\r"))
                .hasSize(3);
    }
}
