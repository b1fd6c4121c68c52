package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What of an agent's files is not taken. */
final class LeftOut {

    /** What is larger stays in the workspace: a branch would carry it for ever. */
    private static final long LARGEST_FILE = 100L << 20;

    private LeftOut() {}

    /**
     * What is too large, and repositories within the workspace, which a commit can't hold.
     *
     * @param git to ask for files that differ
     * @return what of it, and why
     */
    static Map<String, String> of(Path root, Git git) throws IOException {
        Map<String, String> left = new TreeMap<>();
        for (String name : git.run("ls-files", "-z", "--others", "--modified", "--exclude-standard")
                .parts()) {
            Path file = root.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > LARGEST_FILE) {
                left.put(name, "it has " + (Files.size(file) >> 20) + " MiB");
            }
        }
        for (Path nested : Trees.repositoriesIn(root)) {
            String name = root.relativize(nested).toString();
            if (!git.ignores(name)) {
                left.put(name, "it is a git repository of its own");
            }
        }
        return left;
    }
}
