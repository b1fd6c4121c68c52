package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The git directory that an agent has for itself. It borrows the repository's objects, which its container sees read-only, and has
 * nothing else of it: no hooks, no settings, no remotes. What the agent writes there is its own, and is read here as data:
 * git is never run in it on this machine.
 */
final class AgentGit {

    private static final String WORKTREE = "worktrees/tree";
    private static final Pattern REF = Pattern.compile("ref: (refs/[\\w@+-][\\w./@+-]*)");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final long MOST_READ = 10L << 20;

    private final Path directory;
    private final boolean isClone;

    /** Where in it is what a working tree has for itself: its HEAD and index. */
    private final Path own;

    AgentGit(OwnTree tree) {
        this.directory = tree.place().agentGit();
        this.isClone = tree.strategy() == WorkspaceStrategy.CLONE;
        this.own = isClone ? directory : directory.resolve(WORKTREE);
    }

    /** What git is to be told is its directory. */
    Path own() {
        return own;
    }

    /** What stands for {@code .git} where the agent works. */
    static String pointer() {
        return "gitdir: " + ContainerPaths.GIT + "/" + WORKTREE + "\n";
    }

    Path objects() {
        return directory.resolve("objects");
    }

    /**
     * Makes it, with a branch that is at a commit.
     *
     * @param made what it is for
     * @param index of a working tree that is at that commit
     */
    void make(OwnTree made, Path index) throws IOException {
        Repository repository = made.repository();
        String branch = made.branch();
        Files.createDirectories(own);
        Files.createDirectories(objects().resolve("info"));
        Files.createDirectories(objects().resolve("pack"));
        Files.createDirectories(directory.resolve("refs/heads"));
        Files.writeString(objects().resolve("info/alternates"), ContainerPaths.OBJECTS + "\n");
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/" + branch + "\n");
        Files.writeString(directory.resolve("config"), config(made));
        Files.write(
                directory.resolve("packed-refs"),
                repository
                        .asPerson()
                        .run(
                                "for-each-ref",
                                "--format=%(objectname) %(refname)",
                                "refs/heads",
                                "refs/tags",
                                "refs/remotes")
                        .bytes());
        copyIfThere(repository.gitDirectory().resolve("shallow"), directory.resolve("shallow"));
        Files.createDirectories(directory.resolve("info"));
        copyIfThere(repository.gitDirectory().resolve("info/exclude"), directory.resolve("info/exclude"));
        if (!isClone) {
            Files.writeString(own.resolve("HEAD"), "ref: refs/heads/" + branch + "\n");
            Files.writeString(own.resolve("commondir"), "../..\n");
            Files.writeString(own.resolve("gitdir"), Workspace.MOUNT + "/.git\n");
        }
        Files.copy(index, own.resolve("index"));
    }

    private String config(OwnTree made) {
        CommitAuthor author = made.author();
        boolean sha256 = made.repository().objectFormat().equals("sha256");
        StringBuilder config = new StringBuilder("[core]\n\tbare = " + !isClone + "\n\trepositoryformatversion = ")
                .append(sha256 ? 1 : 0)
                .append('\n');
        made.repository().likeThePersons().forEach((name, value) -> {
            if (!name.equals("core.excludesFile")) {
                config.append('\t')
                        .append(name.substring("core.".length()))
                        .append(" = ")
                        .append(value)
                        .append('\n');
            }
        });
        config.append("\thooksPath = " + ContainerPaths.KIT + "/hooks\n");
        if (sha256) {
            config.append("[extensions]\n\tobjectFormat = sha256\n");
        }
        config.append("[claude-fleet]\n\tagent = ").append(quoted(made.owner())).append('\n');
        return config.append("[user]\n\tname = ")
                .append(quoted(author.name()))
                .append("\n\temail = ")
                .append(quoted(author.email()))
                .append('\n')
                .toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.copy(from, to);
        }
    }

    /**
     * The commit that the agent is at, as its files say.
     *
     * @return empty where they say nothing that can be read
     */
    Optional<String> head() {
        return read(isClone ? "HEAD" : WORKTREE + "/HEAD").flatMap(head -> {
            Matcher ref = REF.matcher(head.strip());
            return ref.matches() ? resolve(ref.group(1)) : id(head);
        });
    }

    private Optional<String> resolve(String ref) {
        if (ref.contains("..")) {
            return Optional.empty();
        }
        return read(ref)
                .flatMap(AgentGit::id)
                .or(() -> read("packed-refs")
                        .flatMap(refs -> refs.lines()
                                .filter(line -> line.endsWith(" " + ref))
                                .findFirst()
                                .flatMap(line -> id(line.substring(0, line.indexOf(' '))))));
    }

    private static Optional<String> id(String text) {
        return Optional.of(text.strip()).filter(id -> ID.matcher(id).matches());
    }

    /** A file that is really there, not one that a link leads to. */
    private Optional<String> read(String name) {
        Path file = directory.resolve(name);
        try {
            boolean ours = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && file.toRealPath().equals(directory.toRealPath().resolve(name))
                    && Files.size(file) <= MOST_READ;
            return ours ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether its objects are files of its own alone, and borrow from nobody but the repository. */
    boolean isGenuine() {
        try (Stream<Path> files = Files.walk(objects())) {
            return Files.isDirectory(objects(), LinkOption.NOFOLLOW_LINKS)
                    && files.allMatch(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                            || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    && read("objects/info/alternates").equals(Optional.of(ContainerPaths.OBJECTS + "\n"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
