package io.github.claudefleet.results;

import io.github.claudefleet.auth.Masked;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.work.FleetReport;
import io.github.claudefleet.work.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files in which a fleet's results are kept, docs/results.md names them. They are whole at any time: each is written
 * beside its place and moved there, without what looks like a credential.
 */
public final class ResultFiles {

    private static final String INDEX = "fleet.json";
    private static final String CHANGES = "changes.json";

    private final Path directory;

    public ResultFiles(Path directory) {
        this.directory = directory;
    }

    /** Where the fleet's files are. */
    public Path directory() {
        return directory;
    }

    /** Writes what is known so far, or in the end. */
    public void write(FleetReport report) {
        put(INDEX, FleetJson.write(report));
        report.tasks().forEach(this::writeAnswers);
        byQueue(report).forEach((queue, tasks) -> put("junit/" + JUnitXml.fileName(queue), JUnitXml.of(queue, tasks)));
        put("summary.md", Summary.of(report));
        put("report.html", HtmlReport.of(report, ZoneId.systemDefault()));
    }

    /**
     * What was written.
     *
     * @throws InvalidSpecException if there is nothing, or it can't be read
     */
    public FleetReport read() {
        return FleetJson.read(directory.resolve(INDEX));
    }

    /** Writes what agents with workspaces of their own changed. */
    public void write(List<AgentChanges> changes) {
        put(CHANGES, ChangesJson.write(changes));
    }

    /**
     * What agents with workspaces of their own changed.
     *
     * @throws InvalidSpecException if it can't be read
     */
    public List<AgentChanges> changes() {
        Path file = directory.resolve(CHANGES);
        return Files.isRegularFile(file) ? ChangesJson.read(file) : List.of();
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

    /** Adds the summary to a file of the CI's, such as the one that {@code GITHUB_STEP_SUMMARY} names. */
    public void appendSummary(Path file) {
        attempt(
                file,
                () -> Files.writeString(
                        file,
                        Files.readString(directory.resolve("summary.md")),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND));
    }

    private void writeAnswers(TaskReport task) {
        task.answer().ifPresent(answer -> put(task.task() + "/answer.md", answer + "\n"));
        task.structuredAnswer().ifPresent(answer -> put(task.task() + "/answer.json", answer + "\n"));
    }

    private static Map<AgentName, List<TaskReport>> byQueue(FleetReport report) {
        return report.tasks().stream()
                .collect(Collectors.groupingBy(task -> task.task().queue(), LinkedHashMap::new, Collectors.toList()));
    }

    private void put(String name, String text) {
        put(directory.resolve(name), text);
    }

    private static void put(Path file, String text) {
        attempt(file, () -> {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".new");
            // Not as a text: half a surrogate pair, which JSON can say, is none.
            Files.write(draft, Masked.text(text).getBytes(StandardCharsets.UTF_8));
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private interface Io {
        Path run() throws IOException;
    }

    private static void attempt(Path file, Io work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the results can't be written to " + file + ": " + FileProblem.of(e), e);
        }
    }
}
