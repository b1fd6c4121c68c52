package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what an agent left, by a git directory that the agent never saw: its objects are borrowed, its files are read, and nothing
 * of its settings, hooks or filters has a say. What is found becomes the agent's branch of the repository, where it has one.
 */
final class Inspection {

    private static final String FOUND = "refs/heads/found";
    private static final String PUBLISHED = "refs/heads/published";
    private static final String TAKEN = "refs/heads/taken";

    private final OwnTree tree;
    private final Place place;
    private final Git git;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private Inspection(OwnTree tree) {
        this.tree = tree;
        this.place = tree.place();
        this.git = tree.repository()
                .likePerson(Git.alone(place.directory()))
                .set("core.bare", "false")
                .set("fetch.fsckObjects", "true")
                .with("GIT_DIR", place.inspection().toString());
    }

    /** How much of what was found goes to the agent's branch. */
    enum Publish {
        ALL,
        COMMITS,
        NOTHING
    }

    /** Takes what is there, committed or not. */
    static Changes of(OwnTree tree) {
        return of(tree, Publish.ALL);
    }

    static Changes of(OwnTree tree, Publish publish) {
        Inspection inspection = new Inspection(tree);
        try {
            inspection.prepare();
            return inspection.take(publish);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + tree.place().directory() + " can't be looked at: " + FileProblem.of(e), e);
        }
    }

    /** The difference as a patch that {@code git apply} takes, binary files included. */
    static byte[] patch(OwnTree tree, Changes changes) {
        return new Inspection(tree).patch(changes.base(), changes.head());
    }

    /** What was found last, in the same form. */
    static byte[] patchOf(OwnTree tree) {
        return new Inspection(tree).patch(tree.base(), FOUND);
    }

    private byte[] patch(String from, String to) {
        return git.run("diff", "--binary", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", from, to)
                .bytes();
    }

    /** Remembers that a person has what was found last. */
    static void take(OwnTree tree) {
        new Inspection(tree).git.run("update-ref", TAKEN, FOUND);
    }

    /** Whether a person has all of it, as far as it was found; nothing is had by anybody. */
    static boolean isTaken(OwnTree tree) {
        Git git = new Inspection(tree).git;
        return git.find("rev-parse", "--verify", "--quiet", FOUND + "^{tree}")
                .map(found -> found.equals(git.ask("rev-parse", tree.base() + "^{tree}"))
                        || git.find("rev-parse", "--verify", "--quiet", TAKEN + "^{tree}")
                                .filter(found::equals)
                                .isPresent())
                .orElse(true);
    }

    private void prepare() throws IOException {
        OurGit ours = new OurGit(place.inspection());
        ours.make(tree.repository(), true);
        if (tree.hasGit() && Files.exists(place.agentGit(), LinkOption.NOFOLLOW_LINKS)) {
            AgentGit agent = new AgentGit(tree);
            boolean genuine = agent.isGenuine();
            if (!genuine) {
                warnings.add("its git directory was tampered with: its commits are not taken, its files are");
            }
            ours.borrow(tree.repository(), genuine ? List.of(agent.objects()) : List.of());
        }
    }

    private Changes take(Publish publish) throws IOException {
        String committed = tree.hasGit() ? committed() : tree.base();
        boolean there = Files.isDirectory(place.tree(), LinkOption.NOFOLLOW_LINKS);
        String head = there ? withTheRest(committed) : committed;
        boolean isNew = !git.find("rev-parse", "--verify", "--quiet", FOUND)
                .orElse(tree.base())
                .equals(head);
        git.run("update-ref", FOUND, head);
        if (tree.hasGit() && publish != Publish.NOTHING && !head.equals(tree.base())) {
            publish(publish == Publish.ALL ? head : committed);
        }
        List<Changed> files = Changed.between(git, tree.base(), head);
        warnings.addAll(Traps.among(files));
        return new Changes(
                tree.branch(),
                tree.base(),
                head,
                isNew,
                Integer.parseInt(git.ask("rev-list", "--count", tree.base() + ".." + head)),
                files.size(),
                new String(
                        git.run("diff", "--stat=100", "--no-ext-diff", "--no-textconv", tree.base(), head)
                                .bytes(),
                        StandardCharsets.UTF_8),
                List.copyOf(leftOut),
                List.copyOf(warnings));
    }

    /** The commit that the agent is at, where that is one. */
    private String committed() {
        String base = tree.base();
        String head = new AgentGit(tree).head().orElse(base);
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
        Git index = git.with("GIT_WORK_TREE", place.tree().toString())
                .with(
                        "GIT_INDEX_FILE",
                        place.inspection().resolve("agent-index").toString());
        index.run("read-tree", committed);
        List<String> add = new ArrayList<>(List.of("add", "--all", "--ignore-errors", "--", ":/"));
        LeftOut.of(place.tree(), index).forEach((name, reason) -> {
            leftOut.add(name);
            warnings.add(name + " stays in the workspace: " + reason);
            add.add(":(top,exclude,literal)" + name);
        });
        Git.Answer added = index.attempt(new byte[0], add.toArray(String[]::new));
        if (added.status() != 0) {
            warnings.add("not all of its files can be taken: "
                    + added.errors().lines().findFirst().orElse(""));
        }
        return commit(index.ask("write-tree"), committed);
    }

    /** A commit of these files, which is the last one where they are the same: what a person has merged stays so. */
    private String commit(String files, String parent) {
        if (files.equals(git.ask("rev-parse", parent + "^{tree}"))) {
            return parent;
        }
        boolean same = git.find("rev-parse", FOUND + "^{tree}", FOUND + "^").equals(Optional.of(files + "\n" + parent));
        return same
                ? git.ask("rev-parse", FOUND)
                : git.by(tree.author()).ask("commit-tree", files, "-p", parent, "-m", message());
    }

    private String message() {
        String owner = tree.owner();
        return "Work of agent " + owner.substring(owner.indexOf('/') + 1) + "\n\nClaude-Fleet: " + owner + "\n";
    }

    /** Checks each object on its way, and moves the branch, which no one else's commit is on. */
    private void publish(String commit) {
        git.run("update-ref", PUBLISHED, commit);
        tree.repository()
                .alone()
                .set("fetch.fsckObjects", "true")
                .run(
                        "fetch",
                        "--quiet",
                        "--no-tags",
                        "--no-write-fetch-head",
                        "--update-head-ok",
                        "--no-recurse-submodules",
                        place.inspection().toString(),
                        "+" + PUBLISHED + ":refs/heads/" + tree.branch());
        Kind.of(tree.strategy()).gitDirectory(tree).ifPresent(directory -> showIn(directory, commit));
    }

    /** What this machine's git says of the tree begins from there. */
    private void showIn(Path directory, String commit) {
        Git shown = Git.alone(place.directory())
                .with("GIT_DIR", directory.toString())
                .with("GIT_WORK_TREE", place.tree().toString());
        if (tree.strategy() == WorkspaceStrategy.CLONE) {
            shown.run(
                    "fetch",
                    "--quiet",
                    "--update-head-ok",
                    "--no-write-fetch-head",
                    tree.repository().root().toString(),
                    "+refs/heads/" + tree.branch() + ":refs/heads/" + tree.branch());
        }
        shown.run("read-tree", commit);
    }
}
