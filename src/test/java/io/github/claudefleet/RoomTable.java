package io.github.claudefleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Import table of docs/architecture.md: each package with the packages and libraries that it may import. */
record RoomTable(Map<String, Set<String>> rows) {

    private static final String HEADING = "## The rooms";

    static RoomTable of(Path document) {
        try {
            return parse(Files.readAllLines(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RoomTable parse(List<String> lines) {
        Map<String, Set<String>> rows = lines.stream()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .collect(Collectors.toMap(
                        cells -> word(cells[1]), cells -> words(cells[3]), RoomTable::refuseTwo, TreeMap::new));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no table of rooms under the heading \"" + HEADING + "\"");
        }
        return new RoomTable(rows);
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(","))
                .map(RoomTable::word)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String word(String text) {
        return text.replace("`", "").strip();
    }

    private static Set<String> refuseTwo(Set<String> first, Set<String> second) {
        throw new IllegalArgumentException("a room has two rows: " + first + " and " + second);
    }
}
