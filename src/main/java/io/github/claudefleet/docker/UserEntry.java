package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Mount;
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
 * Adds a container's user, with name and home, to {@code /etc/passwd} before the start; no process in the container may
 * write that file. For a uid without an entry, Java finds no home and creates a directory named {@code ?} in its
 * working directory, and {@code ssh} and {@code whoami} find no user. The image's own entry may have another home than
 * {@code HOME}.
 */
final class UserEntry {

    private static final String DIRECTORY = "/etc";
    private static final String NAME = "passwd";
    private static final int READABLE = 0644;
    private static final int MOST_BYTES = 1 << 20;

    private final DockerClient client;
    private final TimedCalls calls;
    private final boolean writesReadOnly;
    /** File of users by image, read from the image's first container; empty if there is no such file. */
    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();
    /** Path of the file in a volume on the engine's host, by the volume's name. */
    private final Map<String, Optional<String>> places = new ConcurrentHashMap<>();

    /** @param writesReadOnly true if the engine writes to a read-only root file system */
    UserEntry(DockerClient client, TimedCalls calls, boolean writesReadOnly) {
        this.client = client;
        this.calls = calls;
        this.writesReadOnly = writesReadOnly;
    }

    /** Returns the mount of a file with the entry; empty if the entry can be in the container's own file. */
    Optional<Mount.Users> mount(ContainerRequest request) {
        return request.mounts().stream()
                .filter(mount -> !writesReadOnly)
                .filter(Mount.Users.class::isInstance)
                .map(Mount.Users.class::cast)
                .findFirst();
    }

    /**
     * Writes the entry into a container that is created but not started. Leaves out a container that has it by a mount, is
     * read-only for the engine too, has no such file, or has a mount of the host in its place.
     */
    void add(String id, ContainerRequest request) {
        String home = request.environment().get("HOME");
        boolean isReadOnly = request.hardening().readOnlyRootfs() && !writesReadOnly;
        if (home == null || isReadOnly || mount(request).isPresent() || isMounted(request)) {
            return;
        }
        known.computeIfAbsent(request.image(), image -> read(id))
                .flatMap(users -> with(users, request.user(), home))
                .ifPresent(users -> write(id, DIRECTORY, users));
    }

    /** Writes the file with the entry to a directory of a container of the image. */
    void writeFile(String id, ContainerRequest request, String directory) {
        String home = request.environment().getOrDefault("HOME", "/");
        String users = read(id).orElse("");
        write(id, directory, with(users, request.user(), home).orElse(users));
    }

    /** Returns the path of the file on the engine's host; empty if the engine does not tell where the volume is. */
    Optional<String> place(Mount.Users mount) {
        return places.computeIfAbsent(mount.volume(), this::find);
    }

    private Optional<String> find(String volume) {
        return calls.control("inspect volume " + volume, () -> {
            try {
                return Optional.ofNullable(
                                client.inspectVolumeCmd(volume).exec().getMountpoint())
                        .filter(path -> !path.isEmpty())
                        .map(path -> path + "/" + NAME);
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** Returns true if the file is mounted, so that it belongs to the host and must not change. */
    private static boolean isMounted(ContainerRequest request) {
        return request.mounts().stream()
                .filter(mount -> !(mount instanceof Mount.Users))
                .anyMatch(mount -> Stream.of(DIRECTORY, Mount.Users.FILE).anyMatch(mount.target()::equals));
    }

    /** Returns the file with a first line for the user, or empty if the user already has that home. */
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
        return Optional.of("%s:x:%d:%d:agent:%s:/bin/sh\n".formatted(name, user.uid(), user.gid(), home) + users);
    }

    private Optional<String> read(String id) {
        return calls.control("read " + Mount.Users.FILE + " of container " + ShortIds.shown(id), () -> {
            try (InputStream archive = client.copyArchiveFromContainerCmd(id, Mount.Users.FILE)
                            .exec();
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

    private void write(String id, String directory, String users) {
        byte[] archive = archive(users.getBytes(StandardCharsets.UTF_8));
        String file = directory + "/" + NAME;
        calls.control("write " + file + " of container " + ShortIds.shown(id), () -> {
            client.copyArchiveToContainerCmd(id)
                    .withRemotePath(directory)
                    .withTarInputStream(new ByteArrayInputStream(archive))
                    .exec();
        });
    }

    /** Returns an archive in which root still owns the file. */
    private static byte[] archive(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(NAME);
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
