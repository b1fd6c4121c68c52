package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Generated part of docs/workspace-shapes.md: a table of verdicts for each strategy. */
final class ShapesDocument {

    private static final String BEGIN = "<!-- verdicts -->\n";
    private static final String END = "<!-- end of verdicts -->\n";

    private final String document;
    private final Map<String, String> words = new HashMap<>();

    ShapesDocument(String document) {
        this.document = document;
        read();
    }

    private void read() {
        String strategy = "";
        List<String> events = List.of();
        for (String line : document.substring(document.indexOf(BEGIN), document.indexOf(END))
                .lines()
                .toList()) {
            List<String> columns =
                    Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList();
            if (columns.isEmpty()) {
                continue;
            }
            if (columns.get(0).matches("`\\w+`")) {
                strategy = columns.get(0).replace("`", "");
                events = columns;
            }
            for (int i = 1; i < columns.size(); i++) {
                words.put(strategy + "|" + columns.get(0) + "|" + events.get(i), columns.get(i));
            }
        }
    }

    private static String key(Cell cell) {
        return cell.strategy().value() + "|" + cell.shape().words() + "|"
                + cell.event().words();
    }

    String word(Cell cell) {
        return words.getOrDefault(key(cell), "?");
    }

    /** Replaces a verdict of the document. */
    void put(Cell cell, String word) {
        words.put(key(cell), word);
    }

    String text() {
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        return document.substring(0, begin)
                + Arrays.stream(WorkspaceStrategy.values()).map(this::table).collect(Collectors.joining())
                + "\n"
                + document.substring(document.indexOf(END));
    }

    private String table(WorkspaceStrategy strategy) {
        List<Event> events = Cell.events(strategy);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(events.stream()
                .map(Event::words)
                .collect(Collectors.joining(" | ", "| `" + strategy.value() + "` | ", " |")));
        lines.add("|---" + "|---".repeat(events.size()) + "|");
        for (RepositoryShape shape : RepositoryShape.values()) {
            lines.add(events.stream()
                    .map(event -> word(new Cell(strategy, shape, event)))
                    .collect(Collectors.joining(" | ", "| " + shape.words() + " | ", " |")));
        }
        return String.join("\n", lines) + "\n";
    }
}
