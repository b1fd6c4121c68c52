package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.PluginFile;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that pods run, with this machine's shell. Its input has no end, as that of a pod's command has none. */
@Timeout(60)
class PodFilesTest {

    private static final String SCRIPT = PluginFile.text(PodFiles.class, "unpack.sh");

    @TempDir
    private Path directory;

    @Test
    void filesAndFoldersHaveTheirContentAndMode() throws Exception {
        byte[] bytes = new byte[70_000];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[69_999] = '\n';

        int status = unpack(List.of(
                file("a b/deep/TASK.md", "Grüße\n".getBytes(StandardCharsets.UTF_8), 0400),
                UploadFile.folder("state", 0700, ContainerUser.FOR_ROOT),
                file("empty", new byte[0], 0644),
                file("binary", bytes, 0555)));

        assertThat(status).isZero();
        assertThat(directory.resolve("a b/deep/TASK.md")).hasContent("Grüße\n");
        assertThat(mode("a b/deep/TASK.md")).isEqualTo("r--------");
        assertThat(mode("state")).isEqualTo("rwx------");
        assertThat(directory.resolve("empty")).isEmptyFile();
        assertThat(directory.resolve("binary")).hasBinaryContent(bytes);
        assertThat(mode("binary")).isEqualTo("r-xr-xr-x");
        assertThat(names()).containsExactlyInAnyOrder("a b", "state", "empty", "binary");
    }

    @Test
    void aFileThatCanNotBeWrittenIsReplaced() throws Exception {
        unpack(List.of(file("digest", "old".getBytes(StandardCharsets.UTF_8), 0444)));

        int status = unpack(List.of(file("digest", "new".getBytes(StandardCharsets.UTF_8), 0444)));

        assertThat(status).isZero();
        assertThat(directory.resolve("digest")).hasContent("new");
    }

    @Test
    void aDirectoryIsNotReplacedByAFile() throws Exception {
        Files.createDirectory(directory.resolve("state"));

        assertThat(unpack(List.of(file("state", new byte[] {'x'}, 0400)))).isEqualTo(66);
        assertThat(directory.resolve("state")).isEmptyDirectory();
    }

    @Test
    void otherBytesThanWereSentAreNotUnpacked() throws Exception {
        byte[] bundle = PodFiles.bundle(List.of(file("a", new byte[] {'x'}, 0400)));

        assertThat(run(bundle, "0".repeat(64), 1)).isEqualTo(65);
        assertThat(names()).isEmpty();
    }

    private int unpack(List<UploadFile> files) throws Exception {
        byte[] bundle = PodFiles.bundle(files);
        return run(bundle, new Sha256().add(bundle).hex(), files.size());
    }

    private int run(byte[] bundle, String sum, int files) throws Exception {
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        SCRIPT,
                        "unpack.sh",
                        directory.toString(),
                        String.valueOf(bundle.length),
                        sum,
                        String.valueOf(files))
                .redirectErrorStream(true)
                .start();
        OutputStream input = process.getOutputStream();
        input.write(bundle);
        input.flush();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static UploadFile file(String path, byte[] content, int mode) {
        return new UploadFile(path, content, mode, ContainerUser.FOR_ROOT);
    }
}
