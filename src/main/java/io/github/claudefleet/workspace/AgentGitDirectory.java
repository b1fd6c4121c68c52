package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Git directory that belongs to one agent. It borrows the repository's objects, which its container sees read-only, but
 * has no hooks, settings or remotes of the repository. The agent can write it, so it is read here only as data: git
 * never runs in it on the host. Ref names are raw ({@link FileNames}).
 */
final class AgentGitDirectory {

    private static final String REF = "ref: ";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern REFLOG =
            Pattern.compile("(?:[0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) .*");
    private static final long MOST_READ = 64L << 20;
    private static final int MOST_LINKED = 5;

    private final Path directory;
    private final Repository repository;

    AgentGitDirectory(AgentWorkspace workspace) {
        this.directory = workspace.place().agentGit();
        this.repository = workspace.repository();
    }

    /** Returns the content of the agent's {@code .git} file, unless the directory itself is mounted there. */
    static String pointer() {
        return "gitdir: " + ContainerPaths.GIT + "\n";
    }

    Path objects() {
        return directory.resolve("objects");
    }

    /** Creates it, with the workspace's branch at its base. */
    void make(AgentWorkspace workspace, boolean sparse) throws IOException {
        Files.createDirectories(objects().resolve("info"));
        Files.createDirectories(objects().resolve("pack"));
        Files.createDirectories(directory.resolve("refs/heads"));
        Files.createDirectories(directory.resolve("info"));
        Files.writeString(objects().resolve("info/alternates"), alternates());
        Files.writeString(directory.resolve("HEAD"), REF + "refs/heads/" + workspace.branch() + "\n");
        Files.writeString(directory.resolve("config"), config(workspace, sparse));
        Files.write(directory.resolve("packed-refs"), refs(workspace));
        FileTrees.copyIfThere(repository.gitDirectory().resolve("shallow"), directory.resolve("shallow"));
        FileTrees.copyIfThere(repository.gitDirectory().resolve("info/exclude"), directory.resolve("info/exclude"));
        FileTrees.copyIfThere(
                workspace.place().quarantine().resolve("info/sparse-checkout"),
                directory.resolve("info/sparse-checkout"));
        Files.copy(workspace.place().index(), directory.resolve("index"));
    }

