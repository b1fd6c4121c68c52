package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.plexus.util.DirectoryScanner;

/**
 * Source with a row for each file that matches a pattern.
 *
 * @param base directory that the patterns are relative to
 * @param patterns patterns as Maven has them, separated by commas; one that begins with an exclamation mark excludes
 */
public record FileGlob(Path base, String patterns) implements TaskSource {

    private static final String PARAMETER = "agent.tasksFrom.files";
    private static final String NOT = "!";

    @Override
    public Rows read() {
        List<String> all = split(PARAMETER, patterns);
        List<Row> rows = files(
                        all.stream().filter(pattern -> !pattern.startsWith(NOT)),
                        all.stream()
                                .filter(pattern -> pattern.startsWith(NOT))
                                .map(pattern -> pattern.substring(NOT.length())))
                .map(FileGlob::row)
                .toList();
        return new Rows(rows, "the files " + patterns.strip(), "no file matches " + patterns.strip());
    }

    /** Returns the patterns of a list that commas or lines separate. */
    static List<String> split(String parameter, String list) {
        List<String> patterns = Arrays.stream(list.split("[,\\n]"))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        patterns.stream().filter(FileGlob::leadsOut).findFirst().ifPresent(pattern -> {
            throw new InvalidSpecException(
                    parameter,
                    "has \"" + pattern + "\", which leads out of the project",
                    "Use patterns that are relative to the project's directory, such as src/main/**/*.java.");
        });
        return patterns;
    }

    private static boolean leadsOut(String pattern) {
        return PathText.isAbsolute(pattern)
                || Arrays.asList(pattern.split("[/\\\\]")).contains("..");
    }

    private Stream<String> files(Stream<String> includes, Stream<String> excludes) {
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(base.toFile());
        scanner.setIncludes(includes.toArray(String[]::new));
        scanner.setExcludes(excludes.toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.setFollowSymlinks(false);
        scanner.scan();
        return withSlashes(scanner.getIncludedFiles(), File.separatorChar);
    }

    /** @param separator the system's own, which the scanner's names have */
    static Stream<String> withSlashes(String[] files, char separator) {
        return Arrays.stream(files).map(file -> file.replace(separator, '/')).sorted();
    }

    private static Row row(String file) {
        int slash = file.lastIndexOf('/');
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("file", file);
        fields.put("name", file.substring(slash + 1));
        fields.put("directory", slash < 0 ? "." : file.substring(0, slash));
        return new Row(file, file, fields, Set.of());
    }
}
