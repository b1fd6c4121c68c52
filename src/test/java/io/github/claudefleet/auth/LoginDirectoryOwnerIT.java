package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.LoginSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requires root, the only user that can change the owner of files. */
class LoginDirectoryOwnerIT {

    private static final ContainerUser SOMEBODY_ELSE = new ContainerUser(4242, 4242);

    @TempDir
    private Path home;

    @Test
    void givesWhatRootOwnsToTheContainersUserAndNothingElse() throws IOException {
        assertThat(HostUser.isRoot()).as("run as root").isTrue();
        Path directory = home.resolve(".claude-fleet/login");
        Files.createDirectories(directory.resolve("projects"));
        Path ofRoot = Files.writeString(directory.resolve("projects/session.jsonl"), "{}");
        Path ofAnother = Files.writeString(directory.resolve("note"), "mine");
        HostFiles.giveTo(ofAnother, SOMEBODY_ELSE);
        Path outside = Files.writeString(home.resolve("outside"), "root's");
        Path link = Files.createSymbolicLink(directory.resolve("link"), outside);

        LoginDirectoryInitializer.prepare(LoginSpec.in(directory), LoginFile.USER, HomeDirectory.at(home));

        assertThat(HostFiles.uid(ofRoot)).contains(LoginFile.USER.uid());
        assertThat(HostFiles.uid(ofAnother)).contains(SOMEBODY_ELSE.uid());
        assertThat(HostFiles.uid(outside)).contains(0);
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
