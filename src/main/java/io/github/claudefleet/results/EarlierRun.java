package io.github.claudefleet.results;

import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the results of an earlier run for a comparison. If they can't be used, there is a warning and no comparison,
 * because no verdict needs one.
 */
public final class EarlierRun {

    private EarlierRun() {}

    /**
     * Returns the results of the earlier run.
     *
     * @param given a {@code fleet.json} or the directory that contains it; empty for the last run of the fleet with the
     *     same results directory
     * @param directory directory of the results of the run that is compared
     * @param origin origin of that run
     * @param warnings consumer of a file's path and the reason why it can't be used
     */
    public static Optional<FleetResults> find(
            Optional<Path> given, Path directory, ResultsOrigin origin, Consumer<String> warnings) {
        Path previous = directory.resolve(ResultFiles.PREVIOUS);
        Path own = directory.resolve(ResultFiles.INDEX);
        if (given.isPresent()) {
            Path file = index(given.get(), origin);
            // This run replaces its own fleet.json.
            return read(isSame(file, own) ? previous : file, warnings);
        }
        return Files.exists(previous)
                ? read(previous, warnings).filter(found -> found.origin().isSameFleet(origin))
                : Optional.empty();
    }

    /** Returns the file in a directory, which has a folder for each fleet of a pom with several. */
    private static Path index(Path given, ResultsOrigin origin) {
        if (!Files.isDirectory(given)) {
            return given;
        }
        Path ofFleet = given.resolve(origin.fleet().value()).resolve(ResultFiles.INDEX);
        return Files.isRegularFile(ofFleet) ? ofFleet : given.resolve(ResultFiles.INDEX);
    }

    private static boolean isSame(Path file, Path other) {
        return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static Optional<FleetResults> read(Path file, Consumer<String> warnings) {
        try {
            FleetResults found = FleetJson.read(file);
            if (found.ended().isPresent()) {
                return Optional.of(found);
            }
            warnings.accept(file + " is of a run that has not ended, or whose await was killed");
        } catch (InvalidSpecException e) {
            warnings.accept(e.getMessage().substring(e.parameter().length() + 1));
        }
        return Optional.empty();
    }
}
