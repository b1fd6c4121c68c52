package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Determines what containers see of their agents' workspaces. Agents with equal sources share one query of git. */
final class WorkspaceResolver {

    private final FleetName fleet;
    private final Map<WorkspaceOrigin, Source> sources = new HashMap<>();

    WorkspaceResolver(FleetName fleet) {
        this.fleet = fleet;
    }

    /** Source of workspaces: a repository and a directory in it, or a plain directory. */
    private record Source(Optional<Repository> repository, String start, String workingDirectory) {}

    Workspace of(AgentSpec agent) {
        Workspace workspace = agent.workspace();
        WorkspaceLayout place = WorkspaceLayout.of(fleet, agent);
        return switch (workspace.strategy()) {
            case BIND -> direct(refuseRoot(workspace, place), place, false);
            case READONLY -> direct(workspace, place, true);
            case NONE -> workspace;
            case WORKTREE, CLONE, COPY -> own(workspace.origin(), place);
        };
    }

    private static Workspace refuseRoot(Workspace workspace, WorkspaceLayout place) {
        if (place.directory().startsWith(workspace.directory())) {
            throw new InvalidSpecException(
                    "workspace.root",
                    workspace.origin().root() + " is within " + workspace.directory()
                            + ", which agents can write: what is kept there about them has to be out of their reach",
                    "Choose a directory outside of it, or leave it out.");
        }
        return workspace;
    }

    private static Workspace direct(Workspace workspace, WorkspaceLayout place, boolean readOnly) {
        DirectMounts mounts = new DirectMounts(workspace.directory(), readOnly, place);
        return new Workspace(
                workspace.origin(),
                mounts.mounts(),
                mounts.workingDirectory(),
                workspace.start(),
                readOnly && !mounts.hasFiles() ? Optional.empty() : Optional.of(place.directory()));
    }

    private Workspace own(WorkspaceOrigin asked, WorkspaceLayout place) {
        Source source = sources.computeIfAbsent(asked, WorkspaceResolver::look);
        WorkspaceStrategy strategy = source.repository().isEmpty() ? WorkspaceStrategy.COPY : asked.strategy();
        return new Workspace(
                asked.by(strategy),
                strategy == WorkspaceStrategy.COPY
                        ? List.of(tree(place))
                        : withGit(strategy, place, source.repository().get()),
                source.workingDirectory(),
                Optional.of(source.start()),
                Optional.of(place.directory()));
    }

    private static Source look(WorkspaceOrigin asked) {
        Optional<Repository> repository = Repository.around(asked.directory());
        if (repository.isEmpty() || asked.strategy() == WorkspaceStrategy.COPY) {
            refusePush(asked);
        }
        if (repository.isEmpty()) {
            refuseStart(asked);
            return new Source(repository, "the files as they are", Workspace.MOUNT);
        }
        String commit = repository.get().commit(asked.start().orElse("HEAD"));
        return new Source(repository, start(asked, repository.get(), commit), workingDirectory(asked.directory()));
    }

    /** Returns the directory's path in the container. Git's prefix ends with a slash. */
    private static String workingDirectory(Path directory) {
        String prefix =
                Git.asPerson(directory).run("rev-parse", "--show-prefix").line();
        return prefix.isEmpty() ? Workspace.MOUNT : Workspace.MOUNT + "/" + prefix.substring(0, prefix.length() - 1);
    }

    private static List<MountSpec> withGit(WorkspaceStrategy strategy, WorkspaceLayout place, Repository repository) {
        List<MountSpec> mounts = new ArrayList<>(List.of(tree(place)));
        if (strategy == WorkspaceStrategy.CLONE) {
            mounts.add(new MountSpec(place.agentGit(), Workspace.MOUNT + "/.git", false));
        } else {
            mounts.add(new MountSpec(place.pointer(), Workspace.MOUNT + "/.git", true));
            mounts.add(new MountSpec(place.agentGit(), ContainerPaths.GIT, false));
        }
        mounts.addAll(objects(place, repository));
        return mounts;
    }

    /**
     * Mounts the repository's objects and those that they borrow. Their own alternates contain host paths, so the
     * agent's git directory lists all of them instead.
     */
    private static List<MountSpec> objects(WorkspaceLayout place, Repository repository) {
        List<Path> all = new ArrayList<>(List.of(repository.objects()));
        all.addAll(repository.borrowedObjects());
        List<MountSpec> mounts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String target = i == 0 ? ContainerPaths.OBJECTS : AgentGitDirectory.borrowed(i);
            mounts.add(new MountSpec(all.get(i), target, true));
            if (Files.isRegularFile(Repository.alternates(all.get(i)))) {
                mounts.add(new MountSpec(place.noAlternates(), target + "/info/alternates", true));
            }
        }
        return mounts;
    }

    private static MountSpec tree(WorkspaceLayout place) {
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
        if (repository.asPerson().ask("status", "--porcelain").isEmpty()) {
            return words + branch;
        }
        return words + branch + (origin.uncommitted() ? " with" : " without") + " what is not committed";
    }

    private static void refuseStart(WorkspaceOrigin asked) {
        asked.start().ifPresent(start -> {
            throw new InvalidSpecException(
                    "workspace.start",
                    "is " + start + ", and " + asked.directory() + " is in no git repository that could have it",
                    "Leave it out, or make a repository (git init, and a first commit).");
        });
    }

    private static void refusePush(WorkspaceOrigin origin) {
        if (origin.home().merge() == MergePolicy.PUSH) {
            throw new InvalidSpecException(
                    "workspace.merge",
                    "is push, and a copy of " + origin.directory() + " has no branch that could be pushed",
                    "Use patch or merge, or strategy worktree in a git repository.");
        }
    }
}
