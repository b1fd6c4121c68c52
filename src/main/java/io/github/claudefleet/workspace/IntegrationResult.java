package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.MergePolicy;

/**
 * Result of integrating an agent's changes.
 *
 * @param workspace workspace of the agent
 * @param changes changes of the agent
 * @param merge requested policy
 * @param outcome outcome that was reached
 * @param reason readable reason for a lesser outcome; empty if there is none
 */
public record IntegrationResult(
        AgentWorkspace workspace, Changes changes, MergePolicy merge, Outcome outcome, String reason) {

    /** Stage that the changes reached. */
    public enum Outcome {
        /** There are no changes. */
        NOTHING,
        /** Changes stay in the workspace. */
        KEPT,
        /** Changes are in a patch. */
        PATCH,
        /** Changes are on a branch. */
        BRANCH,
        /** Changes are merged into what is checked out. */
        MERGED,
        /** Changes are pushed to the remote repository. */
        PUSHED,
        /** Further integration was requested but failed. */
        REFUSED,
        /** Changes could not be determined; they are in the workspace. */
        FAILED
    }

    /** Checks whether the agent's branch has the changes. */
    public boolean isOnBranch() {
        return workspace.hasGit()
                && !changes.base().equals(changes.head())
                && switch (outcome) {
                    case BRANCH, MERGED, PUSHED -> true;
                    case REFUSED -> merge != MergePolicy.PATCH;
                    case NOTHING, KEPT, PATCH, FAILED -> false;
                };
    }

    /** Describes where the user finds the changes. */
    public String where() {
        String where = where(workspace, changes);
        return switch (outcome) {
            case MERGED -> "merged " + where;
            case PUSHED -> "pushed " + where;
            default -> where;
        };
    }

    static String where(AgentWorkspace workspace, Changes changes) {
        boolean onBranch = workspace.hasGit() && workspace.home().merge().compareTo(MergePolicy.BRANCH) >= 0;
        if (!onBranch) {
            return workspace.place().tree().toString();
        }
        if (changes.base().equals(changes.head())) {
            return changes.others().isEmpty() ? "nothing is on a branch" : String.join(", ", changes.others());
        }
        return "branch " + changes.branch() + " (" + changes.commits()
                + (changes.commits() == 1 ? " commit)" : " commits)");
    }

    /** Returns the agent of the workspace. */
    public AgentName agent() {
        return workspace.place().agent();
    }
}
