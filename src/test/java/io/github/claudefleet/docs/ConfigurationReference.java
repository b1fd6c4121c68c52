package io.github.claudefleet.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Content of docs/configuration.md: a table of parameters for each element of the configuration. */
final class ConfigurationReference {

    private static final int CELLS = 5;

    private final String document;

    private ConfigurationReference(String document) {
        this.document = document;
    }

    /**
     * Parameter in the table.
     *
     * @param property empty if the document states that there is none
     * @param defaultValue empty if the document has no single value
     */
    record Row(String name, Optional<String> property, String type, Optional<String> defaultValue) {}

    static ConfigurationReference read() {
        return new ConfigurationReference(ProjectFiles.read("docs/configuration.md"));
    }

    /** Rows below the heading with this text. */
    List<Row> section(String heading) {
        return rows(document.lines()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList());
    }

    List<Row> all() {
        return rows(document.lines().toList());
    }

    private static List<Row> rows(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(1).split("(?<!\\\\)\\|"))
                .filter(cells -> cells.length == CELLS)
                .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                .map(cells ->
                        new Row(code(cells.get(0)).orElseThrow(), code(cells.get(1)), cells.get(2), code(cells.get(3))))
                .toList();
    }

    private static Optional<String> code(String cell) {
        return cell.matches("`[^`]+`") ? Optional.of(cell.substring(1, cell.length() - 1)) : Optional.empty();
    }
}
