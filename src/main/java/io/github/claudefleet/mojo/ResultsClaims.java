package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;

/**
 * Prevents two fleets of one build from writing to one directory, where the later would replace the results of the
 * earlier.
 */
final class ResultsClaims {

    /** Owner of each results directory, for each build that this JVM runs. */
    private static final Map<MavenExecutionRequest, Map<Path, String>> BUILDS = new WeakHashMap<>();

    private ResultsClaims() {}

    /** @throws InvalidSpecException if the directory belongs to another fleet in this build */
    static void claim(MavenSession session, Path directory, FleetId fleet) {
        String claimant = fleet.name() + " of " + fleet.project().directory();
        String owner;
        synchronized (BUILDS) {
            owner = BUILDS.computeIfAbsent(session.getRequest(), request -> new HashMap<>())
                    .computeIfAbsent(directory.normalize(), path -> claimant);
        }
        if (!owner.equals(claimant)) {
            throw new InvalidSpecException(
                    "resultsDirectory",
                    directory + " has in this build the results of fleet " + owner + ", which those of fleet "
                            + claimant + " would replace",
                    "Name another directory, such as one below ${project.build.directory}.");
        }
    }
}
