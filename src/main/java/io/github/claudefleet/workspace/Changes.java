package io.github.claudefleet.workspace;

import java.util.List;

/**
 * Changes of an agent.
 *
 * @param branch branch that contains them, if any
 * @param base commit that the agent started from
 * @param head commit that contains all changes; the base if there are none
 * @param isNew true if they differ from the last inspection
 * @param commits number of commits, including one for uncommitted changes
 * @param files number of files that differ
 * @param stat diffstat of git
 * @param others refs of commits that the agent left outside its branch
 * @param leftOut files and commits that could not be taken
 * @param warnings reasons for that, and changes to review before use
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

    /** Returns a placeholder for changes that can't be determined, with the reason. */
    static Changes unknown(AgentWorkspace workspace, String reason) {
        return nothing(workspace, List.of(reason));
    }

    /** Returns no changes, which are reported as new if there are warnings. */
    static Changes nothing(AgentWorkspace workspace, List<String> warnings) {
        return new Changes(
                workspace.branch(),
                workspace.base(),
                workspace.base(),
                !warnings.isEmpty(),
                0,
                0,
                "",
                List.of(),
                List.of(),
                warnings);
    }

    /** Returns these changes under another branch name, that of the remote repository. */
    Changes on(String other) {
        return new Changes(other, base, head, isNew, commits, files, stat, others, leftOut, warnings);
    }

    /** Checks whether there is nothing to take. */
    public boolean isNothing() {
        return base.equals(head) && others.isEmpty();
    }

    /** Returns true if there is nothing to take and nothing to review, so that nobody needs the workspace. */
    boolean isForNothing() {
        return isNothing() && warnings.isEmpty();
    }
}
