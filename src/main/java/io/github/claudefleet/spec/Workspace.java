package io.github.claudefleet.spec;

import java.nio.file.Path;

/**
 * Where an agent works: a directory of the host, mounted read-write at {@link #MOUNT}.
 *
 * @param directory an absolute path
 */
public record Workspace(Path directory) {

    /** Where the workspace appears inside a container; the original pattern's own place for it. */
    public static final String MOUNT = "/workspace";
}
