package io.github.claudefleet.results;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the results of one run. A verdict needs {@code fleet.json} and {@code changes.json}: a failure to write one of
 * them is thrown. The other files repeat them for people and CI servers: a failure is a warning. Not thread-safe.
 */
public final class ResultsWriter {

    private static final String JUNIT = "junit";

    private final ResultFiles files;
    private final ResultsOrigin origin;
    private final Consumer<String> warnings;
    private final Set<String> warned = new HashSet<>();
    private final Optional<FleetResults> before;
    private final boolean hasPrevious;
    private Optional<FleetResults> compared = Optional.empty();
    private List<EgressUse> egress = List.of();

    /** @param warnings consumer of one warning for each file that can't be written and that no verdict needs */
    public ResultsWriter(Path directory, ResultsOrigin origin, Consumer<String> warnings) {
        this.files = new ResultFiles(directory);
        this.origin = origin;
        this.warnings = warnings;
        Optional<FleetResults> found =
                files.known().filter(known -> known.origin().isSameFleet(origin));
        this.before = found.filter(known -> known.origin().isSameBuild(origin));
        this.hasPrevious =
                before.isEmpty() && found.flatMap(FleetResults::ended).isPresent();
    }

    /** Returns the writer for results that are collected when a fleet stops. It does not overwrite another fleet's. */
    public static ResultsWriter atStop(Path directory, ResultsOrigin origin, Consumer<String> warnings) {
        boolean others = new ResultFiles(directory)
                .known()
                .filter(found -> !found.origin().isSameFleet(origin))
                .isPresent();
        Path own = others ? directory.resolve(origin.fleet().value()) : directory;
        return new ResultsWriter(own, origin, warnings);
    }

    public Path directory() {
        return files.directory();
    }

    /**
     * Keeps a copy of the {@code fleet.json} of an earlier build, which a new run replaces, for the comparison. Results
     * of a run that has not ended are not kept.
     */
    public void keepPrevious() {
        if (hasPrevious) {
            leniently(ResultFiles.PREVIOUS, files::keepPrevious);
        }
    }

    /**
     * Replaces the results of earlier builds by those of a run that has not ended.
     *
     * @throws UncheckedIOException if they can't be written
     */
    public void begin(FleetName fleet, Optional<Usd> maxCost, Instant now) {
        files.remove(ResultFiles.CHANGES);
        write(new FleetReport(fleet, now, Optional.empty(), maxCost, List.of()));
    }

    /**
     * Compares the run with an earlier one in report and summary.
     *
     * @param given earlier results; empty for those of the last build
     * @param problems consumer of the reason why earlier results can't be used
     */
    public void compareWith(Optional<Path> given, Consumer<String> problems) {
        compared = EarlierRun.find(given, files.directory(), origin, problems);
    }

    /** Adds the hosts that the agents asked for to everything that is written from now on. */
    public void egress(List<EgressUse> uses) {
        egress = uses;
    }

    /**
     * Writes the results of a run that has no tasks.
     *
     * @throws UncheckedIOException if they can't be written
     */
    public void writeNothingDone(FleetName fleet, Optional<Usd> maxCost, Instant now) {
        begin(fleet, maxCost, now);
        write(new FleetReport(fleet, now, Optional.of(now), maxCost, List.of()));
        write(List.of(), now);
    }

    /** Writes the current state of the run. A failure is only a warning, because another attempt follows. */
    public void snapshot(FleetReport report) {
        FleetResults results = of(report);
        writeForPeople(results);
        leniently(ResultFiles.INDEX, () -> files.put(ResultFiles.INDEX, FleetJson.write(results)));
    }

    /**
     * Writes the tasks' results. They are complete once the changes are written as well.
     *
     * @throws UncheckedIOException if {@code fleet.json} can't be written
     */
    public void write(FleetReport report) {
        FleetResults results = of(report);
        writeForPeople(results);
        files.put(ResultFiles.INDEX, FleetJson.write(results));
    }

