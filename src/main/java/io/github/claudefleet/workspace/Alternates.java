package io.github.claudefleet.workspace;

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

/** Objects that a repository borrows from others ({@code clone --reference}, {@code --shared}), directly and by way of those. */
final class Alternates {

    private static final int DEEPEST = 5;

    /** By the path at which git looks for them in a container. */
    private final Map<String, Path> borrowed = new LinkedHashMap<>();

    private Alternates() {}

    /**
     * Mounts of what a repository borrows, each at the path by which it is named.
     *
     * @param objects the repository's own
     * @param target where those are in the container
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
                    borrow(
                            objects.resolve(line),
                            Path.of(target).resolve(line).normalize().toString(),
                            depth);
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

    /** The list may be an agent's: nothing is shown to agents by it that is no repository's. */
    private static boolean isOfObjects(Path directory) {
        Path git = directory.resolveSibling("HEAD");
        return directory.endsWith("objects") && Files.isDirectory(directory) && Files.isRegularFile(git);
    }
}
