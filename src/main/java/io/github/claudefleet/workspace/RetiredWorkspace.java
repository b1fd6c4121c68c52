package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Workspace that was replaced by a new one of its agent.
 *
 * @param changes changes in it, which are on a branch or set aside
 * @param where location of the changes
 */
public record RetiredWorkspace(AgentName agent, Changes changes, String where) {

    /**
     * Retires the workspace at a place, if there is one.
     *
     * @param around repository that the workspace's source is in now
     * @throws GitException if git fails, or the workspace has no readable record and was set aside
     */
    static Optional<RetiredWorkspace> retire(WorkspaceLayout place, Optional<Repository> around) {
        Optional<AgentWorkspace> last = WorkspaceRecord.workspaceIn(place);
        if (last.isEmpty()) {
            setUnknownAside(place);
            return Optional.empty();
        }
        AgentWorkspace found = last.get();
        AgentWorkspace known = around.isPresent() && !found.isAttached() ? found.of(around.get()) : found;
        return Optional.of(known.isAttached() ? retire(known) : setAside(found));
    }

    /** Sets files without a readable record aside, since somebody may need them. */
    private static void setUnknownAside(WorkspaceLayout place) {
        if (!Files.exists(place.tree()) && !Files.exists(place.agentGit())) {
            return;
        }
        Path aside = new WorkspaceRemover(place).setAside();
        throw new GitException(
                "the workspace " + place.directory() + " has no record that can be read; it was put aside, to " + aside
                        + ". Start again",
                null);
    }

    private static RetiredWorkspace setAside(AgentWorkspace last) {
        Path aside = new WorkspaceRemover(last.place()).setAside();
        String reason =
                "it was of another repository than that in " + last.repository().root()
                        + " by now, or of one that is gone, so that nothing of it could be brought home";
        return new RetiredWorkspace(last.place().agent(), Changes.unknown(last, reason), aside.toString());
    }

    private static RetiredWorkspace retire(AgentWorkspace last) {
        WorkspaceRemover remover = new WorkspaceRemover(last.place());
        Changes changes =
                WorkspaceRecord.isStarting(last.place()) ? Changes.nothing(last, List.of()) : ChangeCollector.of(last);
        if (changes.isForNothing()) {
            remover.clean(last, false);
            return new RetiredWorkspace(last.place().agent(), changes, "");
        }
        boolean onlyHere = !changes.leftOut().isEmpty() || !last.hasGit() && !ChangeCollector.isTaken(last);
        Optional<Path> aside = remover.remove(last, onlyHere);
        String where = last.hasGit()
                ? "branch " + changes.branch()
                : aside.map(Path::toString).orElse("taken before");
        return new RetiredWorkspace(last.place().agent(), changes, where);
    }
}
