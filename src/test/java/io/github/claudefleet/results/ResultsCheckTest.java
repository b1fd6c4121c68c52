package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCheckTest {

    @TempDir
    private Path directory;

    @Test
    void aDirectoryThatCanBeWrittenIsMadeAndLeftEmpty() throws IOException {
        Path results = directory.resolve("target/claude-fleet");

        ResultsCheck.check(results);

        try (Stream<Path> all = Files.list(results)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void resultsOfAnEarlierBuildAreInNobodysWay() {
        ReportFixture.writeTo(directory);

        assertThatCode(() -> ResultsCheck.check(directory)).doesNotThrowAnyException();
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("target"), "");

        assertRefuses(file.resolve("claude-fleet"), file);
        assertRefuses(file, file);
    }

    @Test
    void aDirectoryInTheIndexsPlaceIsNamed() throws IOException {
        Path index = Files.createDirectories(directory.resolve("fleet.json"));

        assertRefuses(directory, index);
    }

    @Test
    void aFileSystemThatTakesNothingIsNamed() {
        assumeThat(Files.isDirectory(Path.of("/proc/self"))).isTrue();

        assertRefuses(Path.of("/proc/claude-fleet"), Path.of("/proc"));
    }

    @Test
    void aFullDiskIsToldBeforeItMatters() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(Files.exists(full)).isTrue();

        assertRefuses(full.resolve("results"), full);
    }

    private static void assertRefuses(Path results, Path culprit) {
        assertThatThrownBy(() -> ResultsCheck.check(results))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("resultsDirectory " + results + " can't be written (")
                .hasMessageContaining(" of user ")
                .extracting(refusal -> ((InvalidSpecException) refusal).suggestion())
                .asString()
                .matches("(Make|Move) " + culprit
                        + " .*, or name another directory with -Dclaude-fleet.resultsDirectory\\.");
    }
}