    /**
     * Moves the branch to the workspace's base, with its index. The agent has not worked yet, but may have had a chance
     * to: a path that leads elsewhere is refused.
     */
    void move(AgentWorkspace workspace) throws IOException {
        if (!Files.isRegularFile(directory.resolve("index"), LinkOption.NOFOLLOW_LINKS)) {
            throw changed();
        }
        setBranch(workspace.branch(), workspace.base());
        Files.copy(workspace.place().index(), directory.resolve("index"), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Sets a branch to a commit, by a file of its own. A path that leads elsewhere is refused.
     *
     * @return what was created: the file, or the uppermost new directory that contains it
     */
    Path setBranch(String branch, String commit) throws IOException {
        Path ref = directory.resolve("refs/heads/" + branch);
        Path created = ref;
        for (Path above = ref.getParent(); !above.equals(directory); above = above.getParent()) {
            if (!Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                created = above;
            } else if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                throw changed();
            }
        }
        Files.createDirectories(ref.getParent());
        Files.deleteIfExists(ref);
        Files.writeString(ref, commit + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return created;
    }

    private IOException changed() {
        return new IOException("its git directory " + directory + " was changed");
    }

    /** Returns the user's refs and the agent's own branch. Refs that collide with the branch are left out. */
    private byte[] refs(AgentWorkspace workspace) {
        String own = "refs/heads/" + workspace.branch();
        String all = new String(
                repository
                        .asPerson()
                        .run(
                                "for-each-ref",
                                "--format=%(objectname) %(refname)",
                                "refs/heads",
                                "refs/tags",
                                "refs/remotes")
                        .bytes(),
                StandardCharsets.ISO_8859_1);
        String others = all.lines()
                .filter(line -> !RefNames.collide(line.substring(line.indexOf(' ') + 1), own))
                .collect(Collectors.joining("\n"));
        return FileNames.bytes(others + (others.isEmpty() ? "" : "\n") + workspace.base() + " " + own + "\n");
    }

    private String alternates() {
        StringBuilder all = new StringBuilder(ContainerPaths.OBJECTS + "\n");
        for (int i = 1; i <= repository.borrowedObjects().size(); i++) {
            all.append(borrowed(i)).append('\n');
        }
        return all.toString();
    }

    /** Returns the container path of borrowed objects. */
    static String borrowed(int number) {
        return ContainerPaths.OBJECTS + "-" + number;
    }

    private String config(AgentWorkspace workspace, boolean sparse) {
        boolean sha256 = repository.objectFormat().equals("sha256");
        StringBuilder config =
                new StringBuilder("[core]\n\tbare = false\n\trepositoryformatversion = " + (sha256 ? 1 : 0) + "\n");
        repository.likeThePersons().forEach((name, value) -> {
            if (!name.equals("core.excludesFile")) {
                config.append('\t')
                        .append(name.substring("core.".length()))
                        .append(" = ")
                        .append(value)
                        .append('\n');
            }
        });
        if (sparse) {
            config.append("\tsparseCheckout = true\n\tsparseCheckoutCone = ")
                    .append(repository.isCone())
                    .append('\n');
        }
        config.append("\thooksPath = " + ContainerPaths.KIT + "/hooks\n");
        if (sha256) {
            config.append("[extensions]\n\tobjectFormat = sha256\n");
        }
        config.append("[claude-fleet]\n\tagent = ")
                .append(GitConfig.quoted(workspace.owner()))
                .append('\n');
        GitConfig.user(workspace.author()).forEach(line -> config.append(line).append('\n'));
        return config.toString();
    }

    /**
     * Returns the commit of the agent's HEAD, as read from its files.
     *
     * @param refs its refs
     * @return empty if they contain no readable id
     */
    Optional<String> head(Map<String, String> refs) {
        return read("HEAD").flatMap(head -> target(head.strip(), refs, 0));
    }

    private Optional<String> target(String text, Map<String, String> refs, int linked) {
        if (!text.startsWith(REF)) {
            return Optional.of(text).filter(id -> ID.matcher(id).matches());
        }
        return linked >= MOST_LINKED
                ? Optional.empty()
                : Optional.ofNullable(refs.get(text.substring(REF.length())))
                        .flatMap(next -> target(next, refs, linked + 1));
    }

    /** Returns all its refs with their ids. */
    SortedMap<String, String> refs() {
        SortedMap<String, String> refs = new TreeMap<>();
        read("packed-refs")
                .ifPresent(text -> text.lines().forEach(line -> {
                    int end = line.indexOf(' ');
                    if (end > 0 && ID.matcher(line.substring(0, end)).matches()) {
                        refs.put(line.substring(end + 1), line.substring(0, end));
                    }
                }));
        looseRefs().forEach(name -> read(name).ifPresent(text -> refs.put(name, text.strip())));
        SortedMap<String, String> resolved = new TreeMap<>();
        refs.forEach((name, text) -> target(text, refs, 0).ifPresent(id -> resolved.put(name, id)));
        return resolved;
    }

    private List<String> looseRefs() {
        List<String> names = new ArrayList<>();
        Path root = directory.resolve("refs");
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = "refs/" + FileNames.raw(root, file);
                    if (attributes.isRegularFile() && !name.endsWith(".lock")) {
                        names.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the refs in " + directory + " can't be listed: " + FileProblem.of(e), e);
        }
        return names;
    }

    /** Returns the commits of its stash, newest first. All but the newest are only in the stash's reflog. */
    List<String> stashes() {
        Set<String> stashes = new LinkedHashSet<>();
        read("logs/refs/stash")
                .ifPresent(log -> log.lines().forEach(line -> {
                    Matcher matcher = REFLOG.matcher(line);
                    if (matcher.matches()) {
                        stashes.add(matcher.group(1));
                    }
                }));
        List<String> newestFirst = new ArrayList<>(stashes);
        java.util.Collections.reverse(newestFirst);
        return newestFirst;
    }

    /**
     * Copies its index, with its shared indexes, to where the host's git can read it.
     *
     * @return false if there is none, or none that may skip files
     */
    boolean copyIndexThatSkips(Path index, Path sharedBy) {
        try {
            List<Path> shared = sharedIndexes();
            if (!isOwn("index") || shared.isEmpty() && !SkippedFiles.mayBeIn(directory.resolve("index"))) {
                return false;
            }
            Files.copy(directory.resolve("index"), index);
            for (Path one : shared) {
                Path to = sharedBy.resolve(one.getFileName().toString());
                if (isOwn(one.getFileName().toString()) && !Files.exists(to)) {
                    Files.copy(one, to);
                }
            }
            return true;
        } catch (IOException e) {
            // The index only hints at files that the agent skips, and the agent may have damaged it.
            return false;
        }
    }

    private List<Path> sharedIndexes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("sharedindex."))
                    .toList();
        }
    }

    /** Reads a regular file of the directory, never one behind a link. */
    private Optional<String> read(String name) {
        try {
            return isOwn(name)
                    ? Optional.of(Files.readString(FileNames.resolve(directory, name), StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isOwn(String name) throws IOException {
        Path file = FileNames.resolve(directory, name);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().equals(FileNames.resolve(directory.toRealPath(), name))
                && Files.size(file) <= MOST_READ;
    }

    /** Checks whether it has objects of its own; true also if they can't be listed. */
    boolean hasObjects() {
        Path info = objects().resolve("info");
        try (Stream<Path> files = Files.walk(objects())) {
            return files.anyMatch(
                    file -> !file.startsWith(info) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | UncheckedIOException e) {
            return true;
        }
    }

    /** Checks that its objects are regular files only and that it borrows only from the repository. */
    boolean isGenuine() {
        try (Stream<Path> files = Files.walk(objects())) {
            return Files.isDirectory(objects(), LinkOption.NOFOLLOW_LINKS)
                    && files.allMatch(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                            || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    && read("objects/info/alternates")
                            .filter(text -> text.lines().allMatch(AgentGitDirectory::isInContainer))
                            .isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Recognizes a container path of borrowed objects, which does not exist on the host. */
    private static boolean isInContainer(String alternate) {
        return alternate.matches(Pattern.quote(ContainerPaths.OBJECTS) + "(?:-\\d+)?");
    }
}
