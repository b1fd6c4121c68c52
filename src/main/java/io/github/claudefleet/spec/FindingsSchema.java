package io.github.claudefleet.spec;

/** The plugin's own JSON schema for answers that list findings in files. */
public final class FindingsSchema {

    /** Name of the schema as a value of {@code jsonSchema}. */
    public static final String NAME = "findings";

    private static final String RESOURCE = "/io/github/claudefleet/results/findings.schema.json";

    private FindingsSchema() {}

    /** Returns the schema as JSON. */
    public static String text() {
        return PluginFile.text(FindingsSchema.class, RESOURCE).strip();
    }
}
