package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MergeChoice;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a container is to see of its agent's workspace. */
final class Settling {

    private Settling() {}

    static Workspace of(FleetName fleet, AgentSpec agent) {
        Workspace workspace = agent.workspace();
        return switch (workspace.strategy()) {
            case BIND -> bind(workspace, Workspaces.place(fleet, agent));
            case READONLY -> workspace;
            case WORKTREE, CLONE, COPY -> own(workspace.origin(), Workspaces.place(fleet, agent));
        };
    }

    private static Workspace bind(Workspace workspace, Place place) {
        if (place.directory().startsWith(workspace.directory())) {
            throw new InvalidSpecException(
                    "workspace.root",
                    workspace.origin().root() + " is within " + workspace.directory()
                            + ", which agents can write: what is kept there about them has to be out of their reach",
                    "Choose a directory outside of it, or leave it out.");
        }
        return new Workspace(
                workspace.origin(),
                GuardedGit.mounts(workspace.directory()),
                workspace.workingDirectory(),
                workspace.start(),
                Optional.of(place.directory()));
    }

    private static Workspace own(WorkspaceOrigin asked, Place place) {
        Optional<Repository> repository = Repository.around(asked.directory());
        if (repository.isEmpty()) {
            return plain(asked, place);
        }
        String commit = repository.get().commit(asked.start().orElse("HEAD"));
        boolean git = asked.strategy() != WorkspaceStrategy.COPY;
        if (!git) {
            refusePush(asked);
        }
        return new Workspace(
                asked,
                git ? withGit(asked.strategy(), place, repository.get()) : List.of(tree(place)),
                workingDirectory(asked.directory()),
                Optional.of(start(asked, repository.get(), commit)),
                Optional.of(place.directory()));
    }

    /** What git says of it is taken as it is: names of directories may begin or end with anything. */
    private static String workingDirectory(Path directory) {
        String prefix = Git.asPerson(directory).ask("rev-parse", "--show-prefix");
        return prefix.isEmpty() ? Workspace.MOUNT : Workspace.MOUNT + "/" + prefix.substring(0, prefix.length() - 1);
    }

    private static List<MountSpec> withGit(WorkspaceStrategy strategy, Place place, Repository repository) {
        List<MountSpec> mounts = new ArrayList<>(List.of(tree(place)));
        if (strategy == WorkspaceStrategy.CLONE) {
            mounts.add(new MountSpec(place.agentGit(), Workspace.MOUNT + "/.git", false));
        } else {
            mounts.add(new MountSpec(place.pointer(), Workspace.MOUNT + "/.git", true));
            mounts.add(new MountSpec(place.agentGit(), ContainerPaths.GIT, false));
        }
        mounts.add(new MountSpec(repository.objects(), ContainerPaths.OBJECTS, true));
        return mounts;
    }

    private static MountSpec tree(Place place) {
        return new MountSpec(place.tree(), Workspace.MOUNT, false);
    }

    private static String start(WorkspaceOrigin origin, Repository repository, String commit) {
        String words = commit.substring(0, 12);
        if (origin.start().isPresent()) {
            return words + " (" + origin.start().get() + ")";
        }
        String branch = repository
                .asPerson()
                .find("symbolic-ref", "--short", "--quiet", "HEAD")
                .map(name -> " (" + name + ")")
                .orElse("");
        int changed = repository.asPerson().ask("status", "--porcelain").isEmpty() ? 0 : 1;
        if (changed == 0) {
            return words + branch;
        }
        return words + branch + (origin.uncommitted() ? " with" : " without") + " what is not committed";
    }

    private static Workspace plain(WorkspaceOrigin asked, Place place) {
        asked.start().ifPresent(start -> {
            throw new InvalidSpecException(
                    "workspace.start",
                    "is " + start + ", and " + asked.directory() + " is in no git repository that could have it",
                    "Leave it out, or make a repository (git init, and a first commit).");
        });
        refusePush(asked);
        return new Workspace(
                asked.by(WorkspaceStrategy.COPY),
                List.of(tree(place)),
                Workspace.MOUNT,
                Optional.of("the files as they are"),
                Optional.of(place.directory()));
    }

    private static void refusePush(WorkspaceOrigin origin) {
        if (origin.home().merge() == MergeChoice.PUSH) {
            throw new InvalidSpecException(
                    "workspace.merge",
                    "is push, and a copy of " + origin.directory() + " has no branch that could be pushed",
                    "Use patch or merge, or strategy worktree in a git repository.");
        }
    }
}
