package io.github.claudefleet.doctor;

import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Valid home directory with a login, and a valid workspace. */
final class HostFixture {

    static final String LOGIN = "{\"claudeAiOauth\":{\"accessToken\":\"invented\"}}";
    /** Copy for agents, which differs from the login. */
    static final String FOR_AGENTS = "{\"claudeAiOauth\":{\"accessToken\":\"invented\",\"expiresAt\":1}}";

    static final ContainerUser USER = HostUser.containerUser();

    final Path home;
    final Path workspace;
    final Path login;
    final Path credentials;
    final Path forAgents;

    HostFixture(Path folder) {
        home = folder.resolve("home");
        workspace = directory(folder.resolve("shop"));
        login = directory(home.resolve("login"));
        credentials = file(login.resolve(".credentials.json"), LOGIN);
        forAgents = file(directory(login.resolve("for-agents")).resolve(".credentials.json"), FOR_AGENTS);
    }

    FleetBuilder fleet() {
        return Shop.fleet(USER).loginDirectory(login).agent(Shop.agent("tester", workspace));
    }

    /** Creates a directory of the containers' user that no other user can enter. */
    static Path directory(Path path) {
        try {
            return restrict(Files.createDirectories(path), "rwx------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path path, String content) {
        try {
            return restrict(Files.writeString(path, content), "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path restrict(Path path, String mode) {
        try {
            if (HostUser.isRoot()) {
                HostFiles.giveTo(path, USER);
            }
            return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
