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

/**
 * The files in which a fleet's results are kept, docs/results.md names them. They are whole at any time: each is written
 * beside its place and moved there, without what looks like a credential. {@link ResultsWriter} writes them.
 */
public final class ResultFiles {

    static final String INDEX = "fleet.json";
    static final String CHANGES = "changes.json";
    static final String SUMMARY = "summary.md";
    static final String REPORT = "report.html";

    private final Path directory;

    public ResultFiles(Path directory) {
        this.directory = directory;
    }

    /** Where the fleet's files are. */
    public Path directory() {
        return directory;
    }

    /**
     * The tasks of all runs.
     *
     * @throws InvalidSpecException if there is nothing, or it can't be read
     */
    public FleetReport read() {
        return results().ofAllRuns();
    }

    /**
     * All that {@code fleet.json} says.
     *
     * @throws InvalidSpecException if there is nothing, or it can't be read
     */
    public FleetResults results() {
        return FleetJson.read(directory.resolve(INDEX));
    }

    /** The same; empty where there is nothing, or nothing that can be read. */
    public Optional<FleetResults> known() {
        try {
            return exist() ? Optional.of(results()) : Optional.empty();
        } catch (InvalidSpecException e) {
            return Optional.empty();
        }
    }

    /**
     * What agents with workspaces of their own changed; empty where nobody has collected it.
     *
     * @throws InvalidSpecException if it can't be read
     */
    public Optional<CollectedChanges> changes() {
        Path file = directory.resolve(CHANGES);
        return Files.isRegularFile(file) ? Optional.of(ChangesJson.read(file)) : Optional.empty();
    }

    /** Whether there is anything to {@link #read}. */
    public boolean exist() {
        return Files.isRegularFile(directory.resolve(INDEX));
    }

    /**
     * Writes the report for people once more, to another place.
     *
     * @throws InvalidSpecException if there is nothing to read, or it can't be read
     * @throws UncheckedIOException if it can't be written
     */
    public void writeReport(Path file) {
        put(file, HtmlReport.of(read(), ZoneId.systemDefault()));
    }

    /**
     * Adds the summary to a file of the CI's, such as the one that {@code GITHUB_STEP_SUMMARY} names.
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

    /** Bytes of the summary; none where there is no such file. */
    public long summarySize() {
        return directory.resolve(SUMMARY).toFile().length();
    }

    void put(String name, String text) {
        put(directory.resolve(name), text);
    }

    void remove(String name) {
        Path file = directory.resolve(name);
        attempt(file, () -> Files.deleteIfExists(file));
    }

    private static void put(Path file, String text) {
        attempt(file, () -> {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".new");
            // Not as a text: half a surrogate pair, which JSON can say, is none.
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
