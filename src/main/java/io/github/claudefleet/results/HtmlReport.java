package io.github.claudefleet.results;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Renders {@code report.html}: one page that needs no other file, no network and no script. */
final class HtmlReport {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    private final FleetReport report;
    private final Optional<Comparison> comparison;
    private final List<EgressUse> egress;
    private final ZoneId zone;

    private HtmlReport(FleetReport report, Optional<Comparison> comparison, List<EgressUse> egress, ZoneId zone) {
        this.report = report;
        this.comparison = comparison;
        this.egress = egress;
        this.zone = zone;
    }

    /**
     * Renders the page.
     *
     * @param comparison comparison with an earlier run, if there is one
     * @param egress hosts that the agents asked for
     * @param zone time zone of the times in the report
     */
    static String of(FleetReport report, Optional<Comparison> comparison, List<EgressUse> egress, ZoneId zone) {
        return new HtmlReport(report, comparison, egress, zone).page();
    }

    private String page() {
        String mark = Rehearsal.mark(report.fleet());
        String fleet = Html.text(report.fleet().value());
        return Html.fill(
                        "report.html",
                        Map.of(
                                "title", mark + "Fleet " + fleet,
                                "style", Html.resource("report.css"),
                                "fleet", mark + fleet,
                                "when", when(),
                                "figures", figures(),
                                "timeline", new HtmlTimeline(report).lanes(),
                                "rows", each(HtmlReport::row),
                                "comparison", compared(),
                                "answers", each(HtmlTask::of)))
                + "\n";
    }

    private String when() {
        String began = TIME.format(report.began().atZone(zone));
        return report.ended()
                .map(end -> began + ", " + Durations.toText(Duration.between(report.began(), end)))
                .orElse(began + ", still at work");
    }

    private String figures() {
        return figure("done", report.count(Outcome.DONE) + " of " + report.counted())
                + figure(
                        "cost",
                        report.cost()
                                + report.maxCost().map(most -> " of " + most).orElse(""))
                + figure(
                        "tokens in",
                        count(report.tokens().input()
                                + report.tokens().cacheRead()
                                + report.tokens().cacheCreation()))
                + figure("tokens out", count(report.tokens().output()));
    }

    private static String figure(String name, String value) {
        return "<div><dt>" + name + "</dt><dd>" + value + "</dd></div>\n";
    }

    private String compared() {
        return comparison.map(found -> HtmlComparison.of(found, zone)).orElse("") + EgressTable.html(egress);
    }

    private String each(Function<TaskReport, String> part) {
        return report.tasks().stream().map(part).collect(Collectors.joining("\n"));
    }

    private static String row(TaskReport task) {
        return "<tr><td><a href=\"#" + HtmlTask.anchor(task) + "\">" + task.task() + "</a></td><td>"
                + task.agent().map(Object::toString).orElse("") + "</td><td>" + HtmlTask.word(task.outcome())
                + "</td>" + number(Durations.toText(task.times().took()))
                + number(task.usage().cost().toString())
                + number(count(task.usage().tokens().input()
                        + task.usage().tokens().cacheRead()
                        + task.usage().tokens().cacheCreation()))
                + number(count(task.usage().tokens().output()))
                + number(String.valueOf(task.usage().turns())) + "</tr>";
    }

    private static String number(String text) {
        return "<td class=\"n\">" + text + "</td>";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
