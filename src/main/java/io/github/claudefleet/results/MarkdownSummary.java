package io.github.claudefleet.results;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders a summary of a fleet's work in Markdown, short enough for the page of a CI job. */
final class MarkdownSummary {

    private static final int MOST_ROWS = 500;

    private MarkdownSummary() {}

    private static final String SEPARATOR = " | ";

    /**
     * Renders the summary.
     *
     * @param comparison comparison with an earlier run, if there is one
     * @param egress hosts that the agents asked for
     * @param zone time zone of the times in the summary
     */
    static String of(FleetReport report, Optional<Comparison> comparison, List<EgressUse> egress, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + Rehearsal.mark(report.fleet()) + "Fleet " + report.fleet() + ": " + report.count(Outcome.DONE)
                + " of " + report.counted() + " tasks done, " + report.cost());
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
        comparison.ifPresent(found -> lines.addAll(compared(found, zone)));
        lines.addAll(EgressTable.markdown(egress));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> compared(Comparison comparison, ZoneId zone) {
        List<Comparison.Row> rows = comparison.rows();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("### " + comparison.title(zone));
        lines.add("");
        lines.add("| task | outcome | "
                + String.join(SEPARATOR, Comparison.COLUMNS).toLowerCase(Locale.ROOT) + " |");
        lines.add("|---|---|--:|--:|--:|--:|");
        rows.stream().limit(MOST_ROWS).map(MarkdownSummary::compared).forEach(lines::add);
        lines.add("| total | " + comparison.totalOutcome() + SEPARATOR + String.join(SEPARATOR, comparison.totals())
                + " |");
        if (rows.size() > MOST_ROWS) {
            lines.add("");
            lines.add((rows.size() - MOST_ROWS) + " more are in report.html.");
        }
        return lines;
    }

    private static String compared(Comparison.Row row) {
        String earlier = row.hasChanged() ? row.before().orElseThrow().outcome().value() + " → " : "";
        return "| " + row.task() + SEPARATOR + earlier + row.label()
                + row.outcome().value() + SEPARATOR + String.join(SEPARATOR, row.numbers()) + " |";
    }

    private static String row(TaskReport task) {
        return "| " + task.task() + " | "
                + task.agent().map(AgentName::value).orElse("") + " | "
                + task.outcome().value() + " | "
                + Durations.toText(task.times().took()) + " | "
                + task.usage().cost() + " | "
                + task.usage().turns() + " | "
                + task.exit().check().map(MarkdownSummary::check).orElse("")
                + " |";
    }

    private static String check(TaskReport.Check check) {
        int rounds =
                check.rounds().stream().mapToInt(TaskReport.Round::number).max().orElse(1);
        return (check.exitCode() == 0 ? "ok" : "status " + check.exitCode())
                + (rounds > 1 ? " in round " + rounds : "");
    }

    /** Escapes text of other origin, so that it creates no table, link, image or markup. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>()#+!|~-])", "\\\\$1");
    }
}
