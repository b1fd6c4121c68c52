package io.github.claudefleet.results;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.task.FleetReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files that store a fleet's results; docs/results.md lists them. They are complete at any time, because each is
 * written to a temporary file and then moved. Text that looks like a credential is removed. {@link ResultsWriter}
 * writes them.
 */
public final class ResultFiles {

    static final String INDEX = "fleet.json";
    /** Copy of the {@code fleet.json} that the last run has replaced. */
    static final String PREVIOUS = "fleet.previous.json";

    static final String CHANGES = "changes.json";
    static final String SUMMARY = "summary.md";
    static final String REPORT = "report.html";
    /** Findings in the answers, as SARIF. */
    static final String SARIF = "findings.sarif";
    /** Findings in the answers, as GitLab's code quality report. */
    static final String CODE_QUALITY = "gl-code-quality-report.json";

    private final Path directory;

    public ResultFiles(Path directory) {
        this.directory = directory;
    }

    /** Returns the directory of the fleet's files. */
    public Path directory() {
        return directory;
    }

    /**
     * Returns the tasks of all runs.
     *
     * @throws InvalidSpecException if there are no results or they can't be read
     */
    public FleetReport read() {
        return results().ofAllRuns();
    }

    /**
     * Returns the contents of {@code fleet.json}.
     *
     * @throws InvalidSpecException if there are no results or they can't be read
     */
    public FleetResults results() {
        return FleetJson.read(directory.resolve(INDEX));
    }

    /** Returns the contents of {@code fleet.json}; empty if it does not exist or can't be read. */
    public Optional<FleetResults> known() {
        try {
            return exist() ? Optional.of(results()) : Optional.empty();
        } catch (InvalidSpecException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the changes of agents with their own workspaces; empty if they were not collected.
     *
     * @throws InvalidSpecException if they can't be read
     */
    public Optional<CollectedChanges> changes() {
        Path file = directory.resolve(CHANGES);
        return Files.isRegularFile(file) ? Optional.of(ChangesJson.read(file)) : Optional.empty();
    }

    /** Returns true if there are results to {@link #read}. */
    public boolean exist() {
        return Files.isRegularFile(directory.resolve(INDEX));
    }

    /**
     * Writes the HTML report again, to another file.
     *
     * @param compareWith earlier results to compare with; empty for those of the last build
     * @param problems consumer of the reason why earlier results can't be used
     * @throws InvalidSpecException if there are no results or they can't be read
     * @throws UncheckedIOException if it can't be written
     */
    public void writeReport(Path file, Optional<Path> compareWith, Consumer<String> problems) {
        FleetResults results = results();
        Optional<Comparison> comparison =
                Comparison.of(results.report(), EarlierRun.find(compareWith, directory, results.origin(), problems));
        put(file, HtmlReport.of(results.ofAllRuns(), comparison, results.egress(), ZoneId.systemDefault()));
    }

    /**
     * Appends the summary to a file of the CI, such as the one that {@code GITHUB_STEP_SUMMARY} names.
     *
     * @throws UncheckedIOException if it can't be written
     */
    public void appendSummary(Path file) {
        attempt(
                file,
                () -> Files.writeString(
                        file,
                        Files.readString(directory.resolve(SUMMARY)),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND));
    }

    /** Returns the size of the summary in bytes; 0 if there is no such file. */
    public long summarySize() {
        return directory.resolve(SUMMARY).toFile().length();
    }

    void put(String name, String text) {
        put(directory.resolve(name), text);
    }

    /** Keeps a copy of {@code fleet.json} for a comparison. */
    void keepPrevious() {
        Path file = directory.resolve(PREVIOUS);
        attempt(file, () -> {
            Path draft = file.resolveSibling("." + PREVIOUS + ".new");
            Files.copy(directory.resolve(INDEX), draft, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    void remove(String name) {
        Path file = directory.resolve(name);
        attempt(file, () -> Files.deleteIfExists(file));
    }

    private static void put(Path file, String text) {
        attempt(file, () -> {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".new");
            // Bytes, because Files.writeString rejects half of a surrogate pair, which JSON can contain.
            Files.write(draft, CredentialRedactor.text(text).getBytes(StandardCharsets.UTF_8));
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private interface Io {
        Object run() throws IOException;
    }

    private static void attempt(Path file, Io work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the results can't be written to " + file + ": " + FileProblem.of(e), e);
        }
    }
}
