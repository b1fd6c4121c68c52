package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;

/**
 * Changes of an agent with its own workspace, as stored in {@code changes.json}.
 *
 * @param agent name of the agent
 * @param strategy strategy of the workspace
 * @param branch branch with the changes; null if there is none
 * @param base commit from which the agent started
 * @param head commit that contains all changes
 * @param commits number of commits
 * @param files number of files that differ
 * @param merge configured merge policy
 * @param outcome actual result of the integration
 * @param reason reason why the changes were not integrated as configured; null if they were
 * @param otherRefs commits outside the agent's branch (other branches, tags, stashes, unreachable commits): names
 *     of refs in the user's repository, which begin with {@code refs/}, or of refs that exist only in the workspace
 * @param warnings problems to review before the changes are used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentChanges(
        String agent,
        String strategy,
        String branch,
        String base,
        String head,
        int commits,
        int files,
        String merge,
        String outcome,
        String reason,
        List<String> otherRefs,
        List<String> warnings) {

    static final String REFUSED = "refused";

    /** Outcomes of changes that were integrated as configured; no other value counts. */
    private static final Set<String> HOME = Set.of("nothing", "kept", "patch", "branch", "merged", "pushed");

    public AgentChanges {
        // Results of an earlier version lack this field.
        otherRefs = otherRefs == null ? List.of() : List.copyOf(otherRefs);
    }

    /** Returns true if the changes were integrated as configured. */
    boolean isIntegrated() {
        return outcome != null && HOME.contains(outcome);
    }
}
