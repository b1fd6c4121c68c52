package io.github.claudefleet.config;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code <workspace>}: where an agent works; a plain path is taken as the directory. */
public class WorkspaceConfiguration {

    private static final String ROOT = "~/.claude-fleet/workspaces";

    private String directory;
    private String strategy;
    private String start;
    private Boolean uncommitted;
    private String author;
    private String root;

    /** Takes a plain path: {@code <workspace>src/sandbox</workspace>}. */
    public void set(String path) {
        directory = path;
    }

    void fillFrom(PropertySource properties) {
        directory = properties.or(directory, "workspace");
        strategy = properties.or(strategy, "workspace.strategy");
        start = properties.or(start, "workspace.start");
        author = properties.or(author, "workspace.author");
        root = properties.or(root, "workspace.root");
        uncommitted = uncommitted != null
                ? uncommitted
                : properties.get("workspace.uncommitted").map(Boolean::valueOf).orElse(null);
    }

    /** What an agent's own says nothing of is as the fleet's says. */
    WorkspaceConfiguration over(WorkspaceConfiguration fleets) {
        WorkspaceConfiguration both = new WorkspaceConfiguration();
        both.directory = directory == null ? fleets.directory : directory;
        both.strategy = strategy == null ? fleets.strategy : strategy;
        both.start = start == null ? fleets.start : start;
        both.uncommitted = uncommitted == null ? fleets.uncommitted : uncommitted;
        both.author = author == null ? fleets.author : author;
        both.root = root == null ? fleets.root : root;
        return both;
    }

    /** Where worktrees are kept. */
    public Path root(PropertySource properties, Path baseDirectory, Path home) {
        String text = properties.or(root, "workspace.root");
        return HostPaths.resolve(text == null ? ROOT : text, baseDirectory, home);
    }

    Workspace toSpec(Surroundings surroundings) {
        Path baseDirectory = surroundings.baseDirectory();
        Path path = directory == null ? baseDirectory : baseDirectory.resolve(directory);
        if (!Files.isDirectory(path)) {
            throw new InvalidSpecException(
                    "workspace", path + " is not a directory", "Make it, or name another, relative to the project.");
        }
        return Workspace.of(new WorkspaceOrigin(
                path.toAbsolutePath().normalize(),
                strategy == null ? WorkspaceStrategy.BIND : WorkspaceStrategy.of(strategy),
                Optional.ofNullable(start),
                Boolean.TRUE.equals(uncommitted),
                Optional.ofNullable(author).map(CommitAuthor::parse),
                HostPaths.resolve(root == null ? ROOT : root, baseDirectory, surroundings.home())));
    }
}
