package io.github.claudefleet.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files in an index that git neither writes nor checks ({@code skip-worktree}). Names are raw ({@link FileNames}). */
final class SkippedFiles {

    private static final int HEADER = 8;

    /**
     * Index version without that flag. Git writes it unless an entry has the flag or settings select another version.
     */
    private static final int WITHOUT = 2;

    private SkippedFiles() {}

    /**
     * Lists the skipped files of an index.
     *
     * @param git git with that index
     */
    static List<String> of(Git git) {
        return among(git.run("ls-files", "-z", "-t"));
    }

    /**
     * Lists the skipped files of an index that may be damaged, as far as git can read it.
     *
     * @param git git with that index
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

    /** Checks by an index's header whether it may have such files, apart from a shared index. */
    static boolean mayBeIn(Path index) throws IOException {
        try (InputStream in = Files.newInputStream(index)) {
            byte[] header = in.readNBytes(HEADER);
            return header.length < HEADER || header[HEADER - 1] != WITHOUT;
        }
    }
}
