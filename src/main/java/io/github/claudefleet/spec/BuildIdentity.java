package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * The build that makes something on an engine.
 *
 * @param build tells this build from all others
 * @param owner the process that runs it, in a form that tells later whether it is still alive
 * @param container the engine's own container in which that process runs, and since when; empty where it is in none
 */
public record BuildIdentity(String build, String owner, Optional<String> container) {

    /** One that is in no container of the engine's. */
    public BuildIdentity(String build, String owner) {
        this(build, owner, Optional.empty());
    }
}
