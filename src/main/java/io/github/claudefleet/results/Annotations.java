package io.github.claudefleet.results;

import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.task.FleetReport;
import java.util.Arrays;
import java.util.List;

/** Findings as workflow commands of GitHub Actions, which shows them at the lines of a pull request. */
public final class Annotations {

    /** Maximum number of annotations of one kind that GitHub shows for a step. */
    private static final int MOST = 10;

    private Annotations() {}

    /** Returns the commands, one on each line, the worst finding first. No text in them can begin a command of its own. */
    public static List<String> of(FleetReport report) {
        List<CodeFinding> all = Findings.of(report).map(Findings::all).orElse(List.of());
        return Arrays.stream(FindingSeverity.values())
                .flatMap(severity ->
                        all.stream().filter(one -> one.severity() == severity).limit(MOST))
                .map(one -> command(Rehearsal.mark(report.fleet()), one))
                .toList();
    }

    private static String command(String mark, CodeFinding finding) {
        return "::" + finding.severity().command()
                + " file=" + property(finding.file())
                + ",line=" + finding.line()
                + ",endLine=" + finding.endLine()
                + ",title=" + property(finding.rule())
                + "::" + data(mark + finding.message());
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