    /**
     * Writes the changes of agents with their own workspaces. If the tasks have ended, marks the results as complete.
     *
     * @throws UncheckedIOException if they can't be written
     */
    public void write(List<AgentChanges> changes, Instant now) {
        files.put(ResultFiles.CHANGES, ChangesJson.write(origin, changes));
        ended().ifPresent(results -> files.put(ResultFiles.INDEX, FleetJson.write(results.collectedAt(now))));
    }

    /** Returns true if the tasks have ended and their changes were not collected. */
    public boolean lacksChanges() {
        return ended().filter(results -> results.collected().isEmpty()).isPresent();
    }

    private Optional<FleetResults> ended() {
        return files.known()
                .filter(found -> found.origin().isSameFleet(origin)
                        && found.report().ended().isPresent());
    }

    private FleetResults of(FleetReport report) {
        List<TaskReport> earlier = before.map(found -> found.notIn(report)).orElse(List.of());
        return new FleetResults(origin, report, earlier, egress, Optional.empty());
    }

    private void writeForPeople(FleetResults results) {
        FleetReport report = results.ofAllRuns();
        results.report().tasks().forEach(this::writeAnswers);
        Map<AgentName, List<TaskReport>> queues = report.tasks().stream()
                .collect(Collectors.groupingBy(task -> task.task().queue(), LinkedHashMap::new, Collectors.toList()));
        queues.forEach((queue, tasks) -> put(
                JUNIT + "/" + JUnitXml.fileName(queue),
                () -> JUnitXml.of(Rehearsal.mark(report.fleet()), queue, tasks)));
        leniently(JUNIT, () -> removeStale(queues.keySet()));
        Optional<Comparison> comparison = Comparison.of(results.report(), compared);
        ZoneId zone = ZoneId.systemDefault();
        put(ResultFiles.SUMMARY, () -> MarkdownSummary.of(report, comparison, results.egress(), zone));
        put(ResultFiles.REPORT, () -> HtmlReport.of(report, comparison, results.egress(), zone));
        leniently(ResultFiles.SARIF, () -> writeFindings(report));
    }

    /** Also removes answers of an earlier run, which would be taken for this one's. */
    private void writeAnswers(TaskReport task) {
        putOrRemove(task.task() + "/answer.md", task.answer().text());
        putOrRemove(task.task() + "/answer.json", task.answer().structured());
    }

    /** Also removes the findings of an earlier run, if no task of this one has answered with the schema. */
    private void writeFindings(FleetReport report) {
        Optional<Findings> findings = Findings.of(report);
        String mark = Rehearsal.mark(report.fleet());
        putOrRemove(ResultFiles.SARIF, findings.map(found -> SarifJson.write(mark, found)));
        putOrRemove(ResultFiles.CODE_QUALITY, findings.map(found -> CodeQualityJson.write(mark, found)));
        findings.flatMap(Findings::problem).filter(warned::add).ifPresent(warnings);
    }

    private void putOrRemove(String name, Optional<String> text) {
        if (text.isPresent()) {
            put(name, () -> text.get() + "\n");
        } else {
            leniently(name, () -> files.remove(name));
        }
    }

    /** Removes reports of other queues, because a CI server takes every test report for one of this build. */
    private void removeStale(Set<AgentName> queues) throws IOException {
        Set<String> current = queues.stream().map(JUnitXml::fileName).collect(Collectors.toSet());
        Path folder = files.directory().resolve(JUNIT);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.map(file -> file.getFileName().toString())
                    .filter(name -> JUnitXml.isFileName(name) && !current.contains(name))
                    .toList()
                    .forEach(name -> files.remove(JUNIT + "/" + name));
        }
    }

    private void put(String name, Supplier<String> text) {
        leniently(name, () -> files.put(name, text.get()));
    }

    private interface Write {
        void run() throws IOException;
    }

    private void leniently(String name, Write write) {
        try {
            write.run();
        } catch (IOException | RuntimeException e) {
            if (warned.add(name)) {
                String reason = e instanceof IOException io ? FileProblem.of(io) : e.getMessage();
                warnings.accept(name + ": " + reason);
            }
        }
    }
}
