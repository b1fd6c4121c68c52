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

    /**
     * Copy of a directory of another image, for engines without {@link EngineCapability#SHARED_VOLUMES}. That image has a
     * shell and {@code cp}.
     *
     * @param image name of the image
     * @param source absolute path of the directory in it
     */
    record FromImage(String image, String source, String target) implements Mount {
        @Override
        public boolean readOnly() {
            return true;
        }
    }

    /**
     * Writable mount of a named volume that no other container of the fleet uses. It has its files before the container
     * starts: they are written, and read later, by {@link EngineContainers#beside}, or else by a container that is
     * created for that.
     */
    record Workspace(String volume, String target) implements Mount {
        @Override
        public boolean readOnly() {
            return false;
        }
    }

    /**
     * Writable volume of the container's own, which begins with the content, owner and mode of that directory in the
     * image, and is removed with the container.
     */
    record Scratch(String target) implements Mount {
        @Override
        public boolean readOnly() {
            return false;
        }
    }

    /**
     * File of a volume in the place of {@code /etc/passwd}, with an entry for the container's user, for engines that can't
     * add one to a read-only root file system. Other engines leave it out.
     *
     * @param volume name of a volume that the container, or one of the same image before it, has mounted
     * @param directory path of that volume in the container that writes the file
     * @param writes true for the container whose image the file is made from, false for one that only has it
     */
    record Users(String volume, String directory, boolean writes) implements Mount {

        /** Path of the file in a container. */
        public static final String FILE = "/etc/passwd";

        @Override
        public String target() {
            return FILE;
        }

        @Override
        public boolean readOnly() {
            return true;
        }
    }
}
