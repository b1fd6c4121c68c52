package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.ContainerFiles;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.PluginFile;
import io.github.claudefleet.spec.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files that are written into one pod, by a shell in it. Their names and contents come by standard input, which no audit
 * log has, and the shell compares their sum. They belong to the pod's user.
 */
final class PodFiles implements ContainerFiles {

    private static final String SCRIPT = PluginFile.text(PodFiles.class, "unpack.sh")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int OTHER_SUM = 65;

    private final PodProcesses processes;

    PodFiles(PodProcesses processes) {
        this.processes = processes;
    }

    @Override
    public void upload(String containerId, String directory, List<UploadFile> files) {
        byte[] bundle = bundle(files);
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "unpack.sh",
                directory,
                String.valueOf(bundle.length),
                new Sha256().add(bundle).hex(),
                String.valueOf(files.size()));
        ExecResult result = processes.feed(new ExecRequest(containerId, command, new TreeMap<>()), bundle, LIMIT);
        if (!result.succeeded()) {
            String reason = result.exitCode() == OTHER_SUM
                    ? "other bytes arrived than were sent"
                    : "status " + result.exitCode() + " " + result.errors().strip();
            throw new EngineException(
                    Kind.FAILED, "write files to " + directory + " of pod " + containerId, reason.strip(), "", null);
        }
    }

    /** Returns a line {@code MODE OFFSET SIZE PATH} for each file, and then the contents. */
    static byte[] bundle(List<UploadFile> files) {
        // Offsets have one width, so that the lines are as long with the real ones.
        int first = lines(files, 0).length + 1;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(lines(files, first));
        files.forEach(file -> all.writeBytes(file.content()));
        return all.toByteArray();
    }

    private static byte[] lines(List<UploadFile> files, int first) {
        StringBuilder lines = new StringBuilder();
        int offset = first;
        for (UploadFile file : files) {
            lines.append("%o %010d %d %s\n".formatted(file.mode() & 0777, offset, file.content().length, file.path()));
            offset += file.content().length;
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
