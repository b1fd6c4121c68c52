package io.github.claudefleet.results;

import io.github.claudefleet.spec.EgressUse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders which hosts the agents asked for, with the lines of a pom that would allow what was refused. */
final class EgressTable {

    private static final int MOST_ROWS = 200;
    private static final List<String> COLUMNS = List.of("Agent", "Host", "Requests", "Refused", "Reason");

    private EgressTable() {}

    /** Returns the lines of a Markdown table; empty if there was no request. */
    static List<String> markdown(List<EgressUse> uses) {
        List<String> lines = new ArrayList<>();
        if (uses.isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add("### Hosts");
        lines.add("");
        lines.add("| " + String.join(" | ", COLUMNS) + " |");
        lines.add("|---|---|--:|--:|---|");
        uses.stream()
                .limit(MOST_ROWS)
                .forEach(use -> lines.add("| " + use.agent() + " | " + code(use.place()) + " | " + use.requests()
                        + " | " + use.refused() + " | " + use.reasonText() + " |"));
        if (uses.size() > MOST_ROWS) {
            lines.add("");
            lines.add((uses.size() - MOST_ROWS) + " more are in fleet.json.");
        }
        List<String> rules = rules(uses);
        if (!rules.isEmpty()) {
            lines.add("");
            lines.add("These lines in `<egress>` would allow what was refused:");
            lines.add("");
            lines.add("```xml");
            lines.addAll(rules);
            lines.add("```");
        }
        return lines;
    }

    /** Returns a section of the report; empty if there was no request. */
    static String html(List<EgressUse> uses) {
        if (uses.isEmpty()) {
            return "";
        }
        List<String> rules = rules(uses);
        return "<section aria-labelledby=\"hosts\">\n<h2 id=\"hosts\">Hosts</h2>\n<div class=\"scroll\">\n<table>\n<thead><tr>"
                + COLUMNS.stream().map(name -> "<th>" + name + "</th>").collect(Collectors.joining())
                + "</tr></thead>\n<tbody>\n"
                + uses.stream().limit(MOST_ROWS).map(EgressTable::row).collect(Collectors.joining("\n"))
                + "\n</tbody>\n</table>\n</div>\n"
                + (uses.size() > MOST_ROWS ? "<p>" + (uses.size() - MOST_ROWS) + " more are in fleet.json.</p>\n" : "")
                + (rules.isEmpty()
                        ? ""
                        : "<p>These lines in <code>&lt;egress&gt;</code> would allow what was refused:</p>\n<pre>"
                                + Html.text(String.join("\n", rules)) + "</pre>\n")
                + "</section>";
    }

    private static String row(EgressUse use) {
        return "<tr><td>" + Html.text(use.agent()) + "</td><td>" + Html.text(use.place()) + "</td><td class=\"n\">"
                + use.requests() + "</td><td class=\"n\">" + use.refused() + "</td><td>" + Html.text(use.reasonText())
                + "</td></tr>";
    }

    /** Returns text of an agent's as code in a cell of a table, which it can't leave. */
    private static String code(String place) {
        return "`" + place.replace('`', '\'').replace('|', '?') + "`";
    }

    private static List<String> rules(List<EgressUse> uses) {
        return EgressUse.missingRules(uses).stream().limit(MOST_ROWS).toList();
    }
}
