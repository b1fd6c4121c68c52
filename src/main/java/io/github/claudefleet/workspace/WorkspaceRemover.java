package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Removes workspaces, complete or partial, and their remains in the user's repository. */
final class WorkspaceRemover {

    private final WorkspaceLayout place;

    WorkspaceRemover(WorkspaceLayout place) {
        this.place = place;
    }

    /** Completes what a killed process began. A workspace that no agent has used yet is removed. */
    static void mend(WorkspaceLayout place) {
        WorkspaceRemover remover = new WorkspaceRemover(place);
        if (remover.isWithoutRecord()) {
            remover.removeBeginnings();
        }
        WorkspaceRecord.in(place).ifPresent(record -> {
            switch (record.state()) {
                case READY, STARTING -> {}
                case MAKING -> {
                    forgetRun(record.workspace());
                    remover.remove(record.workspace(), false);
                }
                case REMOVING -> remover.remove(record.workspace(), false);
                case SETTING_ASIDE -> remover.remove(record.workspace(), true);
            }
        });
    }

    /** Checks that there is no record, and nothing of an agent's. */
    private boolean isWithoutRecord() {
        return asides().isEmpty()
                && Stream.of(place.record(), place.tree(), place.agentGit())
                        .noneMatch(part -> Files.exists(part, LinkOption.NOFOLLOW_LINKS));
    }

