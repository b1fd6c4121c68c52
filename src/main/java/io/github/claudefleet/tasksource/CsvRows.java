package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Source with a row for each record of a file of comma-separated values, whose first line names the columns.
 *
 * @param shown path as in the pom
 */
public record CsvRows(Path file, String shown) implements TaskSource {

    private static final String PARAMETER = "agent.tasksFrom.csv";

    @Override
    public Rows read() {
        List<CsvReader.Line> lines = lines();
        if (lines.isEmpty()) {
            throw refusal("is empty", "Its first line must name the columns.");
        }
        List<String> columns = lines.get(0).cells().stream().map(FieldNames::of).toList();
        boolean named = columns.stream().noneMatch(String::isEmpty) && new HashSet<>(columns).size() == columns.size();
        if (!named) {
            throw refusal(
                    "has no header: its first line is " + lines.get(0).cells(),
                    "Let its first line give each column a name of its own.");
        }
        List<Row> rows = lines.stream().skip(1).map(line -> row(columns, line)).toList();
        return new Rows(rows, shown, shown + " has no line below its header");
    }

    private Row row(List<String> columns, CsvReader.Line line) {
        if (line.cells().size() > columns.size()) {
            throw refusal(
                    "has " + line.cells().size() + " values in line " + line.number() + " and " + columns.size()
                            + " columns",
                    "Put a value that contains a separator between double quotes.");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int column = 0; column < columns.size(); column++) {
            fields.put(
                    columns.get(column),
                    column < line.cells().size() ? line.cells().get(column) : "");
        }
        return Row.of(fields);
    }

    private List<CsvReader.Line> lines() {
        try {
            return CsvReader.read(TextFile.read(file));
        } catch (IOException e) {
            throw refusal(
                    "can't be read: " + FileProblem.of(e, file), "Name a text file in UTF-8, relative to the project.");
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage(), "Close the quotes; a double quote within a value is written twice.");
        }
    }

    private InvalidSpecException refusal(String problem, String suggestion) {
        return new InvalidSpecException(PARAMETER, "names " + shown + ", which " + problem, suggestion);
    }
}
