package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far what an agent changed in a workspace of its own comes home by itself. */
public enum MergePolicy {
    /** Not at all: it stays in the workspace. */
    NONE,
    /** As a patch beside the other results. */
    PATCH,
    /** Also as the agent's branch; what has no git stays a patch. */
    BRANCH,
    /** Also into what is checked out, as far as that is without conflict. */
    MERGE,
    /** As the agent's branch, which is pushed to a remote repository, too. */
    PUSH;

    /** As a pom has it. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidSpecException if there is none of that name */
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
