package io.github.claudefleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Container that this process runs in, under the id of the engine that created it. */
public final class ThisContainer {

    /**
     * Mount of the container's own host name and name servers. Docker and Podman mount these files from a directory
     * that is named after the container. Unlike the process's control groups, the mount also shows inside a separate
     * namespace.
     */
    private static final Pattern MOUNT = Pattern.compile(
            "/(?:overlay-)?containers/([0-9a-f]{64})/(?:userdata/)?(?:hostname|hosts|resolv\\.conf) /etc/");

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private ThisContainer() {}

    /**
     * Returns the container's id; empty if there is none, or none that such an engine created. Only the engine can tell
     * whether it knows this id.
     */
    public static Optional<String> id() {
        try {
            return id(Files.readAllLines(MOUNTS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the container id of any process.
     *
     * @param mounts mounts that the process sees, as Linux lists them
     */
    public static Optional<String> id(List<String> mounts) {
        return mounts.stream()
                .map(MOUNT::matcher)
                .filter(Matcher::find)
                .map(mount -> mount.group(1))
                .findFirst();
    }
}
