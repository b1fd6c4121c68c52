package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Files of an agent that are not taken. Names are raw ({@link FileNames}). */
final class ExcludedFiles {

    /** Size limit in bytes. Larger files stay in the workspace: a branch would contain them for ever. */
    private static final long LARGEST_FILE = 100L << 20;

    private ExcludedFiles() {}

    /**
     * Returns files that are too large, nested repositories, which a commit can't contain, and unreadable directories.
     *
     * @param git git to ask for ignored files
     * @param differing files that differ
     * @return reason by name
     */
    static Map<String, String> of(Path root, Git git, FileTrees.Survey survey, List<String> differing)
            throws IOException {
        Map<String, String> excluded = new TreeMap<>();
        List<Path> unreadable = new ArrayList<>(survey.unreadable());
        for (String name : differing) {
            Path file = FileNames.resolve(root, name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            long size = Files.size(file);
            if (size > LARGEST_FILE) {
                excluded.put(name, "it has " + (size >> 20) + " MiB");
            } else if (!FileTrees.isReadable(file)) {
                // Git can't compare it and lists it as different, so no other files need this check.
                unreadable.add(file);
            }
        }
        exclude(root, git, survey.repositories(), "it is a git repository of its own", excluded);
        exclude(root, git, unreadable, "it can't be read", excluded);
        return excluded;
    }

    private static void exclude(Path root, Git git, List<Path> files, String reason, Map<String, String> excluded) {
        List<String> names = new ArrayList<>();
        files.forEach(file -> names.add(FileNames.raw(root, file)));
        Set<String> ignored = git.ignored(names);
        names.stream().filter(name -> !ignored.contains(name)).forEach(name -> excluded.put(name, reason));
    }
}
