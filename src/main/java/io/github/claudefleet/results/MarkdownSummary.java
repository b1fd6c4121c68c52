package io.github.claudefleet.results;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders a summary of a fleet's work in Markdown, short enough for the page of a CI job. */
final class MarkdownSummary {

    private static final int MOST_ROWS = 500;

    private MarkdownSummary() {}

    static String of(FleetReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("## Fleet " + report.fleet() + ": " + report.count(Outcome.DONE) + " of "
                + report.tasks().size() + " tasks done, " + report.cost());
        lines.add("");
        lines.add("| task | agent | outcome | time | cost | turns | check |");
        lines.add("|---|---|---|--:|--:|--:|---|");
        report.tasks().stream().limit(MOST_ROWS).map(MarkdownSummary::row).forEach(lines::add);
        if (report.tasks().size() > MOST_ROWS) {
            lines.add("");
            lines.add((report.tasks().size() - MOST_ROWS) + " more are in fleet.json.");
        }
        List<TaskReport> missed = report.tasks().stream()
                .filter(task -> task.outcome() != Outcome.DONE)
                .limit(MOST_ROWS)
                .toList();
        if (!missed.isEmpty()) {
            lines.add("");
            missed.forEach(task -> lines.add("- **" + task.task() + "**: "
                    + task.outcome().value() + (task.reason().isEmpty() ? "" : ": " + escaped(task.reason()))));
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(TaskReport task) {
        return "| " + task.task() + " | "
                + task.agent().map(AgentName::value).orElse("") + " | "
                + task.outcome().value() + " | "
                + Durations.toText(task.times().took()) + " | "
                + task.usage().cost() + " | "
                + task.usage().turns() + " | "
                + task.exit()
                        .check()
                        .map(check -> check.exitCode() == 0 ? "ok" : "status " + check.exitCode())
                        .orElse("")
                + " |";
    }

    /** Escapes text of other origin, so that it creates no table, link, image or markup. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>()#+!|~-])", "\\\\$1");
    }
}
