package io.github.claudefleet.runtime;

import io.github.claudefleet.docs.ProjectFiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of docs/context.md: which files of a repository reach agents, by choice. */
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

    /** What a choice brings, by what there is in a repository. */
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
