package io.github.claudefleet.tasksource;

import java.util.List;

/**
 * Contents of a source.
 *
 * @param rows rows in an order that does not change from run to run
 * @param source name of the source, for a sentence such as "3 tasks from …"
 * @param nothing reason why there is no row, as a sentence without a full stop
 */
public record Rows(List<Row> rows, String source, String nothing) {

    public Rows {
        rows = List.copyOf(rows);
    }
}
