package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.MergeChoice;

/**
 * How what an agent did came home.
 *
 * @param tree where it was done
 * @param changes what it is
 * @param merge how far it was to come
 * @param outcome how far it came
 * @param reason why not farther, for people to read; empty where nothing stood in the way
 */
public record Home(OwnTree tree, Changes changes, MergeChoice merge, Outcome outcome, String reason) {

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
        REFUSED
    }

    /** Whether the agent's branch has it. */
    public boolean isOnBranch() {
        return tree.hasGit()
                && switch (outcome) {
                    case BRANCH, MERGED, PUSHED -> true;
                    case REFUSED -> merge != MergeChoice.PATCH;
                    case NOTHING, KEPT, PATCH -> false;
                };
    }

    /** Where a person finds it. */
    public String where() {
        String where = tree.where(changes.commits());
        return switch (outcome) {
            case MERGED -> "merged " + where;
            case PUSHED -> "pushed " + where;
            default -> where;
        };
    }

    /** Whose it is. */
    public AgentName agent() {
        return tree.place().agent();
    }
}
