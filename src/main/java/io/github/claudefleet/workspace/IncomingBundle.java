package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bundle of an agent's volume, written by an engine's container and not trusted: git checks each object before the files
 * on this machine become those of the volume. The agent's commits go to its git directory, which the quarantine
 * repository inspects as if the agent had written it there.
 *
 * @param file file of the bundle
 * @param files tree of the agent's files
 * @param git tree of the files of its git directory; empty if it has none
 * @param hasNested true if the files contain git repositories, whose git directories have another name
 */
public record IncomingBundle(Path file, String files, Optional<String> git, boolean hasNested) {

    /** Name of the git directories of repositories within the workspace, since no tree can have the real one. */
    private static final String NESTED = ".claude-fleet-git";

    /**
     * Makes the workspace on this machine what the bundle says.
     *
     * @throws GitException if git refuses the bundle; nothing was changed then
     */
    void apply(AgentWorkspace workspace) {
        try {
            TransferRepository repository = TransferRepository.of(workspace);
            Path incoming = repository.directory().resolve("incoming");
            FileTrees.delete(incoming);
            Files.createDirectories(incoming.resolve("pack"));
            unbundle(repository, incoming);
            if (workspace.hasGit()) {
                replacePacks(
                        incoming.resolve("pack"), workspace.place().agentGit().resolve("objects/pack"));
            }
            replacePacks(incoming.resolve("pack"), repository.directory().resolve("objects/pack"));
            repository.ofFiles().run("read-tree", "--reset", "-u", files);
            if (hasNested) {
                renameNested(workspace.place().tree());
            }
            if (workspace.hasGit() && git.isPresent()) {
                repository.ofGit().run("read-tree", "--reset", "-u", git.get());
            }
            FileTrees.delete(incoming);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + workspace.place().directory() + " can't be written: " + FileProblem.of(e), e);
        }
    }

    /** Writes the bundle's objects to a directory of their own, and checks each. */
    private void unbundle(TransferRepository repository, Path incoming) throws IOException {
        Files.createDirectories(incoming.resolve("info"));
        Files.writeString(
                incoming.resolve("info/alternates"),
                QuarantineRepository.withSlashes(repository.directory().resolve("objects")) + "\n");
        Git git = repository.git().with("GIT_OBJECT_DIRECTORY", incoming.toString());
        refuseUnless(git.attempt(new byte[0], "bundle", "unbundle", file.toString()));
        for (Path pack : packs(incoming.resolve("pack"))) {
            Path index = incoming.resolve("checked.idx");
            refuseUnless(git.attempt(new byte[0], "index-pack", "--strict", "-o", index.toString(), pack.toString()));
            Files.deleteIfExists(index);
        }
        refuseUnless(git.attempt(new byte[0], "rev-parse", "--verify", files + "^{tree}"));
    }

    private static void refuseUnless(Git.Answer answer) {
        if (!answer.isFine()) {
            throw new GitException("git refuses its bundle: " + answer.reason(), null);
        }
    }

    /** Replaces the packs of the last transfer, all of whose objects the next one has. */
    private static void replacePacks(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> former = files(to);
        List<Path> next = files(from);
        for (Path file : next) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> names =
                next.stream().map(file -> file.getFileName().toString()).toList();
        for (Path file : former) {
            if (!names.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
    }

    /** Gives the git directories within the workspace their name. Git never runs in them on this machine. */
    private static void renameNested(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path nested : files.filter(file -> file.endsWith(NESTED))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Path git = nested.resolveSibling(".git");
                FileTrees.delete(git);
                Files.move(nested, git);
            }
        }
    }

    private static List<Path> packs(Path directory) throws IOException {
        return files(directory).stream()
                .filter(file -> file.getFileName().toString().endsWith(".pack"))
                .toList();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
