package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Policy for merging an agent's changes from its own workspace. */
public enum MergePolicy {
    /** No integration: the changes stay in the workspace. */
    NONE,
    /** Patch beside the other results. */
    PATCH,
    /** Patch and the agent's branch; changes in a directory without git stay a patch. */
    BRANCH,
    /** Patch, branch, and a merge into the current checkout, as far as there is no conflict. */
    MERGE,
    /** Patch, and the agent's branch, which is also pushed to a remote repository. */
    PUSH;

    /** Returns the value in a pom. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the policy for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static MergePolicy of(String value) {
        return Arrays.stream(values())
                .filter(choice -> choice.value().equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "workspace.merge",
                        "\"" + value + "\" is unknown",
                        "Use one of: "
                                + Arrays.stream(values())
                                        .map(MergePolicy::value)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
