package io.github.claudefleet.mojo;

import io.github.claudefleet.results.ResultFiles;
import java.nio.file.Path;
import java.util.Optional;

/** The page of a job that some CI servers have for what it wants to say. */
final class CiSummary {

    /** Set by GitHub actions, and by Gitea and Forgejo in their likeness. */
    private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    private CiSummary() {}

    /** Adds the fleet's summary to it, where there is one. */
    static void append(ResultFiles results) {
        Optional.ofNullable(System.getenv(VARIABLE))
                .filter(file -> !file.isBlank())
                .map(Path::of)
                .ifPresent(results::appendSummary);
    }
}
