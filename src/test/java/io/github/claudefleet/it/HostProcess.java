package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Process as {@code ps} shows it, on this machine or in a container on it.
 *
 * @param arguments command line; empty once it has ended
 * @param environment initial environment variables; empty once it has ended
 */
record HostProcess(String pid, String arguments, String environment) {

    /** Returns all processes that run at this moment. */
    static List<HostProcess> all() throws IOException {
        List<HostProcess> processes = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                processes.add(new HostProcess(
                        folder.getFileName().toString(), read(folder, "cmdline"), read(folder, "environ")));
            }
        }
        return processes;
    }

    private static String read(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1)
                    .replace('\0', '\n');
        } catch (IOException e) {
            // The process has ended meanwhile.
            return "";
        }
    }

    /** Omits the environment, which may be long. */
    @Override
    public String toString() {
        return "process " + pid + " (" + arguments.lines().findFirst().orElse("") + ")";
    }
}
