package io.github.claudefleet.docker;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Creates tar archives of files to upload, with their owners and permissions in the container. */
final class TarArchive {

    private static final int DIRECTORY_MODE = 0755;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    private final Set<String> directories = new HashSet<>();

    private TarArchive() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Returns the files as one archive. A parent directory belongs to the owner of the first file in it.
     *
     * @throws IllegalArgumentException if a path leads out of the target directory
     */
    static byte[] of(List<UploadFile> files) {
        TarArchive archive = new TarArchive();
        try {
            for (UploadFile file : files) {
                archive.add(file);
            }
            archive.tar.close();
            return archive.bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("packing in memory failed", e);
        }
    }

    private void add(UploadFile file) throws IOException {
        checkPath(file.path(), file.isFolder());
        for (int slash = file.path().indexOf('/');
                slash > 0;
                slash = file.path().indexOf('/', slash + 1)) {
            int mode = file.isFolder() && slash == file.path().length() - 1 ? file.mode() : DIRECTORY_MODE;
            addDirectory(file.path().substring(0, slash + 1), mode, file.owner());
        }
        if (!file.isFolder()) {
            addContent(file);
        }
    }

    private void addContent(UploadFile file) throws IOException {
        TarArchiveEntry entry = entry(file.path(), file.mode(), file.owner());
        entry.setSize(file.content().length);
        tar.putArchiveEntry(entry);
        tar.write(file.content());
        tar.closeArchiveEntry();
    }

    private void addDirectory(String path, int mode, ContainerUser owner) throws IOException {
        if (directories.add(path)) {
            tar.putArchiveEntry(entry(path, mode, owner));
            tar.closeArchiveEntry();
        }
    }

    private static TarArchiveEntry entry(String path, int mode, ContainerUser owner) {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setMode(mode);
        entry.setIds(owner.uid(), owner.gid());
        entry.setUserName("");
        entry.setGroupName("");
        return entry;
    }

    private static void checkPath(String path, boolean folder) {
        List<String> parts = List.of((folder ? path.substring(0, path.length() - 1) : path).split("/", -1));
        if (parts.contains("") || parts.contains(".") || parts.contains("..")) {
            throw new IllegalArgumentException("\"" + path + "\" is not a relative path without . and ..");
        }
    }
}
