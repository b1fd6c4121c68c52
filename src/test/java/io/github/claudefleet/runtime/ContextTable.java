package io.github.claudefleet.runtime;

import io.github.claudefleet.docs.ProjectFiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Table of docs/context.md: the files of a repository that reach agents, for each choice. */
final class ContextTable {

    private static final String HEADING = "## Files of the repository";

    private final List<List<String>> rows;

    private ContextTable(List<List<String>> rows) {
        this.rows = rows;
    }

    static ContextTable read() {
        return new ContextTable(ProjectFiles.read("docs/context.md")
                .lines()
                .dropWhile(line -> !line.equals(HEADING))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList());
    }

    /** Cells of a choice's column, by the first cell of their rows. */
    Map<String, String> column(String choice) {
        int column = rows.get(0).indexOf(choice);
        Map<String, String> cells = new LinkedHashMap<>();
        rows.stream().skip(1).forEach(row -> cells.put(row.get(0), row.get(column)));
        return cells;
    }

    List<String> choices() {
        return rows.get(0).stream().skip(1).toList();
    }
}
