package io.github.claudefleet.watchdog;

import io.github.claudefleet.runtime.KitResources;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * JVM of its own that runs one of this plugin's classes beside Maven. In a session of its own it survives signals to
 * Maven's terminal and process group.
 *
 * @param main class to run
 * @param classPath files with this class and all its dependencies
 */
record DetachedJvm(Class<?> main, List<Path> classPath) {

    private static final List<String> SMALL = List.of(
            "-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    /** Names the files by which a cluster is reached. */
    private static final String KUBECONFIG = "KUBECONFIG";

    private static final Set<String> NEEDED = Set.of(
            "PATH", "HOME", "USER", "XDG_RUNTIME_DIR", "TMPDIR", "LANG", "LC_ALL", "SystemRoot", "USERPROFILE", "TEMP");

    /** @param log file to which its output is appended */
    Process start(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            command.addAll(KitResources.inlined("detach.sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(List.of("-cp", joined(classPath), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(System.getProperty("java.io.tmpdir")))
                // The logging library warns there that it has no provider.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        keepNeeded(builder.environment());
        return builder.start();
    }

    /** Removes credentials of Maven's environment, and debugger options that would keep a JVM from starting. */
    static void keepNeeded(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> !name.startsWith("DOCKER_") && !name.equals(KUBECONFIG) && !NEEDED.contains(name));
        // The process has another working directory.
        environment.computeIfPresent(
                KUBECONFIG,
                (name, files) -> Arrays.stream(files.split(File.pathSeparator))
                        .map(file -> file.isEmpty()
                                ? file
                                : Path.of(file).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    private static String joined(List<Path> classPath) {
        return String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
    }
}
