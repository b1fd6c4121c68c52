package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.github.claudefleet.spec.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Question to an engine if it sees this machine's directories. The engine checks the mounts of a request before the image,
 * so a request with an image that does not exist creates nothing, and its refusal tells which of the two is missing.
 *
 * @param isAsked false for an engine that is known to run on this machine
 */
record DirectoryProbe(DockerClient client, TimedCalls calls, boolean isAsked) {

    private static final String NO_IMAGE = "claude-fleet.invalid/no-image:none";
    private static final String NO_SOURCE = "bind source path does not exist";
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /**
     * Returns true if an engine runs on this machine for sure. Its socket may be forwarded from another machine, which has
     * another name; a container with the engine's socket has another name as well.
     *
     * @param name name of the engine's machine
     */
    static boolean isHere(EngineAddress address, String name) {
        if (address.uri().getScheme().equals("tcp")) {
            return false;
        }
        try {
            return !Files.isReadable(HOST_NAME)
                    || Files.readString(HOST_NAME).strip().equals(name);
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns true if the engine can mount what is in a directory. */
    boolean sees(Path directory) {
        if (!isAsked) {
            return true;
        }
        Path marker = marker(directory);
        try {
            return finds(marker);
        } finally {
            removeMarker(marker, directory);
        }
    }

    /** Creates a directory with a name that no other machine has. */
    private static Path marker(Path directory) {
        try {
            return Files.createTempDirectory(directory, ".claude-fleet-probe-");
        } catch (IOException e) {
            return directory;
        }
    }

    private static void removeMarker(Path marker, Path directory) {
        try {
            if (!marker.equals(directory)) {
                Files.deleteIfExists(marker);
            }
        } catch (IOException e) {
            // An empty directory does no harm.
            return;
        }
    }

    private boolean finds(Path source) {
        return calls.control("ask for directory " + source, () -> {
            try {
                String id = client.createContainerCmd(NO_IMAGE)
                        .withHostConfig(HostConfig.newHostConfig()
                                .withMounts(List.of(new Mount()
                                        .withType(MountType.BIND)
                                        .withSource(PathText.of(source))
                                        .withTarget("/probe")
                                        .withReadOnly(true))))
                        .exec()
                        .getId();
                client.removeContainerCmd(id).withForce(true).exec();
                return true;
            } catch (NotFoundException e) {
                return true;
            } catch (DockerException e) {
                if (ErrorTranslator.detail(e).contains(NO_SOURCE)) {
                    return false;
                }
                throw e;
            }
        });
    }
}
