package io.github.claudefleet.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacked bundle for Central.
 *
 * @param directory directory of the bundle's files
 * @param entries names of the bundle's files, in order
 */
record Bundle(Path directory, List<String> entries) {

    private static final List<String> BESIDE_A_FILE = List.of(".md5", ".sha1", ".sha256", ".sha512", ".asc");

    static Bundle unpack(Path zip, Path directory) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> entries =
                    file.stream().filter(entry -> !entry.isDirectory()).toList();
            for (ZipEntry entry : entries) {
                Path to = directory.resolve(entry.getName()).normalize();
                Files.createDirectories(to.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, to);
                }
            }
            return new Bundle(
                    directory, entries.stream().map(ZipEntry::getName).sorted().toList());
        }
    }

    /** Returns the files that are neither a checksum nor a signature. */
    List<String> components() {
        return entries.stream()
                .filter(name -> BESIDE_A_FILE.stream().noneMatch(name::endsWith))
                .toList();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Returns the names of the files in a jar of the bundle. */
    Stream<String> filesIn(String jar) throws IOException {
        try (ZipFile file = new ZipFile(file(jar).toFile())) {
            return file.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList().stream();
        }
    }
}
