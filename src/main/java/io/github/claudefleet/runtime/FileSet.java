package io.github.claudefleet.runtime;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that are uploaded to a volume together, with one owner. Their digest shows whether a volume already has them.
 */
public final class FileSet {

    /**
     * Name of the file with the digest of the volume's files. It is written last, so that it proves that the others are
     * complete.
     */
    public static final String DIGEST = "digest";

    private static final int READ = 0444;

    private final ContainerUser owner;
    private final List<UploadFile> content = new ArrayList<>();

    FileSet(ContainerUser owner) {
        this.owner = owner;
    }

    /** Adds a file that every user in the containers may read. */
    void add(String path, byte[] bytes) {
        add(path, bytes, READ);
    }

    void add(String path, byte[] bytes, int mode) {
        content.add(new UploadFile(path, bytes, mode, owner));
    }

    void addFolder(String path, int mode) {
        content.add(UploadFile.folder(path, mode, owner));
    }

    /** Returns a hash of all files. */
    public String digest() {
        Sha256 hash = new Sha256();
        content.forEach(file -> hash.add(file.toString()).add(file.content()));
        return hash.shortHex();
    }

    /** Returns the files, with the digest last. */
    public List<UploadFile> files() {
        List<UploadFile> all = new ArrayList<>(content);
        all.add(new UploadFile(DIGEST, digest().getBytes(StandardCharsets.UTF_8), READ, owner));
        return all;
    }
}
