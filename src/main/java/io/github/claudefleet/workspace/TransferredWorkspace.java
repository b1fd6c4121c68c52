package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Workspace whose agent has its files in a volume of an engine that can't mount this machine's directories. The files on
 * this machine are a copy: all goals read that copy, after its last transfer.
 */
public final class TransferredWorkspace {

    private static final String BRANCH = "refs/transfer/branch";

    private final AgentWorkspace workspace;
    private final WorkspaceLayout place;

    private TransferredWorkspace(AgentWorkspace workspace) {
        this.workspace = workspace;
        this.place = workspace.place();
    }

    /** Returns the workspace at a place, if there is one. */
    public static Optional<TransferredWorkspace> at(WorkspaceLayout place) {
        return WorkspaceRecord.workspaceIn(place).map(TransferredWorkspace::new);
    }

    /** Checks whether a workspace has a volume. */
    public static boolean isTransferred(WorkspaceLayout place) {
        return TransferRecord.in(place).isPresent();
    }

    /** Checks whether the newest files of a workspace are in its volume. */
    public static boolean isAway(WorkspaceLayout place) {
        return TransferRecord.in(place)
                .filter(record -> record.state() == TransferRecord.State.AWAY)
                .isPresent();
    }

    /** Runs a transfer while no other goal works on the workspace. */
    public static <T> T exclusively(WorkspaceLayout place, Supplier<T> work) {
        return WorkspaceLock.holding(place, work);
    }

    /** Writes the bundle with which the volume is filled. */
    public OutgoingBundle pack() {
        record(TransferRecord.State.HERE, List.of());
        return OutgoingBundle.of(workspace);
    }

    /** Records that the volume has what was packed. */
    public void sent() {
        record(TransferRecord.State.AWAY, List.of());
    }

    /**
     * Part of a workspace's files that a transfer has to know.
     *
     * @param format hash algorithm of its object ids
     * @param base start commit; empty for files without git
     * @param sent tree of the files that were sent
     * @param shallow list of the commits without parents; it may not exist
     * @param exclude patterns of files that are not fetched; it may not exist
     * @param bundle path for the fetched bundle
     */
    public record Request(String format, Optional<String> base, String sent, Path shallow, Path exclude, Path bundle) {}

    /** Returns the request to fetch the files of the volume. */
    public Request request() {
        try {
            TransferRepository repository = TransferRepository.of(workspace);
            return new Request(
                    workspace.repository().objectFormat(),
                    Optional.of(workspace.base()).filter(base -> workspace.hasGit()),
                    repository.git().ask("rev-parse", TransferRepository.FILES),
                    repository.shallow(),
                    place.quarantine().resolve("info/exclude"),
                    repository.directory().resolve("in.bundle"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be read: " + FileProblem.of(e), e);
        }
    }

    /**
     * Replaces the files on this machine by those of the volume.
     *
     * @param warnings reasons why parts of the volume are not in the bundle
     * @throws GitException if git refuses the bundle; nothing was changed then
     */
    public void take(IncomingBundle bundle, List<String> warnings) {
        bundle.apply(workspace);
        record(TransferRecord.State.AWAY, warnings);
    }

    /** Records that the volume is about to be removed, so that the files on this machine are the only ones. */
    public void keepHere() {
        TransferRecord.in(place).ifPresent(last -> record(TransferRecord.State.HERE, last.warnings()));
    }

    /** Returns the commit that the agent starts from. */
    public String base() {
        return workspace.base();
    }

    /**
     * Commits of another agent, for this one's git directory.
     *
     * @param file file of the bundle
     */
    public record BranchBundle(Path file, String branch, String commit) {}

    /** Writes a bundle with a branch of the user's repository; empty if there is no branch of that name. */
    public Optional<BranchBundle> pack(String branch) {
        Optional<String> commit = workspace
                .repository()
                .alone()
                .find("rev-parse", "--verify", "--quiet", "refs/heads/" + branch + "^{commit}");
        if (commit.isEmpty() || !workspace.hasGit()) {
            return Optional.empty();
        }
        try {
            TransferRepository repository = TransferRepository.of(workspace);
            Path file = repository.directory().resolve("branch.bundle");
            repository.git().run("update-ref", BRANCH, commit.get());
            repository.git().run("bundle", "create", "--quiet", file.toString(), BRANCH, "^" + workspace.base());
            return Optional.of(new BranchBundle(file, branch, commit.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "branch " + branch + " can't be bundled for agent " + place.agent() + ": " + FileProblem.of(e), e);
        }
    }

    /** Removes the bundle that was sent. */
    public void discard(OutgoingBundle bundle) {
        try {
            Files.deleteIfExists(bundle.file());
        } catch (IOException e) {
            throw new UncheckedIOException(bundle.file() + " can't be removed: " + FileProblem.of(e), e);
        }
    }

    private void record(TransferRecord.State state, List<String> warnings) {
        new TransferRecord(state, warnings).store(place);
    }
}
