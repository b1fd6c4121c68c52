package io.github.claudefleet.spec;

import java.nio.file.Path;

/**
 * Something of the host that all containers of a fleet see.
 *
 * @param source a file or directory, an absolute path
 * @param target where it appears, an absolute path inside the containers
 * @param readOnly whether the containers can only read it
 */
public record MountSpec(Path source, String target, boolean readOnly) {}
