package io.github.claudefleet.docs;

import io.github.claudefleet.docs.PluginDescriptor.Goal;
import io.github.claudefleet.docs.PluginDescriptor.GoalParameter;
import java.util.List;
import java.util.stream.Collectors;

/** Writes docs/goals.md from the plugin's descriptor. */
final class GoalsReference {

    private static final String HEAD = """
            # Goals

            <!-- Generated from the goals' Javadoc: mvn test -Dtest=GoalsReferenceTest -Dupdate=true -->

            Elements of nested parameters and further defaults: [configuration.md](configuration.md).
            """;

    private static final int WIDTH = 120;

    private GoalsReference() {}

    static String of(List<Goal> goals) {
        return HEAD + goals.stream().map(GoalsReference::section).collect(Collectors.joining());
    }

    private static String section(Goal goal) {
        return "\n## claude-fleet:" + goal.name() + "\n\n" + wrapped(escape(goal.description())) + "\n\n" + facts(goal)
                + "\n\n" + table(goal.parameters());
    }

    private static String facts(Goal goal) {
        String phase =
                goal.phase().isEmpty() ? "Bound to no phase by default" : "Default phase: `" + goal.phase() + "`";
        return phase + ". " + (goal.requiresProject() ? "Needs a pom." : "Works without a pom.");
    }

    private static String table(List<GoalParameter> parameters) {
        return "| parameter | property | type | default | meaning |\n|---|---|---|---|---|\n"
                + parameters.stream().map(GoalsReference::row).collect(Collectors.joining());
    }

    private static String row(GoalParameter parameter) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        parameter.name(),
                        code(parameter.property()),
                        parameter.type(),
                        code(parameter.defaultValue()),
                        escape(parameter.description()));
    }

    private static String code(String text) {
        return text.isEmpty() ? "–" : "`" + text + "`";
    }

    private static String wrapped(String text) {
        return text.replaceAll("(.{1," + WIDTH + "})(?: |$)", "$1\n").strip();
    }

    /** Escapes a description, which is plain text: characters that look like a tag or a column would be lost. */
    private static String escape(String text) {
        return text.replaceAll("\\s+", " ").replace("<", "\\<").replace("|", "\\|");
    }
}
