package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MountSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects that a repository borrows from others ({@code clone --reference}, {@code --shared}), directly or
 * transitively.
 */
final class Alternates {

    private static final int DEEPEST = 5;

    /** Object directories by the path at which git looks for them in a container. */
    private final Map<String, Path> borrowed = new LinkedHashMap<>();

    private Alternates() {}

    /**
     * Returns mounts of the borrowed objects, each at the path that the alternates name.
     *
     * @param objects the repository's own objects
     * @param target path of those in the container
     */
    static List<MountSpec> mounts(Path objects, String target) {
        Alternates alternates = new Alternates();
        alternates.follow(objects, target, 0);
        List<MountSpec> mounts = new ArrayList<>();
        alternates.borrowed.forEach((path, source) -> mounts.add(new MountSpec(source, path, true)));
        return mounts;
    }

    private void follow(Path objects, String target, int depth) {
        Path list = objects.resolve("info/alternates");
        if (depth > DEEPEST || !Files.isRegularFile(list)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("\"")) {
                    borrow(objects.resolve(line), ContainerPaths.resolve(target, line), depth);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(list + " can't be read: " + FileProblem.of(e), e);
        }
    }

    private void borrow(Path source, String target, int depth) throws IOException {
        if (isOfObjects(source) && target.length() > 1 && borrowed.putIfAbsent(target, source.toRealPath()) == null) {
            follow(source, target, depth + 1);
        }
    }

    /**
     * Checks that a directory is a repository's objects. An agent may have written the list, so nothing else is
     * mounted.
     */
    private static boolean isOfObjects(Path directory) {
        Path git = directory.resolveSibling("HEAD");
        return directory.endsWith("objects") && Files.isDirectory(directory) && Files.isRegularFile(git);
    }
}
