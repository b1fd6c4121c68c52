package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far what an agent changed in a workspace of its own comes home by itself. */
public enum MergeChoice {
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
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidSpecException if there is none of that name */
    public static MergeChoice of(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "workspace.merge",
                        "\"" + word + "\" is unknown",
                        "Use one of: "
                                + Arrays.stream(values()).map(MergeChoice::word).collect(Collectors.joining(", "))
                                + "."));
    }
}
