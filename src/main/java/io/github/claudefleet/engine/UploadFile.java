package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;

/**
 * A file to write into a container, or a folder to make in it.
 *
 * @param path relative to the directory that it is written below, with a slash at the end for a folder; folders on the
 *     way are made
 * @param content its bytes, none for a folder; not copied, so don't change them afterwards
 * @param mode permission bits, such as {@code 0400}
 * @param owner whose it is
 */
public record UploadFile(String path, byte[] content, int mode, ContainerUser owner) {

    /** A folder; what is in one that is there already stays. */
    public static UploadFile folder(String path, int mode, ContainerUser owner) {
        return new UploadFile(path + "/", new byte[0], mode, owner);
    }

    public boolean isFolder() {
        return path.endsWith("/");
    }

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes, mode 0" + Integer.toOctalString(mode) + ")";
    }
}
