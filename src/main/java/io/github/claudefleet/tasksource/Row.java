package io.github.claudefleet.tasksource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Row of a source. A task is made of each row, or of several.
 *
 * @param name proposed name of the task, in any form; blank if the row has none
 * @param identity text that tells this row from others, in later runs as well
 * @param fields values in the order of the source, by the name of their placeholder
 * @param quoted names of the fields that are prose from elsewhere, and quoted in any case
 */
record Row(String name, String identity, Map<String, String> fields, Set<String> quoted) {

    private static final String NAME = "name";

    Row {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        quoted = Set.copyOf(quoted);
    }

    /** Returns a row whose field {@code name}, if there is one, names the task. */
    static Row of(Map<String, String> fields) {
        String identity = new TreeMap<>(fields).toString();
        return new Row(fields.getOrDefault(NAME, ""), identity, fields, Set.of());
    }

    /** Returns the values in the form in which a prompt gets them. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((field, value) -> values.put(field, QuotedData.of(field, value, quoted.contains(field))));
        return values;
    }
}
