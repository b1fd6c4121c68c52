package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Covers a login directory within a workspace by the login for agents, so that an agent sees no refresh token there. An
 * agent that can write a directory above the login can still move that directory.
 */
final class LoginMask {

    private LoginMask() {}

    /**
     * Returns the workspace with the login covered where a mount contains it.
     *
     * @throws InvalidSpecException if the login directory itself is mounted
     */
    static Workspace over(Workspace workspace, LoginSpec login) {
        if (login.mode() != LoginMode.LOGIN || login.sharesAll()) {
            return workspace;
        }
        Path directory = real(login.directory());
        // A working tree and the agent's directory in it both contain the login, at one path.
        Set<MountSpec> mounts = new LinkedHashSet<>(workspace.mounts());
        for (MountSpec mount : workspace.mounts()) {
            within(directory, mount)
                    .ifPresent(path -> mounts.add(new MountSpec(
                            login.directoryForAgents(), mount.target() + "/" + refuseWhole(path, directory), true)));
        }
        return new Workspace(
                workspace.origin(),
                List.copyOf(mounts),
                workspace.workingDirectory(),
                workspace.start(),
                workspace.place());
    }

    private static Optional<Path> within(Path login, MountSpec mount) {
        Path source = real(mount.source());
        return login.startsWith(source) ? Optional.of(source.relativize(login)) : Optional.empty();
    }

    private static String refuseWhole(Path path, Path login) {
        if (path.toString().isEmpty()) {
            throw new InvalidSpecException(
                    "workspace",
                    login + " is the login directory, which agents would then read with the refresh token in it",
                    "Name another directory, or another auth.directory.");
        }
        return PathText.withSlashes(path);
    }

    /** Resolves links in the part of the path that exists: the login directory may not exist yet. */
    private static Path real(Path path) {
        for (Path part = path.toAbsolutePath().normalize(); part != null; part = part.getParent()) {
            try {
                return part.toRealPath()
                        .resolve(part.relativize(path.toAbsolutePath().normalize()));
            } catch (IOException e) {
                // The parent may exist.
            }
        }
        return path.toAbsolutePath().normalize();
    }
}
