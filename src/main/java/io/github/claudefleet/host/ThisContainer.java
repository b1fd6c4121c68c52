package io.github.claudefleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container that this process runs in, as the engine that made it calls it. */
public final class ThisContainer {

    /**
     * Docker and Podman mount a container's own name and name servers into it, from a folder called as the container is; unlike the
     * process's control groups that shows in a namespace of its own, too.
     */
    private static final Pattern MOUNT = Pattern.compile(
            "/(?:overlay-)?containers/([0-9a-f]{64})/(?:userdata/)?(?:hostname|hosts|resolv\\.conf) /etc/");

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private ThisContainer() {}

    /** Its id; empty where there is none, or none that such an engine made. Whether an engine knows it is for that engine to say. */
    public static Optional<String> id() {
        try {
            return id(Files.readAllLines(MOUNTS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The same of any process.
     *
     * @param mounts as Linux lists those that it sees
     */
    public static Optional<String> id(List<String> mounts) {
        return mounts.stream()
                .map(MOUNT::matcher)
                .filter(Matcher::find)
                .map(mount -> mount.group(1))
                .findFirst();
    }
}
