package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an agent gets at the project's files. */
public enum WorkspaceStrategy {
    /** The directory itself, for all agents the same, as in the original pattern. */
    BIND,
    /** A git worktree and branch of its own. */
    WORKTREE,
    /** A clone of its own that shares the repository's objects. */
    CLONE,
    /** Files of its own, without git. */
    COPY,
    /** The directory itself, which it can only read. */
    READONLY;

    /** Whether an agent gets files of its own. */
    public boolean isOwn() {
        return this != BIND && this != READONLY;
    }

    /** As a pom has it. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidSpecException if there is none of that name */
    public static WorkspaceStrategy of(String value) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.value().equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "workspace.strategy",
                        "\"" + value + "\" is unknown",
                        "Use one of: "
                                + Arrays.stream(values())
                                        .map(WorkspaceStrategy::value)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
