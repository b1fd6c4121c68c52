package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Git directory for the transfer of one workspace to and from an engine's volume. It takes files as they are, without
 * conversion of line ends or filters, borrows the objects that a bundle needs, and runs nothing.
 */
record TransferRepository(AgentWorkspace workspace, Path directory) {

    /** Attributes that take precedence over those of any file in the tree. */
    private static final String RAW = "* -text !eol !ident !filter !working-tree-encoding\n";

    static final String FILES = "refs/transfer/files";
    static final String GIT = "refs/transfer/git";

    /** Creates it if it does not exist. */
    static TransferRepository of(AgentWorkspace workspace) throws IOException {
        Path directory = workspace.place().transfer();
        if (!Files.isRegularFile(directory.resolve("info/attributes"))) {
            FileTrees.delete(directory);
            Files.createDirectories(directory.getParent());
            Git.alone(directory.getParent())
                    .run(
                            "init",
                            "--quiet",
                            "--bare",
                            "--template=",
                            "--object-format=" + workspace.repository().objectFormat(),
                            directory.toString());
            Files.createDirectories(directory.resolve("info"));
            Files.writeString(directory.resolve("info/attributes"), RAW);
        }
        TransferRepository repository = new TransferRepository(workspace, directory);
        repository.borrow();
        return repository;
    }

    private void borrow() throws IOException {
        List<Path> lenders = new ArrayList<>();
        Repository repository = workspace.repository();
        if (!repository.isPlain()) {
            lenders.add(repository.objects());
            Path shallow = repository.gitDirectory().resolve("shallow");
            Files.deleteIfExists(directory.resolve("shallow"));
            FileTrees.copyIfThere(shallow, directory.resolve("shallow"));
        }
        lenders.add(workspace.place().quarantine().resolve("objects"));
        StringBuilder alternates = new StringBuilder();
        lenders.forEach(lender ->
                alternates.append(QuarantineRepository.withSlashes(lender)).append('\n'));
        Files.createDirectories(directory.resolve("objects/info"));
        Files.writeString(directory.resolve("objects/info/alternates"), alternates);
    }

    /** Returns the list of commits whose parents the user's shallow clone lacks; it may not exist. */
    Path shallow() {
        return directory.resolve("shallow");
    }

    /** Returns git for this directory. */
    Git git() {
        return Git.alone(directory)
                .set("core.bare", "false")
                .set("core.autocrlf", "false")
                .set("core.safecrlf", "false")
                .set("core.ignorecase", "false")
                .set("core.bigFileThreshold", "8m")
                .with("GIT_DIR", directory.toString());
    }

    /** Returns git for the agent's files. */
    Git ofFiles() {
        return at(workspace.place().tree(), "index.files");
    }

    /** Returns git for the files of the agent's git directory, which is no git directory to it. */
    Git ofGit() {
        return at(workspace.place().agentGit(), "index.git");
    }

    private Git at(Path tree, String index) {
        return git().with("GIT_WORK_TREE", tree.toString())
                .with("GIT_INDEX_FILE", directory.resolve(index).toString());
    }
}
