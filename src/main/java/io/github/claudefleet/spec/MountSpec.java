package io.github.claudefleet.spec;

import java.nio.file.Path;

/**
 * File or directory of the host that containers of a fleet see.
 *
 * @param source absolute path of a file or directory
 * @param target absolute path inside the containers
 * @param readOnly true if the containers can only read it
 */
public record MountSpec(Path source, String target, boolean readOnly) {}
