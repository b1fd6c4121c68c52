package io.github.claudefleet.workspace;

import java.util.List;

/**
 * What an agent changed.
 *
 * @param branch the branch that has it, where one has
 * @param base the commit that it started from
 * @param head the commit that has all of it; the base where it changed nothing
 * @param isNew whether it is another one than when it was last looked at
 * @param commits how many commits that makes, one for what was not committed included
 * @param files how many files differ
 * @param stat git's own table of them
 * @param others where commits are that the agent left elsewhere than on its branch
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
        List<String> others,
        List<String> leftOut,
        List<String> warnings) {

    /** Changes that can't be told, and why. */
    static Changes unknown(AgentWorkspace workspace, String reason) {
        return new Changes(
                workspace.branch(),
                workspace.base(),
                workspace.base(),
                true,
                0,
                0,
                "",
                List.of(),
                List.of(),
                List.of(reason));
    }

    /** The same under another branch's name, as the remote repository has it. */
    Changes on(String other) {
        return new Changes(other, base, head, isNew, commits, files, stat, others, leftOut, warnings);
    }

    /** Whether there is nothing to take. */
    public boolean isNothing() {
        return base.equals(head) && others.isEmpty();
    }
}
