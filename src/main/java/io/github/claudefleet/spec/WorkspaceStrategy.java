package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Way in which an agent accesses the project's files. */
public enum WorkspaceStrategy {
    /** The directory itself, shared by all agents, as in the original pattern. */
    BIND,
    /** A git worktree and branch of its own. */
    WORKTREE,
    /** A clone of its own that shares the repository's objects. */
    CLONE,
    /** Files of its own, without git. */
    COPY,
    /** The directory itself, read-only. */
    READONLY,
    /** Nothing of the project: an empty directory in the container, which ends with it. */
    NONE;

    /** Checks whether an agent gets files of its own. */
    public boolean isOwn() {
        return this != BIND && this != READONLY && this != NONE;
    }

    /** Returns the value in a pom. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the strategy for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
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
