package io.github.claudefleet.results;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** Renders the section of the report that compares the run with an earlier one. */
final class HtmlComparison {

    private HtmlComparison() {}

    static String of(Comparison comparison, ZoneId zone) {
        return "<section aria-labelledby=\"comparison\">\n<h2 id=\"comparison\">"
                + Html.text(comparison.title(zone))
                + "</h2>\n<div class=\"scroll\">\n<table>\n<thead><tr><th>Task</th><th>Outcome</th>"
                + each(Comparison.COLUMNS, "th")
                + "</tr></thead>\n<tbody>\n"
                + comparison.rows().stream().map(HtmlComparison::row).collect(Collectors.joining("\n"))
                + "\n<tr class=\"total\"><td>total</td><td>" + comparison.totalOutcome() + "</td>"
                + each(comparison.totals(), "td")
                + "</tr>\n</tbody>\n</table>\n</div>\n</section>";
    }

    private static String row(Comparison.Row row) {
        return "<tr><td>" + name(row) + "</td><td>" + outcome(row) + "</td>" + each(row.numbers(), "td") + "</tr>";
    }

    private static String name(Comparison.Row row) {
        return row.after()
                .map(task -> "<a href=\"#" + HtmlTask.anchor(task) + "\">" + task.task() + "</a>")
                .orElseGet(() -> row.task().toString());
    }

    private static String outcome(Comparison.Row row) {
        String earlier =
                row.hasChanged() ? HtmlTask.word(row.before().orElseThrow().outcome()) + " → " : "";
        return earlier + row.label() + HtmlTask.word(row.outcome());
    }

    private static String each(List<String> texts, String element) {
        return texts.stream()
                .map(text -> "<" + element + " class=\"n\">" + Html.text(text) + "</" + element + ">")
                .collect(Collectors.joining());
    }
}
