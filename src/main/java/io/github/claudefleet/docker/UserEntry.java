package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.spec.ContainerUser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Gives a container's user a name and its home in {@code /etc/passwd}, before the container is started. A number without an entry has
 * no home for Java, which then makes a directory called {@code ?} where it runs, and is nobody for {@code ssh} and {@code whoami};
 * one that the image knows may have another home than {@code HOME}. No process in the container could write that file.
 */
final class UserEntry {

    private static final String FILE = "/etc/passwd";
    private static final int READABLE = 0644;
    private static final int MOST_BYTES = 1 << 20;

    private final DockerClient client;
    private final TimedCalls calls;
    /** By image: read off the first container that is made of it; empty where there is no such file. */
    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

    UserEntry(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Writes the entry into a container that is made and not started. One whose files are read-only, that has no such file, or that
     * gets one from outside, is left as it is.
     */
    void add(String id, ContainerRequest request) {
        String home = request.environment().get("HOME");
        if (home == null || request.hardening().readOnlyRootfs() || isMounted(request)) {
            return;
        }
        known.computeIfAbsent(request.image(), image -> read(id))
                .flatMap(users -> with(users, request.user(), home))
                .ifPresent(users -> write(id, users));
    }

    /** What is mounted there is a file of the host's, which is nobody's to change. */
    private static boolean isMounted(ContainerRequest request) {
        return request.mounts().stream()
                .anyMatch(mount -> Stream.of("/etc", FILE).anyMatch(mount.target()::equals));
    }

    /** Returns the file with a first line for the user, or empty where the user has that home already. */
    static Optional<String> with(String users, ContainerUser user, String home) {
        String[] first = users.lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 6 && fields[2].equals(String.valueOf(user.uid())))
                .findFirst()
                .orElse(new String[0]);
        if (first.length > 6 && first[5].equals(home)) {
            return Optional.empty();
        }
        String name = Stream.of("agent", "claude-fleet-agent")
                .filter(free -> users.lines().noneMatch(line -> line.startsWith(free + ":")))
                .findFirst()
                .orElse("agent-" + user.uid());
        return Optional.of("%s:x:%d:%d:agent:%s:/bin/sh%n".formatted(name, user.uid(), user.gid(), home) + users);
    }

    private Optional<String> read(String id) {
        return calls.control("read " + FILE + " of container " + ShortIds.shown(id), () -> {
            try (InputStream archive =
                            client.copyArchiveFromContainerCmd(id, FILE).exec();
                    TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
                TarArchiveEntry entry = tar.getNextEntry();
                return entry != null && entry.isFile() && entry.getSize() <= MOST_BYTES
                        ? Optional.of(new String(tar.readAllBytes(), StandardCharsets.UTF_8))
                        : Optional.empty();
            } catch (NotFoundException e) {
                // The image has no such file.
                return Optional.empty();
            }
        });
    }

    private void write(String id, String users) {
        byte[] archive = archive(users.getBytes(StandardCharsets.UTF_8));
        calls.control("write " + FILE + " of container " + ShortIds.shown(id), () -> {
            client.copyArchiveToContainerCmd(id)
                    .withRemotePath("/etc")
                    .withTarInputStream(new ByteArrayInputStream(archive))
                    .exec();
        });
    }

    /** The file stays root's. */
    private static byte[] archive(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("passwd");
            entry.setMode(READABLE);
            entry.setIds(0, 0);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("packing in memory failed", e);
        }
        return bytes.toByteArray();
    }
}
