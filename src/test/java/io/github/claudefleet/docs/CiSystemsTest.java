package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that each row of docs/ci-systems.md names its tests, or states that there are none. */
class CiSystemsTest {

    private static final Path PAGE = Path.of("docs/ci-systems.md");
    private static final Pattern NAME = Pattern.compile("`([\\w-]+)(?:#(\\w+))?`");
    private static final String NOT_TRIED = "not tried";

    @Test
    void everyRowNamesTestsThatExistOrSaysThatThereIsNone() throws IOException {
        List<String> cells = lastCells();

        assertThat(cells).hasSizeGreaterThan(20);
        assertThat(cells.stream().filter(cell -> !cell.equals(NOT_TRIED))).allSatisfy(CiSystemsTest::namesTests);
    }

    @Test
    void testsThatTheTextNamesExist() throws IOException {
        Matcher names = Pattern.compile("`\\w+Test#\\w+`").matcher(Files.readString(PAGE));

        assertThat(names.results().map(name -> name.group())).allSatisfy(CiSystemsTest::namesTests);
    }

    /** Last cells of all rows below a header whose last cell is "shown by". */
    private static List<String> lastCells() throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("\n\n"))
                .filter(block -> block.startsWith("|"))
                .flatMap(table -> table.lines().skip(2))
                .map(row -> row.replaceFirst("\\s*\\|$", "").replaceFirst(".*\\|\\s*", ""))
                .toList();
    }

    private static void namesTests(String cell) throws IOException {
        Matcher names = NAME.matcher(cell);
        assertThat(names.find()).as("\"%s\" names a test", cell).isTrue();
        do {
            assertThat(exists(names.group(1), names.group(2)))
                    .as("there is a test %s", names.group())
                    .isTrue();
        } while (names.find());
    }

    private static boolean exists(String name, String method) throws IOException {
        if (method == null && Files.isDirectory(Path.of("src/it", name))) {
            return true;
        }
        Map<String, String> tests = tests();
        String text = tests.getOrDefault(name, "");
        Matcher parent = Pattern.compile("class \\w+ extends (\\w+)").matcher(text);
        String inherited = parent.find() ? tests.getOrDefault(parent.group(1), "") : "";
        return !text.isEmpty() && (method == null || (text + inherited).contains("void " + method + "("));
    }

    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            CiSystemsTest::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
