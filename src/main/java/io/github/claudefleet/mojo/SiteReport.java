package io.github.claudefleet.mojo;

import io.github.claudefleet.console.GoalMessages;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.site.SitePage;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.reporting.MavenReportException;

/**
 * Report of a fleet's last run: the complete one, in one HTML file, and a page of the project's site.
 *
 * @param compareWith earlier results to compare with; empty for those of the last build
 * @param directory directory of the site
 */
record SiteReport(ResultFiles results, Optional<Path> compareWith, Path directory, GoalMessages messages) {

    /** Name of the page, without an ending. */
    static final String PAGE = "claude-fleet";

    private static final String COMPLETE = PAGE + "/report.html";

    /** Writes the complete report. Returns its file. */
    Path writeComplete() {
        Path file = directory.resolve(COMPLETE);
        results.writeReport(file, compareWith, messages::notCompared);
        return file;
    }

    /** Writes the page, and the complete report beside it. */
    void write(Sink page) throws MavenReportException {
        try {
            writeComplete();
            SitePage.write(page, results.read(), COMPLETE, ZoneId.systemDefault());
        } catch (InvalidSpecException e) {
            throw new MavenReportException(e.getMessage() + ". " + e.suggestion(), e);
        } catch (UncheckedIOException e) {
            throw new MavenReportException(FileProblem.messageOf(e), e);
        }
    }
}
