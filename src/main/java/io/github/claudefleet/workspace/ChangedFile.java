package io.github.claudefleet.workspace;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A file that differs.
 *
 * @param name from the repository's root
 * @param link where it leads, where it is a symbolic link now
 */
record ChangedFile(String name, Optional<String> link) {

    private static final String LINK = "120000";

    static List<ChangedFile> between(Git git, String base, String head) {
        Iterator<String> parts = git.run(
                        "diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", base, head)
                .parts()
                .iterator();
        List<ChangedFile> files = new ArrayList<>();
        while (parts.hasNext()) {
            // :100644 120000 OLD NEW T
            String[] words = parts.next().split(" ");
            String name = parts.next();
            files.add(new ChangedFile(
                    name, words[1].equals(LINK) ? git.find("cat-file", "blob", words[3]) : Optional.empty()));
        }
        return files;
    }
}
