package io.github.claudefleet.engine;

import io.github.claudefleet.spec.ContainerUser;

/**
 * A file to write into a container.
 *
 * @param path relative to the directory that it is written below; folders on the way are made
 * @param content its bytes; not copied, so don't change them afterwards
 * @param mode permission bits, such as {@code 0400}
 * @param owner whose it is
 */
public record UploadFile(String path, byte[] content, int mode, ContainerUser owner) {

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes, mode 0" + Integer.toOctalString(mode) + ")";
    }
}
