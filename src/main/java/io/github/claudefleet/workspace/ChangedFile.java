package io.github.claudefleet.workspace;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Changed file.
 *
 * @param name path from the repository's root
 * @param link target, if it is now a symbolic link
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
