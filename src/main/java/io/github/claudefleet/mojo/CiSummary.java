package io.github.claudefleet.mojo;

import io.github.claudefleet.console.GoalMessages;
import io.github.claudefleet.results.Annotations;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FileProblem;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Appends the fleet's summary to the job's summary page, which some CI servers have. An error is only a warning. */
final class CiSummary {

    /** Variable that GitHub Actions sets, and Gitea and Forgejo likewise. */
    private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    /** Size limit of the page in bytes: GitHub drops a larger page as a whole, including the text of other steps. */
    private static final long MOST_BYTES = 1 << 20;

    private CiSummary() {}

    /**
     * Appends the fleet's summary to the job's page, if there is one.
     *
     * @param annotations true to print the findings as workflow commands as well
     */
    static void append(ResultFiles results, boolean annotations, GoalMessages messages) {
        append(results, System.getenv(VARIABLE), messages);
        if (annotations) {
            WorkflowCommands.print(Annotations.of(results.read()));
        }
    }

    /** @param file value of the variable; null if it is not set */
    static void append(ResultFiles results, String file, GoalMessages messages) {
        if (file == null || file.isBlank()) {
            return;
        }
        try {
            Path page = Path.of(file);
            if (sizeOf(page) + results.summarySize() > MOST_BYTES) {
                messages.noCiSummary("the page would have more than 1 MiB, which the CI drops as a whole");
            } else {
                results.appendSummary(page);
            }
        } catch (UncheckedIOException e) {
            messages.noCiSummary(e.getMessage());
        } catch (InvalidPathException e) {
            messages.noCiSummary(FileProblem.messageOf(e));
        }
    }

    private static long sizeOf(Path page) {
        return page.toFile().length();
    }
}
