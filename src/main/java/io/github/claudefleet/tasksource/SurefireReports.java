package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.codehaus.plexus.util.DirectoryScanner;

/**
 * Source with a row for each class of failing tests in the reports of Surefire and Failsafe.
 *
 * @param modules modules of the build
 * @param base directory that paths are relative to
 * @param directories patterns of directories with reports; empty for those of the modules
 */
public record SurefireReports(List<BuildModule> modules, Path base, List<String> directories) implements TaskSource {

    private static final String PARAMETER = "agent.tasksFrom.surefire";
    private static final List<String> USUAL = List.of("surefire-reports", "failsafe-reports");

    private static final String PROMPT = """
            The tests of {{class}} in module {{module}} fail: {{tests}}.
            Find the cause, mend it, and run these tests again. The test's source is {{file}}.

            {{message}}

            {{stack}}
            """;
    private static final String PROMPT_OF_GROUP = """
            Tests of {{count}} classes fail. Find the causes, mend them, and run these tests again.

            {{items}}
            """;

    @Override
    public Optional<String> defaultPrompt(boolean grouped) {
        return Optional.of(grouped ? PROMPT_OF_GROUP : PROMPT);
    }

    @Override
    public Rows read() {
        Map<Path, Optional<BuildModule>> places = places();
        Map<String, Map<String, FailingClass>> byModule = new LinkedHashMap<>();
        int reports = 0;
        for (Map.Entry<Path, Optional<BuildModule>> place : places.entrySet()) {
            List<Path> files = reportsIn(place.getKey());
            reports += files.size();
            String key = place.getValue()
                    .map(BuildModule::directory)
                    .map(Path::toString)
                    .orElse("");
            Map<String, FailingClass> classes = byModule.computeIfAbsent(key, module -> new TreeMap<>());
            files.forEach(file -> ReportFile.failures(file)
                    .forEach(failure -> classes.computeIfAbsent(
                                    failure.topLevelClass(), name -> new FailingClass(name, place.getValue(), base))
                            .add(failure)));
        }
        List<Row> rows = byModule.values().stream()
                .flatMap(classes -> classes.values().stream())
                .map(FailingClass::toRow)
                .toList();
        return new Rows(
                rows,
                "the test reports",
                reports == 0
                        ? "there are no test reports (TEST-*.xml) in " + shown()
                        : "no test fails in the " + reports + " test reports in " + shown());
    }

    private String shown() {
        return directories.isEmpty()
                ? String.join(" and ", USUAL) + " of the build's " + modules.size() + " module"
                        + (modules.size() == 1 ? "" : "s")
                : String.join(", ", directories);
    }

    /** Returns the directories with reports, in the modules' order, each with its module. */
    private Map<Path, Optional<BuildModule>> places() {
        Map<Path, Optional<BuildModule>> places = new LinkedHashMap<>();
        if (directories.isEmpty()) {
            modules.forEach(module ->
                    USUAL.forEach(name -> places.put(module.buildDirectory().resolve(name), Optional.of(module))));
            return places;
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(base.toFile());
        scanner.setIncludes(
                FileGlob.split(PARAMETER, String.join(",", directories)).toArray(String[]::new));
        scanner.setFollowSymlinks(false);
        scanner.scan();
        Stream.of(scanner.getIncludedDirectories())
                .sorted()
                .map(base::resolve)
                .forEach(directory -> places.put(directory, moduleOf(directory)));
        return places;
    }

    private Optional<BuildModule> moduleOf(Path directory) {
        return modules.stream()
                .filter(module -> directory.startsWith(module.directory()))
                .max(Comparator.comparing(module -> module.directory().getNameCount()));
    }

    private static List<Path> reportsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(SurefireReports::isReport).sorted().toList();
        } catch (IOException e) {
            throw new InvalidSpecException(
                    PARAMETER,
                    "needs " + directory + ", which can't be read: " + FileProblem.of(e, directory),
                    "Make it readable for the user who runs Maven.");
        }
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml") && Files.isRegularFile(file);
    }
}
