package io.github.claudefleet.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what an agent left, by a git directory that the agent never saw: its objects are borrowed, its files are read, and nothing
 * of its settings, hooks or filters has a say. What is found becomes the agent's branch of the repository.
 */
final class Inspection {

    /** What is larger stays in the workspace: a branch would carry it for ever. */
    private static final long LARGEST_FILE = 100L << 20;

    private static final String FOUND = "refs/heads/found";

    private final Worktree worktree;
    private final Place place;
    private final Git git;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private Inspection(Worktree worktree) {
        this.worktree = worktree;
        this.place = worktree.place();
        this.git = worktree.repository()
                .likePerson(Git.alone(place.directory()))
                .set("core.bare", "false")
                .set("fetch.fsckObjects", "true")
                .with("GIT_DIR", place.inspection().toString());
    }

    /**
     * Takes what is there, committed or not.
     *
     */
    static Changes of(Worktree worktree) {
        Inspection inspection = new Inspection(worktree);
        try {
            inspection.prepare();
            return inspection.take();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + worktree.place().directory() + " can't be looked at: " + e.getMessage(), e);
        }
    }

    /** The difference as a patch that {@code git apply} takes, binary files included. */
    static byte[] patch(Worktree worktree, Changes changes) {
        return new Inspection(worktree)
                .git
                .run(
                        "diff",
                        "--binary",
                        "--full-index",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--no-color",
                        changes.base(),
                        changes.head())
                .bytes();
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(place.inspection())) {
            Git.alone(place.directory())
                    .run(
                            "init",
                            "--quiet",
                            "--bare",
                            "--template=",
                            place.inspection().toString());
        }
        AgentGit agent = new AgentGit(place);
        boolean genuine = agent.isGenuine();
        if (!genuine) {
            warnings.add("its git directory was tampered with: its commits are not taken, its files are");
        }
        Path objects = worktree.repository().objects();
        Path info = Files.createDirectories(place.inspection().resolve("objects/info"));
        Files.writeString(info.resolve("alternates"), objects + "\n" + (genuine ? agent.objects() + "\n" : ""));
        Path shallow = worktree.repository().gitDirectory().resolve("shallow");
        if (Files.isRegularFile(shallow)) {
            Files.write(place.inspection().resolve("shallow"), Files.readAllBytes(shallow));
        }
    }

    private Changes take() throws IOException {
        String committed = committed();
        boolean there = Files.isDirectory(place.tree(), LinkOption.NOFOLLOW_LINKS);
        String head = there ? withTheRest(committed) : committed;
        git.run("update-ref", FOUND, head);
        if (!head.equals(worktree.base())) {
            publish(head);
        }
        List<Changed> files = Changed.between(git, worktree.base(), head);
        warnings.addAll(Traps.among(files));
        return new Changes(
                worktree.branch(),
                worktree.base(),
                head,
                Integer.parseInt(git.ask("rev-list", "--count", worktree.base() + ".." + head)),
                files.size(),
                new String(
                        git.run("diff", "--stat=100", "--no-ext-diff", "--no-textconv", worktree.base(), head)
                                .bytes(),
                        StandardCharsets.UTF_8),
                List.copyOf(leftOut),
                List.copyOf(warnings));
    }

    /** The commit that the agent is at, where that is one. */
    private String committed() {
        String base = worktree.base();
        String head = new AgentGit(place).head().orElse(base);
        boolean whole = git.attempt(new byte[0], "rev-list", "--objects", "--quiet", head, "--not", base)
                        .status()
                == 0;
        if (!whole || git.find("cat-file", "-e", head + "^{commit}").isEmpty()) {
            warnings.add(
                    "its HEAD " + head + " is no commit that can be read: its commits are not taken, its files are");
            return base;
        }
        if (git.find("merge-base", "--is-ancestor", base, head).isEmpty()) {
            warnings.add("its commits do not follow from " + base + ", which it started from");
        }
        return head;
    }

    private String withTheRest(String committed) throws IOException {
        Git tree = git.with("GIT_WORK_TREE", place.tree().toString())
                .with(
                        "GIT_INDEX_FILE",
                        place.inspection().resolve("agent-index").toString());
        tree.run("read-tree", committed);
        List<String> add = new ArrayList<>(List.of("add", "--all", "--ignore-errors", "--", ":/"));
        findWhatIsLeftOut(tree);
        for (String left : leftOut) {
            add.add(":(top,exclude,literal)" + left);
        }
        Git.Answer added = tree.attempt(new byte[0], add.toArray(String[]::new));
        if (added.status() != 0) {
            warnings.add("not all of its files can be taken: "
                    + added.errors().lines().findFirst().orElse(""));
        }
        String written = tree.ask("write-tree");
        if (written.equals(git.ask("rev-parse", committed + "^{tree}"))) {
            return committed;
        }
        return git.by(worktree.author()).ask("commit-tree", written, "-p", committed, "-m", message());
    }

    private String message() {
        String owner = worktree.owner();
        return "Work of agent " + owner.substring(owner.indexOf('/') + 1) + "\n\nClaude-Fleet: " + owner + "\n";
    }

    /** What is too large for a branch, and repositories within the workspace, which a commit can't hold. */
    private void findWhatIsLeftOut(Git tree) throws IOException {
        for (String name : tree.run("ls-files", "-z", "--others", "--modified", "--exclude-standard")
                .parts()) {
            Path file = place.tree().resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > LARGEST_FILE) {
                leaveOut(name, "it has " + (Files.size(file) >> 20) + " MiB");
            }
        }
        nestedRepositories().forEach(nested -> leaveOut(nested, "it is a git repository of its own"));
    }

    private void leaveOut(String name, String reason) {
        leftOut.add(name);
        warnings.add(name + " stays in the workspace: " + reason);
    }

    private List<String> nestedRepositories() throws IOException {
        List<String> nested = new ArrayList<>();
        Path root = place.tree();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (directory.getFileName().toString().equalsIgnoreCase(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!directory.equals(root) && Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                    nested.add(root.relativize(directory).toString());
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return nested;
    }

    /** Checks each object on its way, and moves the branch, which no one else's commit is on. */
    private void publish(String head) {
        worktree.repository()
                .alone(worktree.repository().root())
                .set("fetch.fsckObjects", "true")
                .run(
                        "fetch",
                        "--quiet",
                        "--no-tags",
                        "--no-write-fetch-head",
                        "--update-head-ok",
                        "--no-recurse-submodules",
                        place.inspection().toString(),
                        "+" + FOUND + ":refs/heads/" + worktree.branch());
        Worktrees.gitDirectory(worktree)
                .ifPresent(directory -> Git.alone(place.directory())
                        .with("GIT_DIR", directory.toString())
                        .with("GIT_WORK_TREE", place.tree().toString())
                        .run("read-tree", head));
    }
}
