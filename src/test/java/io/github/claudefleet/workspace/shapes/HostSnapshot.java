package io.github.claudefleet.workspace.shapes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Snapshot of everything below a directory of the person, byte for byte: files with their modes, owners and, outside of
 * git directories, times; refs by name. Indexes, settings, hooks, stashes, reflogs and worktrees are compared as files.
 * Objects of git may be added.
 */
public final class HostSnapshot {

    private static final Pattern OBJECT = Pattern.compile("(.*/)?objects/.*");
    /** Refs are compared by name, independent of git's storage. */
    private static final Pattern REF = Pattern.compile("(.*/)?(packed-refs|refs/.*)");

    private static final Pattern IN_GIT = Pattern.compile("(.*/)?(\\.git|[^/]+\\.git)(/.*)?");
    /** Directories that git creates and removes as needed. */
    private static final Pattern PASSING_DIRECTORY =
            Pattern.compile("(.*/)?(\\.git|[^/]+\\.git)/(.*/)?(refs|logs|objects|info|worktrees)(/.*)?");

    private final Path directory;
    private final SortedMap<String, String> things;

    private HostSnapshot(Path directory, SortedMap<String, String> things) {
        this.directory = directory;
        this.things = things;
    }

    /** Takes a snapshot. */
    public static HostSnapshot of(Path directory) {
        SortedMap<String, String> things = new TreeMap<>();
        Set<Path> gitDirectories = new TreeSet<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes)
                        throws IOException {
                    String name = directory.relativize(entered).toString();
                    if (!PASSING_DIRECTORY.matcher(name).matches()) {
                        things.put(name + "/", attributes(entered));
                    }
                    if (Files.isDirectory(entered.resolve("objects"))
                            && Files.isRegularFile(entered.resolve("HEAD"))
                            && Files.isDirectory(entered.resolve("refs"))) {
                        gitDirectories.add(entered);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = directory.relativize(file).toString();
                    if (OBJECT.matcher(name).matches()) {
                        things.put(name, "object");
                    } else if (!REF.matcher(name).matches()) {
                        things.put(name, content(file, name, attributes));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gitDirectories.forEach(git -> refs(directory, git, things));
        return new HostSnapshot(directory, things);
    }

    private static String content(Path file, String name, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return "link " + Files.readSymbolicLink(file);
        }
        String time = IN_GIT.matcher(name).matches() ? "" : " " + attributes.lastModifiedTime();
        return attributes(file) + time + " " + (attributes.isRegularFile() ? hash(file) : "special");
    }

    private static String attributes(Path file) throws IOException {
        Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        return Integer.toOctalString((Integer) unix.get("mode")) + " " + unix.get("uid") + ":" + unix.get("gid");
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refs(Path directory, Path git, SortedMap<String, String> things) {
        String where = " of " + directory.relativize(git);
        try {
            if (Files.isRegularFile(git.resolve("packed-refs"))) {
                for (String line : Files.readAllLines(git.resolve("packed-refs"))) {
                    if (line.matches("[0-9a-f]+ refs/.*")) {
                        int space = line.indexOf(' ');
                        things.put("ref " + line.substring(space + 1) + where, line.substring(0, space));
                    }
                }
            }
            try (Stream<Path> loose = Files.walk(git.resolve("refs"))) {
                for (Path ref : loose.filter(Files::isRegularFile).toList()) {
                    things.put(
                            "ref " + git.relativize(ref) + where,
                            Files.readString(ref).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the differences between the snapshot and the current state.
     *
     * @param allowed differences that are not returned
     * @return such as {@code changed project/.git/index}, sorted; empty if there are no others
     */
    public List<String> differences(Allowance allowed) {
        SortedMap<String, String> now = of(directory).things;
        Set<String> names = new TreeSet<>(things.keySet());
        names.addAll(now.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String before = things.get(name);
            String after = now.get(name);
            boolean addedObject = before == null && OBJECT.matcher(name).matches();
            if (!Objects.equals(before, after) && !addedObject && !allowed.covers(withoutPlace(name))) {
                differences.add((before == null ? "created " : after == null ? "removed " : "changed ") + name);
            }
        }
        return differences;
    }

    /** Returns the current refs with names that match a pattern. */
    public List<String> refsNow(String pattern) {
        return of(directory).things.keySet().stream()
                .filter(name -> name.matches("ref " + pattern))
                .toList();
    }

    /** Removes the repository from a ref's name, so that allowances need not contain it. */
    private static String withoutPlace(String name) {
        int place = name.startsWith("ref ") ? name.lastIndexOf(" of ") : -1;
        return place < 0 ? name : name.substring(0, place);
    }
}
