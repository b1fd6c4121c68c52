package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The terminal session in the README is shortened; each of its lines is one that the console has. */
class ReadmeSessionTest {

    private static final String GOLDEN = "src/test/resources/io/github/claudefleet/console/console.txt";

    @Test
    void eachLineIsWordedAsOnTheConsole() {
        List<String> worded = ProjectFiles.read(GOLDEN)
                .lines()
                .map(line -> line.replaceFirst("^info: +", ""))
                .map(ReadmeSessionTest::withoutFigures)
                .toList();

        List<String> shown = ProjectFiles.read("README.md")
                .lines()
                .filter(line -> line.startsWith("[INFO] "))
                .map(line -> withoutFigures(line.substring("[INFO] ".length())))
                .toList();

        assertThat(shown).hasSizeGreaterThan(10).isSubsetOf(worded);
    }

    /** Numbers, times and amounts are samples, and so is a plural. */
    private static String withoutFigures(String line) {
        return line.replaceAll("\\d[\\d.]*(?:ms|s|m)?\\b", "#").replaceAll("(commit|task|agent|file)s\\b", "$1");
    }
}
