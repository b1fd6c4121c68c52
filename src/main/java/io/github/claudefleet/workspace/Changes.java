package io.github.claudefleet.workspace;

import java.util.List;

/**
 * What an agent changed.
 *
 * @param base the commit that it started from
 * @param head the commit that has all of it; the base where it changed nothing
 * @param isNew whether it is another one than when it was last looked at
 * @param commits how many commits that makes, one for what was not committed included
 * @param files how many files differ
 * @param stat git's own table of them
 * @param leftOut what could not be taken
 * @param warnings why, and what deserves a look before it is used
 */
public record Changes(
        String branch,
        String base,
        String head,
        boolean isNew,
        int commits,
        int files,
        String stat,
        List<String> leftOut,
        List<String> warnings) {

    /** Whether there is nothing to take. */
    public boolean isNothing() {
        return base.equals(head);
    }
}
