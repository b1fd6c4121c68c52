package io.github.claudefleet.tasksource;

/** Reduces names of fields and columns to those that a placeholder can have. */
final class FieldNames {

    private FieldNames() {}

    /** Returns the name with an underscore for each run of other characters: {@code Issue key} is {@code Issue_key}. */
    static String of(String name) {
        return name.strip().replaceAll("[^A-Za-z0-9_.-]+", "_");
    }
}