    /** Removes files created before the record: a copy's quarantine is needed before its record can be written. */
    private void removeBeginnings() {
        try {
            removeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the beginnings of a workspace in " + place.directory() + " can't be removed: " + FileProblem.of(e),
                    e);
        }
    }

    private static void forgetRun(AgentWorkspace workspace) {
        if (hasRepository(workspace)) {
            new RunRefs(workspace).remove(workspace.run());
        }
    }

    /** Checks whether a user's repository exists that may have refs of the workspace. */
    private static boolean hasRepository(AgentWorkspace workspace) {
        return !workspace.repository().isPlain()
                && Files.isDirectory(workspace.repository().root())
                && Files.isDirectory(workspace.repository().gitDirectory());
    }

    /**
     * Removes the files, to make room for a new workspace; its refs stay.
     *
     * @param kept true to set its files aside, since some of them are nowhere else
     * @return directory of the files set aside
     */
    Optional<Path> remove(AgentWorkspace workspace, boolean kept) {
        try {
            new WorkspaceRecord(workspace, kept ? WorkspaceRecord.State.SETTING_ASIDE : WorkspaceRecord.State.REMOVING)
                    .write();
            Optional<Path> aside = kept && Files.isDirectory(place.tree(), LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.move(place.tree(), freeAside()))
                    : Optional.empty();
            removeFiles();
            return aside;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be removed: " + FileProblem.of(e), e);
        }
    }

    /** Sets all of it aside, including the agent's git. Its repository is gone, so nothing can be integrated. */
    Path setAside() {
        try {
            Path aside = Files.createDirectories(freeAside());
            for (Path part : List.of(place.tree(), place.agentGit())) {
                if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(part, aside.resolve(part.getFileName()));
                }
            }
            if (Files.exists(place.record())) {
                Files.copy(place.record(), aside.resolve(place.record().getFileName()));
            }
            removeFiles();
            return aside;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be put aside: " + FileProblem.of(e), e);
        }
    }

    private void removeFiles() throws IOException {
        for (Path part : List.of(place.tree(), place.agentGit(), place.quarantine(), place.check(), place.transfer())) {
            FileTrees.delete(part);
        }
        for (Path part : List.of(
                place.pointer(),
                place.noAlternates(),
                place.index(),
                place.unwritten(),
                place.published(),
                place.transferred())) {
            deleteWithRemains(part);
        }
        if (!asides().isEmpty()) {
            // The next clean finds the files set aside by the record.
            return;
        }
        // The holder of the lock file removes it. Without it, another process would start here.
        deleteWithRemains(place.record());
    }

    /** Deletes a file, and remains of a killed git or write beside it. */
    private static void deleteWithRemains(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".lock"));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".next"));
    }

    private Path freeAside() {
        int number = 1;
        while (Files.exists(place.aside(number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return place.aside(number);
    }

    /** Returns the directories set aside, whose files are nowhere else. */
    List<Path> asides() {
        List<Path> asides = new ArrayList<>();
        if (Files.isDirectory(place.directory())) {
            try (Stream<Path> files = Files.list(place.directory())) {
                files.filter(file -> file.getFileName().toString().matches("kept-\\d+"))
                        .sorted()
                        .forEach(asides::add);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "what is kept in " + place.directory() + " can't be listed: " + FileProblem.of(e), e);
            }
        }
        return asides;
    }

    /**
     * Removes the workspace, and its refs and branches if they are merged.
     *
     * @param givenUp true to discard unmerged changes as well
     * @return remaining branches, refs and files, including those set aside
     */
    List<String> clean(AgentWorkspace workspace, boolean givenUp) {
        List<String> kept = new ArrayList<>();
        if (givenUp) {
            giveUpAsides();
        }
        boolean reachable = hasRepository(workspace);
        boolean goes = givenUp
                || (reachable || workspace.repository().isPlain()) && workspace.isAttached() && isDoneWith(workspace);
        if (!goes) {
            kept.addAll(files(workspace));
        }
        if (reachable) {
            kept.addAll(cleanRefs(workspace, givenUp, goes));
        }
        asides().forEach(aside -> kept.add(aside.toString()));
        if (goes) {
            remove(workspace, false);
        }
        return kept;
    }

    /** Returns the files themselves if no branch has their content. */
    private List<String> files(AgentWorkspace workspace) {
        boolean onBranch = BranchPublisher.Published.of(place).isPresent();
        return onBranch && hasRepository(workspace)
                ? List.of()
                : List.of(place.tree().toString());
    }

    /** Checks whether the user has all changes collected last. */
    private static boolean isDoneWith(AgentWorkspace workspace) {
        if (!workspace.hasGit()) {
            return ChangeCollector.isTaken(workspace);
        }
        MergedWork merged = new MergedWork(workspace);
        return ChangeCollector.found(workspace).stream().allMatch(merged::isIn);
    }

    private static boolean isDone(SortedMap<String, String> run, AgentWorkspace workspace) {
        MergedWork merged = new MergedWork(workspace);
        return run.entrySet().stream().allMatch(ref -> ref.getKey().equals("base") || merged.isIn(ref.getValue()));
    }

    /**
     * Removes the merged runs of the agent, or all. A user's commits on an agent's branch stay, and so does a
     * checked-out branch.
     *
     * @param withThis true if this run is over, too
     */
    private static List<String> cleanRefs(AgentWorkspace workspace, boolean givenUp, boolean withThis) {
        RunRefs refs = new RunRefs(workspace);
        Map<String, SortedMap<String, String>> runs = refs.all();
        MergedWork merged = new MergedWork(workspace);
        List<String> kept =
                new ArrayList<>(new BranchPublisher(workspace).remove(runs, commit -> givenUp || merged.isIn(commit)));
        runs.forEach((run, left) -> {
            boolean over = withThis || !run.equals(workspace.run());
            if (over && (givenUp || isDone(left, workspace))) {
                refs.remove(run);
            } else {
                left.keySet().stream()
                        .filter(name -> name.startsWith("other/"))
                        .forEach(name -> kept.add(FileNames.utf8(refs.name(run, name))));
            }
        });
        return kept;
    }

    /** Removes the merged remains of an agent's earlier runs. */
    static void cleanMerged(AgentWorkspace workspace) {
        if (hasRepository(workspace)) {
            cleanRefs(workspace, false, false);
        }
    }

    private void giveUpAsides() {
        try {
            for (Path aside : asides()) {
                FileTrees.delete(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what is kept in " + place.directory() + " can't be removed: " + FileProblem.of(e), e);
        }
    }
}
