package io.github.claudefleet.engine;

import java.nio.file.Path;

/** Something that appears at a path inside a container. */
public sealed interface Mount {

    /** Where it appears: an absolute path inside the container. */
    String target();

    boolean readOnly();

    /** A directory, or a file, of the engine's host. */
    record Directory(Path source, String target, boolean readOnly) implements Mount {}

    /** A volume by its name. */
    record Volume(String name, String target, boolean readOnly) implements Mount {}
}
