package io.github.claudefleet.mojo;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FileProblem;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The page of a job that some CI servers have for what it wants to say: a convenience, without which a build goes on. */
final class CiSummary {

    /** Set by GitHub actions, and by Gitea and Forgejo in their likeness. */
    private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    /** A page with more is dropped by GitHub as a whole, with what others wrote on it. */
    private static final long MOST_BYTES = 1 << 20;

    private CiSummary() {}

    /** Adds the fleet's summary to it, where there is one. */
    static void append(ResultFiles results, FleetLog log) {
        append(results, System.getenv(VARIABLE), log);
    }

    /** @param file as the variable has it; null where it is not set */
    static void append(ResultFiles results, String file, FleetLog log) {
        if (file == null || file.isBlank()) {
            return;
        }
        try {
            Path page = Path.of(file);
            if (sizeOf(page) + results.summarySize() > MOST_BYTES) {
                log.noCiSummary("the page would have more than 1 MiB, which the CI drops as a whole");
            } else {
                results.appendSummary(page);
            }
        } catch (UncheckedIOException e) {
            log.noCiSummary(e.getMessage());
        } catch (InvalidPathException e) {
            log.noCiSummary(FileProblem.messageOf(e));
        }
    }

    private static long sizeOf(Path page) {
        return page.toFile().length();
    }
}
