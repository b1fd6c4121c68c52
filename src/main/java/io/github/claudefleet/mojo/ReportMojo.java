package io.github.claudefleet.mojo;

import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.PathText;
import java.io.File;
import java.util.Locale;
import java.util.Optional;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.reporting.MavenReport;
import org.apache.maven.reporting.MavenReportException;

/**
 * Creates a page about the fleet's last run for the project's site, if it is in the pom's {@code <reporting>}. Called
 * by itself, writes the complete report, one HTML file, to the reporting directory. It needs no engine.
 */
@Mojo(name = "report", threadSafe = true)
public class ReportMojo extends AbstractFleetMojo implements MavenReport {

    /** Directory to which {@code await} wrote the results. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    /**
     * Results of an earlier run with which the report compares this run: a {@code fleet.json}, or the directory that
     * contains it. The default is the last build, if {@code mvn clean} has not removed its results.
     */
    @Parameter(property = "claude-fleet.compareWith")
    private File compareWith;

    /** Directory for the report. A site sets its own. */
    @Parameter(defaultValue = "${project.reporting.outputDirectory}")
    private File outputDirectory;

    @Override
    void run() {
        listeners().output().wrote(report().writeComplete());
    }

    /** Writes the site's page, and the complete report beside it. */
    @Override
    public void generate(Sink sink, Locale locale) throws MavenReportException {
        report().write(sink);
    }

    private SiteReport report() {
        return new SiteReport(
                files(),
                Optional.ofNullable(compareWith).map(PathText::of),
                PathText.of(outputDirectory),
                listeners().goals());
    }

    private ResultFiles files() {
        return new ResultFiles(fleets().results(resultsDirectory));
    }

    @Override
    public boolean canGenerateReport() {
        return !isSkipped() && files().exist();
    }

    @Override
    public String getOutputPath() {
        return SiteReport.PAGE;
    }

    /** Returns the name for site plugins before 3.20, which call this method. */
    @Deprecated
    @Override
    public String getOutputName() {
        return SiteReport.PAGE;
    }

    @Override
    public String getCategoryName() {
        return CATEGORY_PROJECT_REPORTS;
    }

    @Override
    public String getName(Locale locale) {
        return "Claude fleet";
    }

    @Override
    public String getDescription(Locale locale) {
        return "What became of the tasks that Claude Code agents worked on.";
    }

    @Override
    public void setReportOutputDirectory(File directory) {
        outputDirectory = directory;
    }

    @Override
    public File getReportOutputDirectory() {
        return outputDirectory;
    }

    @Override
    public boolean isExternalReport() {
        return false;
    }
}
