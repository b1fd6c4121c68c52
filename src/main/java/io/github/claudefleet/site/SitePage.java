package io.github.claudefleet.site;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.maven.doxia.sink.Sink;

/** Page in the site's own style: the outcome of each task, with a link to the complete report. */
public final class SitePage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT);
    private static final String[] COLUMNS = {"Task", "Agent", "Outcome", "Reason", "Time", "Cost", "Turns"};

    private final Sink sink;

    private SitePage(Sink sink) {
        this.sink = sink;
    }

    /**
     * Writes the page.
     *
     * @param link address of the complete report, relative to the page
     * @param zone time zone of the displayed times
     */
    public static void write(Sink sink, FleetReport report, String link, ZoneId zone) {
        new SitePage(sink).page(report, link, zone);
    }

    private void page(FleetReport report, String link, ZoneId zone) {
        String title = Rehearsal.mark(report.fleet()) + "Fleet " + report.fleet();
        sink.head();
        sink.title();
        sink.text(title);
        sink.title_();
        sink.head_();
        sink.body();
        sink.section1();
        sink.sectionTitle1();
        sink.text(title);
        sink.sectionTitle1_();
        summary(report, zone);
        link(link);
        table(report);
        sink.section1_();
        sink.body_();
        sink.flush();
        sink.close();
    }

    private void summary(FleetReport report, ZoneId zone) {
        sink.paragraph();
        sink.text(report.count(Outcome.DONE) + " of " + report.counted() + " tasks done, " + report.cost() + ", "
                + TIME.format(report.began().atZone(zone))
                + report.ended()
                        .map(end -> ", " + Durations.toText(Duration.between(report.began(), end)))
                        .orElse(", still at work")
                + ".");
        sink.paragraph_();
    }

    private void link(String link) {
        sink.paragraph();
        sink.link(link);
        sink.text("The whole report: who worked when, each answer and its steps");
        sink.link_();
        sink.paragraph_();
    }

    private void table(FleetReport report) {
        sink.table();
        sink.tableRows(null, false);
        sink.tableRow();
        for (String column : COLUMNS) {
            sink.tableHeaderCell();
            sink.text(column);
            sink.tableHeaderCell_();
        }
        sink.tableRow_();
        report.tasks().forEach(this::row);
        sink.tableRows_();
        sink.table_();
    }

    private void row(TaskReport task) {
        sink.tableRow();
        cell(task.task().toString());
        cell(task.agent().map(AgentName::value).orElse(""));
        cell(task.outcome().value());
        cell(task.reason());
        cell(Durations.toText(task.times().took()));
        cell(task.usage().cost().toString());
        cell(String.valueOf(task.usage().turns()));
        sink.tableRow_();
    }

    private void cell(String text) {
        sink.tableCell();
        sink.text(text);
        sink.tableCell_();
    }
}
