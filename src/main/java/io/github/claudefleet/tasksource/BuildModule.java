package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.PathText;
import java.nio.file.Path;
import java.util.List;

/**
 * Module of the build that looks for tasks.
 *
 * @param directory directory of its pom
 * @param buildDirectory directory of what its build creates, usually {@code target}
 * @param testSources roots of its tests' sources
 */
public record BuildModule(
        String groupId,
        String artifactId,
        String version,
        String packaging,
        Path directory,
        Path buildDirectory,
        List<Path> testSources) {

    public BuildModule {
        testSources = List.copyOf(testSources);
    }

    /** Returns its directory as seen from another one; a dot if it is that one. */
    String directoryFrom(Path base) {
        String relative = PathText.withSlashes(base.relativize(directory));
        return relative.isEmpty() ? "." : relative;
    }
}
