package io.github.claudefleet.config;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code <workspace>}: where an agent works; a plain path is taken as the directory. */
public class WorkspaceConfiguration {

    private String directory;
    private String strategy;

    /** Takes a plain path: {@code <workspace>src/sandbox</workspace>}. */
    public void set(String path) {
        directory = path;
    }

    void fillFrom(PropertySource properties) {
        directory = properties.or(directory, "workspace");
    }

    Workspace toSpec(Path baseDirectory) {
        if (strategy != null && !strategy.equals("bind")) {
            throw new InvalidSpecException("workspace.strategy", "\"" + strategy + "\" is unknown", "Use: bind.");
        }
        Path path = directory == null ? baseDirectory : baseDirectory.resolve(directory);
        if (!Files.isDirectory(path)) {
            throw new InvalidSpecException(
                    "workspace", path + " is not a directory", "Make it, or name another, relative to the project.");
        }
        return new Workspace(path.toAbsolutePath().normalize());
    }
}
