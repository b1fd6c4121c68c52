package io.github.claudefleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Sources of this project as text, for tests of names, prose and sizes. */
final class SourceFiles {

    private SourceFiles() {}

    /** Lists the files below a directory whose names have an ending. */
    static List<Path> below(String directory, String ending) {
        try (Stream<Path> all = Files.walk(Path.of(directory))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a type's simple name. */
    static String typeOf(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
