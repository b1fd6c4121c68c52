package io.github.claudefleet.auth;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ContainerUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Credentials file with a test's content, owned by the user of the containers. */
final class LoginFile {

    static final ContainerUser USER = HostUser.containerUser();

    static final String GOOD = "{\"claudeAiOauth\":{\"accessToken\":\"invented\",\"refreshToken\":\"invented\","
            + "\"expiresAt\":4102444800000,\"scopes\":[\"user:inference\"]}}";

    private LoginFile() {}

    /** Writes the file and makes the containers' user its owner. */
    static Path write(Path directory, String content) {
        try {
            Path file = Files.writeString(directory.resolve(ClaudeFiles.CREDENTIALS), content);
            if (HostUser.isRoot()) {
                HostFiles.giveTo(file, USER);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
