package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Identity of the build that creates resources on an engine.
 *
 * @param build id that distinguishes this build from all others
 * @param owner process that runs the build, in a form from which its liveness can be checked later
 * @param container container of the engine in which that process runs, and its start time; empty if it runs in none
 */
public record BuildIdentity(String build, String owner, Optional<String> container) {

    /** Creates an identity without a container of the engine. */
    public BuildIdentity(String build, String owner) {
        this(build, owner, Optional.empty());
    }
}
