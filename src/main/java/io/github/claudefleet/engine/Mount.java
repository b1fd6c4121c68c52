package io.github.claudefleet.engine;

import java.nio.file.Path;

/** Mount at a path inside a container. */
public sealed interface Mount {

    /** Returns the absolute path inside the container. */
    String target();

    boolean readOnly();

    /** Bind mount of a directory, or a file, of the engine's host. */
    record Directory(Path source, String target, boolean readOnly) implements Mount {}

    /** Mount of a named volume. */
    record Volume(String name, String target, boolean readOnly) implements Mount {}
}
