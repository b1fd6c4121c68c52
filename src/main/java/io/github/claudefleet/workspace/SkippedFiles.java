package io.github.claudefleet.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that an index names and git neither writes nor looks for ({@code skip-worktree}). Names are raw ({@link FileNames}). */
final class SkippedFiles {

    private static final int HEADER = 8;

    /** The version of an index that has no room for that mark; git writes it unless an entry is marked or settings ask for another. */
    private static final int WITHOUT = 2;

    private SkippedFiles() {}

    /**
     * Lists those of an index.
     *
     * @param git with that index
     */
    static List<String> of(Git git) {
        return among(git.run("ls-files", "-z", "-t"));
    }

    /**
     * Lists those of an index that may be broken, as far as git can read it.
     *
     * @param git with that index
     */
    static List<String> ofForeign(Git git) {
        return among(git.attempt(new byte[0], "ls-files", "-z", "-t"));
    }

    private static List<String> among(Git.Answer answer) {
        return answer.raws().stream()
                .filter(line -> line.startsWith("S "))
                .map(line -> line.substring(2))
                .toList();
    }

    /** Tells by an index's first bytes if there may be such files in it; what it shares with another index aside. */
    static boolean mayBeIn(Path index) throws IOException {
        try (InputStream in = Files.newInputStream(index)) {
            byte[] header = in.readNBytes(HEADER);
            return header.length < HEADER || header[HEADER - 1] != WITHOUT;
        }
    }
}
