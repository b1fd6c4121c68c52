package io.github.claudefleet.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;

/**
 * What an agent with a workspace of its own changed, as {@code changes.json} has it.
 *
 * @param agent whose it is
 * @param strategy how the workspace was made
 * @param branch that has the changes; null where there is none
 * @param base the commit that it started from
 * @param head the commit that has all of them
 * @param commits how many commits that makes
 * @param files how many files differ
 * @param merge how far the changes were to come
 * @param outcome how far they came
 * @param reason why not farther; null where nothing stood in the way
 * @param otherRefs commits that the agent left elsewhere than on its branch (other branches, tags, stashes, and what none has any more):
 *     names of refs in the person's repository, which begin with {@code refs/}, or in the workspace alone
 * @param warnings what to look at before they are used
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

    /** Every outcome that is as good as asked for; any other word is none. */
    private static final Set<String> HOME = Set.of("nothing", "kept", "patch", "branch", "merged", "pushed");

    public AgentChanges {
        // Results of an earlier version have none.
        otherRefs = otherRefs == null ? List.of() : List.copyOf(otherRefs);
    }

    /** Whether they came as far as they were to. */
    boolean isIntegrated() {
        return outcome != null && HOME.contains(outcome);
    }
}
