package io.github.claudefleet.results;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that results can be written to a directory, so that no agent works for results that can't be stored. */
public final class ResultsCheck {

    private static final int PROBE_SIZE = 64 * 1024;

    /** Depth of the tree: a folder for each agent, in it one for each task, in it files. */
    private static final int DEPTH = 3;

    /** Files that are written in place instead of being replaced. */
    private static final Set<String> IN_PLACE =
            Set.of("events.jsonl", "stderr.log", "changes.patch", "changes.txt", ".await.lock");

    private ResultsCheck() {}

    /**
     * Creates the directory if necessary, and checks it.
     *
     * @throws InvalidSpecException if it can't be created, or something in it can't be written
     */
    public static void check(Path directory) {
        try {
            Files.createDirectories(directory);
            Path probe = Files.createTempFile(directory, ".writable", "");
            try {
                Files.write(probe, new byte[PROBE_SIZE]);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw refusal(directory, existing(directory), FileProblem.of(e));
        }
        for (String file : List.of(ResultFiles.INDEX, ResultFiles.CHANGES)) {
            if (Files.isDirectory(directory.resolve(file))) {
                throw refusal(directory, directory.resolve(file), "it is a directory where a file is to be");
            }
        }
        unwritable(directory).ifPresent(file -> {
            throw refusal(directory, file, "permission denied");
        });
    }

    private static Optional<Path> unwritable(Path directory) {
        try (Stream<Path> all = Files.walk(directory, DEPTH)) {
            return all.filter(file -> Files.isDirectory(file) || IN_PLACE.contains(String.valueOf(file.getFileName())))
                    .filter(file -> !Files.isWritable(file))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            throw refusal(directory, directory, "something in it can't be read: " + e.getMessage());
        }
    }

    private static InvalidSpecException refusal(Path directory, Path culprit, String reason) {
        String which = culprit.equals(directory.toAbsolutePath()) ? "" : culprit + ": ";
        return new InvalidSpecException(
                "resultsDirectory",
                directory + " can't be written (" + which + reason + owner(culprit) + ")",
                remedy(culprit) + ", or name another directory with -Dclaude-fleet.resultsDirectory.");
    }

    /** Returns the path itself or its nearest parent that exists. */
    private static Path existing(Path path) {
        Path there = path.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        return there;
    }

    private static String remedy(Path culprit) {
        return Files.isDirectory(culprit)
                ? "Make " + culprit
                        + " writable for the user who runs Maven (chown -R, after an earlier build of root's)"
                : "Move " + culprit + " out of the way";
    }

    private static String owner(Path file) {
        try {
            return ", " + (Files.isDirectory(file) ? "a directory" : "a file") + " of user "
                    + Files.getOwner(file).getName() + "'s";
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
