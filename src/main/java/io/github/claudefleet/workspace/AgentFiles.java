package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.ContainerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Agent's files as a git tree. The tree is built on the index that the files were written with. Files that were never
 * written, or that the agent's own git skips, are therefore not taken for deleted. Names are raw ({@link FileNames}).
 */
final class AgentFiles {

    private static final int MOST_SHOWN = 200;

    /** Longest path that is passed to git as an exclusion. Git finds no file below a longer one. */
    private static final int LONGEST_PATH = 3_500;

    private static final Pattern ALTERNATE =
            Pattern.compile("error: (?:unable to normalize alternate object path:|object directory) "
                    + Pattern.quote(ContainerPaths.OBJECTS) + "(?:-[0-9]+)?(?: does not exist; .*)?");

    private final AgentWorkspace workspace;
    private final WorkspaceLayout place;
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

    /**
     * Writes a tree of the commit with the differences in the agent's files.
     *
     * @return empty if nothing differs
     */
    Optional<String> tree(String committed) throws IOException {
        Files.deleteIfExists(place.indexLock());
        if (!index.attempt(new byte[0], "read-tree", "-m", committed).isFine()) {
            Files.deleteIfExists(place.index());
            index.run("read-tree", committed);
        }
        FileTrees.Survey survey = FileTrees.survey(place.tree(), true);
        leaveUnwritten(survey);
        List<String> differing = index.run("ls-files", "-z", "--others", "--modified", "--exclude-standard")
                .raws();
        Map<String, String> excluded = ExcludedFiles.of(place.tree(), index, survey, differing);
        excluded.forEach((name, reason) -> {
            String shown = FileNames.utf8(name);
            String cut = shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) + "…" : shown;
            leftOut.add(cut);
            warnings.add(cut + " stays in the workspace: " + reason);
        });
        if (!survey.linked().isEmpty()) {
            // Listing the differences follows a link that replaced a directory, to files that may be equal. Adding all
            // does not.
            addAll(excluded.keySet());
            return Optional.of(index.ask("write-tree"));
        }
        List<String> taken =
                differing.stream().filter(name -> !isWithin(excluded, name)).toList();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        if (!addByName(taken)) {
            addAll(excluded.keySet());
        }
        return Optional.of(index.ask("write-tree"));
    }

    /** Checks whether a file, or a directory that contains it, is excluded. */
    private static boolean isWithin(Map<String, String> excluded, String name) {
        if (excluded.isEmpty()) {
            return false;
        }
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            if (excluded.containsKey(name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds files that are known to differ, so that git need not check all others again. Git stops at the first file
     * that it can't add, and silently skips a name that no commit can contain.
     *
     * @return true if all were added and git printed no error; otherwise, they can safely be added again
     */
    private boolean addByName(List<String> names) {
        boolean isPlain = !"true".equals(workspace.repository().likeThePersons().get("core.ignorecase"))
                && names.stream().noneMatch(name -> name.endsWith("/"));
        if (!isPlain) {
            return false;
        }
        Git.Answer answer = index.attempt(
                FileNames.ended(names), "update-index", "-z", "--add", "--remove", "--replace", "--stdin");
        return answer.isFine() && answer.errors().lines().allMatch(AgentFiles::isOfContainersObjects);
    }

    /**
     * Recognizes git's message about the agent's alternates. They are paths in its container, which git reports each
     * time.
     */
    private static boolean isOfContainersObjects(String line) {
        return ALTERNATE.matcher(line).matches();
    }

    private void addAll(Iterable<String> excluded) {
        List<String> add = new ArrayList<>(List.of(":/"));
        excluded.forEach(name -> {
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
    }

    /** Marks files that are absent for another reason than deletion by the agent. */
    private void leaveUnwritten(FileTrees.Survey survey) throws IOException {
        if (SkippedFiles.mayBeIn(place.index())) {
            mark("--no-skip-worktree", SkippedFiles.of(index));
        }
        Set<String> unwritten = new HashSet<>(WorkspaceCreator.unwritten(place));
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
        if (!new AgentGitDirectory(workspace).copyIndexThatSkips(copy, quarantine.directory())) {
            return List.of();
        }
        try {
            return SkippedFiles.ofForeign(quarantine.git(place.tree(), copy));
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
