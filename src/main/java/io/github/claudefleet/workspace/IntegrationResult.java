package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.MergePolicy;

/**
 * How what an agent did came home.
 *
 * @param workspace where it was done
 * @param changes what it is
 * @param merge how far it was to come
 * @param outcome how far it came
 * @param reason why not farther, for people to read; empty where nothing stood in the way
 */
public record IntegrationResult(
        AgentWorkspace workspace, Changes changes, MergePolicy merge, Outcome outcome, String reason) {

    /** How far changes came. */
    public enum Outcome {
        /** There are none. */
        NOTHING,
        /** They are in the workspace. */
        KEPT,
        /** They are a patch. */
        PATCH,
        /** They are a branch. */
        BRANCH,
        /** They are in what is checked out. */
        MERGED,
        /** They are at the remote repository. */
        PUSHED,
        /** They were to come farther and could not. */
        REFUSED,
        /** They could not be told; they are in the workspace. */
        FAILED
    }

    /** Whether the agent's branch has it. */
    public boolean isOnBranch() {
        return workspace.hasGit()
                && !changes.base().equals(changes.head())
                && switch (outcome) {
                    case BRANCH, MERGED, PUSHED -> true;
                    case REFUSED -> merge != MergePolicy.PATCH;
                    case NOTHING, KEPT, PATCH, FAILED -> false;
                };
    }

    /** Where a person finds it. */
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

    /** Whose it is. */
    public AgentName agent() {
        return workspace.place().agent();
    }
}
