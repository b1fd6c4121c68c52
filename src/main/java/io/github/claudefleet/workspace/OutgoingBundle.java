package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bundle with all that an agent's volume begins with: the files as they are on this machine, the files of the agent's
 * git directory, and the start commit with its history and the branches and tags that this history contains.
 *
 * @param file file of the bundle
 * @param format hash algorithm of its object ids
 * @param files tree of the agent's files
 * @param git tree of the files of its git directory, or {@link #NO_GIT}
 * @param shallow list of the commits without parents; it may not exist
 */
public record OutgoingBundle(Path file, String format, String files, String git, Path shallow) {

    /** Placeholder for the git directory of a copy. */
    public static final String NO_GIT = "none";

    private static final String BASE = "refs/transfer/base";

    /** Writes the bundle of a workspace that was created on this machine. */
    static OutgoingBundle of(AgentWorkspace workspace) {
        try {
            TransferRepository repository = TransferRepository.of(workspace);
            List<String> wanted = new ArrayList<>(List.of(TransferRepository.FILES));
            String files = snapshot(repository.ofFiles(), TransferRepository.FILES, List.of(":/"));
            String git = NO_GIT;
            if (workspace.hasGit()) {
                List<String> contained = keepContainedRefs(workspace);
                git = snapshot(repository.ofGit(), TransferRepository.GIT, parts(workspace.place()));
                repository.git().run("update-ref", BASE, workspace.base());
                wanted.addAll(List.of(TransferRepository.GIT, BASE));
                wanted.addAll(refs(repository.git(), contained));
            }
            Path file = repository.directory().resolve("out.bundle");
            repository
                    .git()
                    .run(
                            (String.join("\n", wanted) + "\n").getBytes(StandardCharsets.US_ASCII),
                            "bundle",
                            "create",
                            "--quiet",
                            file.toString(),
                            "--stdin");
            return new OutgoingBundle(file, workspace.repository().objectFormat(), files, git, repository.shallow());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + workspace.place().directory() + " can't be bundled: " + FileProblem.of(e), e);
        }
    }

    private static String snapshot(Git git, String ref, List<String> paths) {
        git.run(FileNames.ended(paths), "add", "--all", "--force", "--pathspec-from-file=-", "--pathspec-file-nul");
        String tree = git.ask("write-tree");
        git.run("update-ref", ref, tree);
        return tree;
    }

    /** Returns the parts of the agent's git directory, except its objects. */
    private static List<String> parts(WorkspaceLayout place) throws IOException {
        try (Stream<Path> files = Files.list(place.agentGit())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("objects"))
                    .toList();
        }
    }

    /**
     * Leaves only those refs of the user in the agent's git directory whose commits are in the bundle.
     *
     * @return ids of these refs, of tags the tags themselves
     */
    private static List<String> keepContainedRefs(AgentWorkspace workspace) throws IOException {
        Path packed = workspace.place().agentGit().resolve("packed-refs");
        if (!Files.isRegularFile(packed, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<String> contained = new String(
                        workspace
                                .repository()
                                .alone()
                                .run(
                                        "for-each-ref",
                                        "--merged=" + workspace.base(),
                                        "--format=%(objectname) %(refname)",
                                        "refs/heads",
                                        "refs/tags",
                                        "refs/remotes")
                                .bytes(),
                        StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        String own = workspace.base() + " refs/heads/" + workspace.branch();
        List<String> kept = Files.readAllLines(packed, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> contained.contains(line) || line.equals(own))
                .toList();
        Files.write(packed, kept, StandardCharsets.ISO_8859_1);
        return kept.stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .toList();
    }

    private static List<String> refs(Git git, List<String> ids) {
        List<String> names =
                ids.stream().map(id -> "refs/transfer/contained/" + id).toList();
        StringBuilder updates = new StringBuilder();
        ids.forEach(id -> updates.append("update refs/transfer/contained/")
                .append(id)
                .append(' ')
                .append(id)
                .append('\n'));
        git.run(updates.toString().getBytes(StandardCharsets.US_ASCII), "update-ref", "--stdin");
        return names;
    }
}
