package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An agent's files as a tree of git's. It starts from the index that they were written with, so that files which were never written,
 * or which the agent's own git was told to leave out, are not taken for deleted. Names are raw ({@link FileNames}).
 */
final class AgentFiles {

    private static final int MOST_SHOWN = 200;

    /** Git finds nothing behind a longer one, so that it need not be told to leave it. */
    private static final int LONGEST_PATH = 3_500;

    private final AgentWorkspace workspace;
    private final Place place;
    private final QuarantineRepository quarantine;
    private final Git index;
    private final List<String> warnings;
    private final List<String> leftOut;

    AgentFiles(AgentWorkspace workspace, QuarantineRepository quarantine, List<String> warnings, List<String> leftOut) {
        this.workspace = workspace;
        this.place = workspace.place();
        this.quarantine = quarantine;
        this.index = quarantine.git(place.tree(), place.index());
        this.warnings = warnings;
        this.leftOut = leftOut;
    }

    /** The tree of a commit, with what differs in the agent's files. */
    String tree(String committed) throws IOException {
        Files.deleteIfExists(place.index().resolveSibling(place.index().getFileName() + ".lock"));
        if (!index.attempt(new byte[0], "read-tree", "-m", committed).isFine()) {
            Files.deleteIfExists(place.index());
            index.run("read-tree", committed);
        }
        Trees.Survey survey = Trees.survey(place.tree(), true);
        leaveUnwritten(survey);
        List<String> add = new ArrayList<>(List.of(":/"));
        Map<String, String> excluded = ExcludedFiles.of(place.tree(), index, survey);
        excluded.forEach((name, reason) -> {
            String shown = FileNames.utf8(name);
            String cut = shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) + "…" : shown;
            leftOut.add(cut);
            warnings.add(cut + " stays in the workspace: " + reason);
            if (name.length() < LONGEST_PATH) {
                add.add(":(top,exclude,literal)" + name);
            }
        });
        Git.Answer added = index.attempt(
                FileNames.ended(add),
                "add",
                "--all",
                "--ignore-errors",
                "--pathspec-from-file=-",
                "--pathspec-file-nul");
        if (!added.isFine()) {
            leftOut.add("files that git can't take");
            warnings.add("not all of its files can be taken: " + added.reason());
        }
        return index.ask("write-tree");
    }

    /** Marks files that are absent for another reason than that the agent deleted them. */
    private void leaveUnwritten(Trees.Survey survey) throws IOException {
        Set<String> skipped = new HashSet<>();
        index.run("ls-files", "-z", "-t").raws().stream()
                .filter(line -> line.startsWith("S "))
                .forEach(line -> skipped.add(line.substring(2)));
        mark("--no-skip-worktree", skipped);
        Set<String> unwritten = new HashSet<>(WorkspaceMaker.unwritten(place));
        unwritten.addAll(skippedByTheAgent());
        List<String> closed = survey.unreadable().stream()
                .map(file -> FileNames.raw(place.tree(), file))
                .toList();
        if (unwritten.isEmpty() && closed.isEmpty()) {
            return;
        }
        List<String> absent = index.run("ls-files", "-z", "--deleted").raws().stream()
                .filter(name -> unwritten.contains(name)
                        || closed.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "/")))
                .toList();
        mark("--skip-worktree", absent);
    }

    private void mark(String how, Iterable<String> names) {
        if (names.iterator().hasNext()) {
            index.run(FileNames.ended(names), "update-index", "-z", how, "--stdin");
        }
    }

    private List<String> skippedByTheAgent() throws IOException {
        if (!workspace.hasGit()) {
            return List.of();
        }
        Path copy = quarantine.directory().resolve("index-of-the-agent");
        Files.deleteIfExists(copy);
        if (!new AgentGitDirectory(workspace).copyIndex(copy, quarantine.directory())) {
            return List.of();
        }
        try {
            return quarantine.git(place.tree(), copy).attempt(new byte[0], "ls-files", "-z", "-t").raws().stream()
                    .filter(line -> line.startsWith("S "))
                    .map(line -> line.substring(2))
                    .toList();
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
