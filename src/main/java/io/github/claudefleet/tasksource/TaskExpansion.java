package io.github.claudefleet.tasksource;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes tasks of the rows of a source.
 *
 * @param groupBy field whose rows of one value become one task; empty if each row becomes one
 * @param maxTasks maximum number of tasks
 */
public record TaskExpansion(Optional<String> groupBy, int maxTasks) {

    /** Maximum if the pom has none: a build with thousands of failures must not cost thousands of tasks. */
    public static final int DEFAULT_MAX_TASKS = 100;

    private static final String COUNT = "count";
    private static final int MOST_ITEMS = 500;
    private static final int LONGEST_FIELD = 200;

    /** Template of the prompts. */
    @FunctionalInterface
    public interface Template {

        /**
         * Returns the prompt of a task.
         *
         * @param values values of the placeholders, quoted where necessary
         */
        String fill(String task, Map<String, String> values);
    }

    /** @throws InvalidSpecException if {@code groupBy} is no field of the rows */
    public FoundTasks expand(Rows rows, Template template) {
        List<Row> distinct = distinct(rows.rows());
        List<Row> all = groupBy.map(field -> grouped(distinct, field)).orElse(distinct);
        List<String> names = TaskNames.of(all);
        int taken = Math.min(all.size(), maxTasks);
        List<FoundTask> tasks = IntStream.range(0, taken)
                .mapToObj(index -> task(names.get(index), all.get(index), template))
                .toList();
        return new FoundTasks(tasks, all.size() - taken, rows.source(), rows.nothing());
    }

    private static FoundTask task(String name, Row row, Template template) {
        String prompt = QuotedData.withNote(template.fill(name, row.values()));
        return new FoundTask(name, CredentialRedactor.text(prompt));
    }

    private static List<Row> distinct(List<Row> rows) {
        Map<String, Row> byIdentity = new LinkedHashMap<>();
        rows.forEach(row -> byIdentity.putIfAbsent(row.identity(), row));
        return List.copyOf(byIdentity.values());
    }

    private static List<Row> grouped(List<Row> rows, String field) {
        rows.stream()
                .map(Row::fields)
                .filter(fields -> !fields.containsKey(field))
                .findFirst()
                .ifPresent(fields -> {
                    throw new InvalidSpecException(
                            "agent.tasksFrom.groupBy",
                            "\"" + field + "\" is no field of this source",
                            "Use one of " + fields.keySet() + ".");
                });
        Map<String, List<Row>> groups = rows.stream()
                .collect(
                        Collectors.groupingBy(row -> row.fields().get(field), LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> group(field, group.getKey(), group.getValue()))
                .toList();
    }

    private static Row group(String field, String value, List<Row> rows) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(COUNT, String.valueOf(rows.size()));
        fields.put(QuotedData.ITEMS, items(field, rows));
        fields.put(field, value);
        return new Row(value, value, fields, Set.of(QuotedData.ITEMS));
    }

    private static String items(String field, List<Row> rows) {
        Function<Row, String> line = row -> row.fields().entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(field) && !entry.getValue().isBlank())
                .map(entry -> entry.getKey() + ": " + OneLine.of(entry.getValue(), LONGEST_FIELD))
                .collect(Collectors.joining("; ", "- ", ""));
        String shown = rows.stream().limit(MOST_ITEMS).map(line).collect(Collectors.joining("\n"));
        return rows.size() > MOST_ITEMS ? shown + "\n- and " + (rows.size() - MOST_ITEMS) + " more" : shown;
    }
}
