package io.github.claudefleet.tasksource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources other than test reports. */
class TaskSourcesTest {

    @TempDir
    private Path base;

    // ---- modules

    @Test
    void modulesButThoseWithoutCodeAreRows() {
        List<BuildModule> modules = List.of(module(".", "shop", "pom"), module("api", "api", "jar"));

        assertThat(new ModuleList(modules, base, Set.of()).read().rows())
                .extracting(Row::fields)
                .containsExactly(Map.of(
                        "module",
                        "api",
                        "groupId",
                        "org.shop",
                        "version",
                        "1.0",
                        "packaging",
                        "jar",
                        "directory",
                        "api"));
        assertThat(new ModuleList(modules, base, Set.of("pom")).read().rows())
                .extracting(row -> row.fields().get("directory"))
                .containsExactly(".");
        assertThat(new ModuleList(modules, base, Set.of("war")).read())
                .extracting(Rows::rows, Rows::nothing)
                .containsExactly(List.of(), "this build has no module of packaging [war]");
    }

    private BuildModule module(String directory, String name, String packaging) {
        Path path = base.resolve(directory).normalize();
        return new BuildModule("org.shop", name, "1.0", packaging, path, path.resolve("target"), List.of());
    }

    // ---- files

    @Test
    void filesThatMatchAreRowsInTheOrderOfTheirPaths() throws IOException {
        write("src/b/B.java", "");
        write("src/a/A.java", "");
        write("src/a/A.txt", "");
        write("src/gen/G.java", "");

        List<Row> rows =
                new FileGlob(base, "src/**/*.java,\n !src/gen/**").read().rows();

        assertThat(rows)
                .extracting(Row::fields)
                .containsExactly(
                        Map.of("file", "src/a/A.java", "name", "A.java", "directory", "src/a"),
                        Map.of("file", "src/b/B.java", "name", "B.java", "directory", "src/b"));
    }

    @Test
    void aPatternThatMatchesNothingSaysSo() {
        assertThat(new FileGlob(base, "src/**/*.kt").read())
                .isEqualTo(new Rows(List.of(), "the files src/**/*.kt", "no file matches src/**/*.kt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/*", "../other/**", "src/../../x"})
    void aPatternStaysInTheProject(String pattern) {
        assertThatThrownBy(() -> new FileGlob(base, pattern).read())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("\"" + pattern + "\", which leads out of the project");
    }

    // ---- JSON

    @Test
    void objectsOfAnArrayAreRowsOfAllTheirFields() throws IOException {
        Path file = write(
                "a.json", "\uFEFF[{\"name\":\"One\",\"Issue key\":7,\"tags\":[\"x\"]},{\"name\":null,\"extra\":true}]");

        List<Row> rows = new JsonRows(file, "a.json").read().rows();

        assertThat(rows).extracting(Row::name).containsExactly("One", "");
        assertThat(rows)
                .extracting(Row::fields)
                .containsExactly(
                        Map.of("name", "One", "Issue_key", "7", "tags", "[\"x\"]", "extra", ""),
                        Map.of("name", "", "Issue_key", "", "tags", "", "extra", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[1]", "[{}, null]", "\"x\""})
    void jsonThatIsNoArrayOfObjectsIsRefused(String text) throws IOException {
        Path file = write("a.json", text);

        assertThatThrownBy(() -> new JsonRows(file, "a.json").read())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agent.tasksFrom.json names a.json, which is no array of objects");
    }

    @Test
    void jsonThatIsNoneIsRefusedWithItsLine() throws IOException {
        Path file = write("a.json", "[\n{\"a\" 1}]");

        assertThatThrownBy(() -> new JsonRows(file, "a.json").read()).hasMessageContaining("is no JSON (line 2)");
        assertThatThrownBy(() -> new JsonRows(base.resolve("b.json"), "b.json").read())
                .hasMessageContaining("can't be read: no such file");
        assertThat(new JsonRows(write("c.json", "[]"), "c.json").read().nothing())
                .isEqualTo("c.json is an empty list");
    }

    // ---- CSV

    @Test
    void recordsOfCsvAreRows() throws IOException {
        Path file =
                write("a.csv", "\uFEFFname, Issue key ,text\r\nOne,1,\"first\nline, \"\"quoted\"\"\"\r\n\r\nTwo,2\r\n");

        assertThat(new CsvRows(file, "a.csv").read().rows())
                .extracting(Row::fields)
                .containsExactly(
                        Map.of("name", "One", "Issue_key", "1", "text", "first\nline, \"quoted\""),
                        Map.of("name", "Two", "Issue_key", "2", "text", ""));
    }

    @Test
    void semicolonsAndTabsSeparateAsWell() throws IOException {
        assertThat(new CsvRows(write("a.csv", "a;b\n1,5;2"), "a.csv").read().rows())
                .extracting(Row::fields)
                .containsExactly(Map.of("a", "1,5", "b", "2"));
        assertThat(new CsvRows(write("b.csv", "a\tb\n1\t2\n"), "b.csv").read().rows())
                .extracting(Row::fields)
                .containsExactly(Map.of("a", "1", "b", "2"));
    }

    @Test
    void csvWithoutAHeaderOrWithABrokenLineIsRefused() throws IOException {
        assertThatThrownBy(() -> csv("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> csv("a,,b\n1,2,3")).hasMessageContaining("has no header: its first line is [a, , b]");
        assertThatThrownBy(() -> csv("x,x\nx,x")).hasMessageContaining("has no header");
        assertThatThrownBy(() -> csv("a,b\n1,2\n1,2,3")).hasMessageContaining("has 3 values in line 3 and 2 columns");
        assertThatThrownBy(() -> csv("a,b\n\"1,2\n")).hasMessageContaining("has quotes in line 2 that are not closed");
        assertThat(csv("a,b\n").nothing()).isEqualTo("a.csv has no line below its header");
    }

    private Rows csv(String text) throws IOException {
        return new CsvRows(write("a.csv", text), "a.csv").read();
    }

    // ---- command

    @Test
    void linesThatACommandPrintsAreRows() throws IOException {
        write("a.txt", "");

        assertThat(command("ls; echo; echo ' two words '").read().rows())
                .extracting(Row::fields)
                .containsExactly(Map.of("line", "a.txt"), Map.of("line", "two words"));
        assertThat(command("true").read().nothing()).isEqualTo("the command true printed nothing");
    }

    @Test
    void aCommandThatFailsIsQuoted() {
        assertThatThrownBy(() -> command("echo one; echo two >&2; echo three >&2; exit 3")
                        .read())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageEndingWith("ended with status 3: three");
        assertThatThrownBy(() -> command("grep -l x /dev/null").read())
                .hasMessageEndingWith("ended with status 1 and printed nothing")
                .extracting(refusal -> ((InvalidSpecException) refusal).suggestion())
                .asString()
                .contains("|| true");
    }

    @Test
    void aCommandThatDoesNotEndIsStopped() {
        assertThatThrownBy(() -> new CommandLines("sleep 100", base, Duration.ofMillis(200)).read())
                .hasMessageContaining("\"sleep 100\" did not end within 200ms");
    }

    private CommandLines command(String line) {
        return new CommandLines(line, base, Duration.ofSeconds(100));
    }

    private Path write(String name, String text) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
