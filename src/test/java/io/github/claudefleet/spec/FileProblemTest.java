package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsMoreThanItsPath() {
        Path file = folder.resolve("gone");

        IOException problem = catchThrowableOfType(IOException.class, () -> Files.readString(file));

        assertThat(problem).hasMessage(file.toString());
        assertThat(FileProblem.of(problem)).isEqualTo("no such file or directory (" + file + ")");
    }

    @Test
    void whatJavaHasAClassForHasWords() {
        assertThat(FileProblem.of(new AccessDeniedException("/a"))).isEqualTo("permission denied (/a)");
        assertThat(FileProblem.of(new MalformedInputException(1))).isEqualTo("it is not text in UTF-8");
        assertThat(FileProblem.of(new EOFException())).isEqualTo("EOFException");
        assertThat(FileProblem.of(new IOException("no room left\nat all"))).isEqualTo("no room left");
    }

    @Test
    void aNameThatTheLocaleHasNoLettersForIsToldWithTheCure() {
        assertThat(FileProblem.messageOf(new InvalidPathException("Pr\u00fcfung.md", "Malformed input")))
                .startsWith("\"Pr\u00fcfung.md\" can't be the name of a file: the locale's charset, ")
                .endsWith("has no such letters. Set LC_ALL=C.UTF-8 (or LANG) where Maven is started");
        assertThat(FileProblem.messageOf(new InvalidPathException("a\0b", "Nul character not allowed")))
                .endsWith("can't be the name of a file: nul character not allowed");
    }

    @Test
    void aMessageThatJavaMadeUpItselfGetsWords() {
        assertThat(FileProblem.messageOf(new UncheckedIOException(new AccessDeniedException("/a"))))
                .isEqualTo("a file can't be used: permission denied (/a)");
        assertThat(FileProblem.messageOf(new UncheckedIOException("X can't be read", new IOException("x"))))
                .isEqualTo("X can't be read");
    }

    /** Java's own message would be only the path. */
    @Test
    void everyFailureOfAFileIsToldInTheseWords() throws IOException {
        Pattern bare = Pattern.compile(
                "catch \\([^)]*\\bIOException (\\w+)\\) \\{(?:(?!\\n {8}\\}).)*\\b\\1\\.getMessage\\(\\)",
                Pattern.DOTALL);
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(Files::isRegularFile)
                            .filter(source -> bare.matcher(read(source)).find()))
                    .isEmpty();
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatTheSystemSaysIsKept() throws IOException {
        IOException problem =
                catchThrowableOfType(IOException.class, () -> Files.createDirectory(folder.resolve("x".repeat(300))));

        assertThat(FileProblem.of(problem)).startsWith("file name too long (");
        assertThat(FileProblem.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("no space left on device (/a)");
    }
}
