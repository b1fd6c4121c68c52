package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;

/**
 * File to write into a container, or directory to create in it.
 *
 * @param path path relative to the target directory, with a trailing slash for a directory; parent directories are
 *     created as needed
 * @param content bytes of the file, empty for a directory; not copied, so do not change them afterwards
 * @param mode permission bits, such as {@code 0400}
 * @param owner owner of the file
 */
public record UploadFile(String path, byte[] content, int mode, ContainerUser owner) {

    /** Returns a directory. The content of an existing one is kept. */
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
