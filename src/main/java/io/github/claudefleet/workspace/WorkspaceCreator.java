package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Creates a workspace's files. Its record is written first, and is set to ready only when all files exist. */
final class WorkspaceCreator {

    private static final String INCLUDE = ".worktreeinclude";

    private final AgentWorkspace workspace;
    private final WorkspaceLayout place;
    private final Repository repository;

    WorkspaceCreator(AgentWorkspace workspace) {
        this.workspace = workspace;
        this.place = workspace.place();
        this.repository = workspace.repository();
    }

    /** Creates the files, and returns the workspace. */
    AgentWorkspace make() {
        try {
            Files.createDirectories(place.directory());
            new WorkspaceRecord(workspace, WorkspaceRecord.State.MAKING).write();
            if (!repository.isPlain()) {
                new RunRefs(workspace).keepBase();
                new PromisedObjects(repository).fetch(workspace.base(), workspace.hasGit());
            }
            QuarantineRepository quarantine = QuarantineRepository.of(workspace).prepare(workspace.author());
            boolean sparse = quarantine.takeSparseness();
            write(quarantine, sparse);
            if (workspace.hasGit()) {
                new AgentGitDirectory(workspace).make(workspace, sparse);
                Files.writeString(place.pointer(), AgentGitDirectory.pointer());
                Files.writeString(place.noAlternates(), "");
                keepHostsGitOut();
            }
            include();
            new WorkspaceRecord(workspace, WorkspaceRecord.State.READY).write();
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be made: " + FileProblem.of(e), e);
        }
    }

    /** Writes the files; git uses one process per core. */
    private void write(QuarantineRepository quarantine, boolean sparse) throws IOException {
        Git git = quarantine.git(Files.createDirectories(place.tree()), place.index());
        if (sparse) {
            git = git.set("core.sparseCheckout", "true")
                    .set("core.sparseCheckoutCone", String.valueOf(repository.isCone()));
        }
        git.run("read-tree", "-m", "-u", workspace.base());
        // Nothing else makes git skip a file.
        Files.write(place.unwritten(), FileNames.ended(sparse ? SkippedFiles.of(git) : List.of()));
    }

    /**
     * Creates the mount point for the agent's git directory. On the host it leads nowhere, and stops git from finding a
     * repository further up.
     */
    private void keepHostsGitOut() throws IOException {
        Path git = place.tree().resolve(".git");
        if (workspace.strategy() == WorkspaceStrategy.WORKTREE) {
            Files.writeString(git, AgentGitDirectory.pointer());
            return;
        }
        Files.createDirectories(git.resolve("objects"));
        Files.createDirectories(git.resolve("refs"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/" + workspace.branch() + "\n");
        Files.writeString(
                git.resolve("config"),
                "[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tinTheAgentsContainerAlone = true\n");
    }

    /** Copies ignored files that the agent needs, such as local settings. {@code .worktreeinclude} names them. */
    private void include() throws IOException {
        Path list = repository.root().resolve(INCLUDE);
        if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Git git = repository.asPerson();
        Set<String> wanted =
                new TreeSet<>(git.run("ls-files", "-z", "--others", "--ignored", "--exclude-from=" + INCLUDE)
                        .raws());
        wanted.retainAll(git.run("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
                .raws());
        for (String file : wanted) {
            include(file);
        }
    }

    /** Copies a file unless the start commit has that name: the agent is to work on the committed one. */
    private void include(String file) throws IOException {
        Path to = FileNames.resolve(place.tree(), file);
        List<Path> above = new ArrayList<>();
        for (Path up = to.getParent(); !up.equals(place.tree()); up = up.getParent()) {
            above.add(up);
        }
        boolean inTheWay = Files.exists(to, LinkOption.NOFOLLOW_LINKS)
                || above.stream()
                        .anyMatch(up -> Files.exists(up, LinkOption.NOFOLLOW_LINKS)
                                && !Files.isDirectory(up, LinkOption.NOFOLLOW_LINKS));
        if (!inTheWay) {
            Files.createDirectories(to.getParent());
            Files.copy(
                    FileNames.resolve(repository.root(), file),
                    to,
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Returns the names of the files that were not written. */
    static Set<String> unwritten(WorkspaceLayout place) throws IOException {
        if (!Files.isRegularFile(place.unwritten())) {
            return Set.of();
        }
        String names = Files.readString(place.unwritten(), StandardCharsets.ISO_8859_1);
        return names.isEmpty() ? Set.of() : Set.of(names.split("\0"));
    }
}
