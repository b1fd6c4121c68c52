package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentStart;
import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Configuration of {@code <workspace>}: the files on which an agent works; a plain path is the directory. */
public class WorkspaceConfiguration {

    private static final String START_FROM_AGENTS = "agents";
    private static final String ROOT = "~/.claude-fleet/workspaces";

    private String directory;
    private String strategy;
    private String start;
    private String onConflict;
    private Boolean uncommitted;
    private String author;
    private String merge;
    private Boolean commit;
    private String remote;
    private String root;

    /** Sets a plain path: {@code <workspace>src/sandbox</workspace>}. */
    public void set(String path) {
        directory = path;
    }

    void fillFrom(PropertySource properties) {
        directory = properties.or(directory, "workspace");
        strategy = properties.or(strategy, "workspace.strategy");
        start = properties.or(start, "workspace.start");
        onConflict = properties.or(onConflict, "workspace.onConflict");
        author = properties.or(author, "workspace.author");
        merge = properties.or(merge, "workspace.merge");
        remote = properties.or(remote, "workspace.remote");
        root = properties.or(root, "workspace.root");
        uncommitted = flag(uncommitted, properties, "workspace.uncommitted");
        commit = flag(commit, properties, "workspace.commit");
    }

    private static Boolean flag(Boolean given, PropertySource properties, String name) {
        return given != null
                ? given
                : properties.get(name).map(Boolean::valueOf).orElse(null);
    }

    /** Returns these values, with the fleet's for those that the agent does not configure. */
    WorkspaceConfiguration over(WorkspaceConfiguration fleets) {
        WorkspaceConfiguration both = new WorkspaceConfiguration();
        both.directory = directory == null ? fleets.directory : directory;
        both.strategy = strategy == null ? fleets.strategy : strategy;
        both.start = start == null ? fleets.start : start;
        both.onConflict = onConflict == null ? fleets.onConflict : onConflict;
        both.uncommitted = uncommitted == null ? fleets.uncommitted : uncommitted;
        both.author = author == null ? fleets.author : author;
        both.merge = merge == null ? fleets.merge : merge;
        both.commit = commit == null ? fleets.commit : commit;
        both.remote = remote == null ? fleets.remote : remote;
        both.root = root == null ? fleets.root : root;
        return both;
    }

    /** Returns the directory that contains the agents' own workspaces. */
    public Path root(PropertySource properties, Path baseDirectory, HomeDirectory home) {
        String text = properties.or(root, "workspace.root");
        return HostPaths.resolve(text == null ? ROOT : text, baseDirectory, home);
    }

    Workspace toSpec(ConfigurationContext configurationContext) {
        Path baseDirectory = configurationContext.baseDirectory();
        Path path = directory == null ? baseDirectory : PathText.resolve(baseDirectory, directory);
        if (!Files.isDirectory(path)) {
            throw new InvalidSpecException(
                    "workspace", path + " is not a directory", "Make it, or name another, relative to the project.");
        }
        WorkspaceStrategy chosen = strategy == null ? WorkspaceStrategy.WORKTREE : WorkspaceStrategy.of(strategy);
        return Workspace.of(new WorkspaceOrigin(
                path.toAbsolutePath().normalize(),
                chosen,
                Optional.ofNullable(start).filter(text -> !startsFromAgents()),
                toAgentStart(chosen),
                uncommitted == null ? chosen == WorkspaceStrategy.COPY && start == null : uncommitted,
                home(),
                HostPaths.resolve(root == null ? ROOT : root, baseDirectory, configurationContext.home())));
    }

    private boolean startsFromAgents() {
        return START_FROM_AGENTS.equals(start);
    }

    private Optional<AgentStart> toAgentStart(WorkspaceStrategy chosen) {
        if (!startsFromAgents()) {
            return Optional.empty();
        }
        if (chosen != WorkspaceStrategy.WORKTREE && chosen != WorkspaceStrategy.CLONE) {
            throw new InvalidSpecException(
                    "workspace.start",
                    "is agents, but strategy " + chosen.value() + " has no branches to merge",
                    "Use strategy worktree or clone.");
        }
        return Optional.of(onConflict == null ? AgentStart.FAIL_ON_CONFLICT : AgentStart.of(onConflict));
    }

    private IntegrationSpec home() {
        return new IntegrationSpec(
                merge == null ? IntegrationSpec.DEFAULT.merge() : MergePolicy.of(merge),
                commit == null ? IntegrationSpec.DEFAULT.commitsTheRest() : commit,
                remote == null ? IntegrationSpec.DEFAULT.remote() : remote,
                Optional.ofNullable(author).map(CommitAuthor::parse));
    }
}
