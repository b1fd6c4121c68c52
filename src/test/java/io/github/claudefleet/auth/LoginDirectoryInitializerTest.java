package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sharing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginDirectoryInitializerTest {

    private static final ContainerUser SOMEBODY_ELSE = new ContainerUser(4242, 4242);

    @TempDir
    Path temporary;

    private Path home;
    private Path directory;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(temporary.resolve("home"));
        directory = home.resolve(".claude-fleet/login");
    }

    @Test
    void makesADirectoryThatNobodyElseCanEnter() throws IOException {
        prepare(directory);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(HostFiles.uid(directory)).contains(LoginFile.USER.uid());
    }

    @Test
    void makesADirectoryForAgentsInItUnlessTheyShareAllOfIt() throws IOException {
        LoginDirectoryInitializer.prepare(
                LoginSpec.in(directory).withSharing(Sharing.ALL), LoginFile.USER, HomeDirectory.at(home));
        assertThat(directory).isEmptyDirectory();

        prepare(directory);
        Path forAgents = directory.resolve("for-agents");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(forAgents)))
                .isEqualTo("rwx------");
        assertThat(HostFiles.uid(forAgents)).contains(LoginFile.USER.uid());
    }

    @Test
    void leavesADirectoryAsItIs() throws IOException {
        prepare(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        Path file = LoginFile.write(directory, LoginFile.GOOD);
        prepare(directory);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwxr-x---");
        assertThat(file).hasContent(LoginFile.GOOD);
    }

    @Test
    void refusesADirectoryThatTheContainersCannotWrite() throws IOException {
        Files.createDirectories(directory);
        if (HostUser.isRoot()) {
            HostFiles.giveTo(directory, SOMEBODY_ELSE);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assertThatThrownBy(() -> prepare(directory))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("auth.directory " + directory)
                .hasMessageContaining("containers' user " + LoginFile.USER);
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThatThrownBy(() -> prepare(file))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("auth.directory " + file + " can't be made")
                .hasMessageEndingWith("; your home directory is " + home);
        assertThatThrownBy(() -> prepare(file.resolve("login")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("can't be made");
    }

    @Test
    void refusesADirectoryThatHoldsTheHomeDirectoryAndChangesNothing() {
        for (Path tooWide : new Path[] {home, temporary, home.getRoot()}) {
            assertThatThrownBy(() -> prepare(tooWide))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("holds the home directory " + home);
        }
        assertThat(HostFiles.uid(home)).isEqualTo(HostFiles.uid(temporary));
    }

    @Test
    void knowsThePersonsOwnDirectory() throws IOException {
        Path personal = Files.createDirectory(home.resolve(".claude"));
        assertThat(LoginDirectoryInitializer.isPersonal(personal, HomeDirectory.at(home)))
                .isTrue();
        assertThat(LoginDirectoryInitializer.isPersonal(home.resolve(".claude/../.claude"), HomeDirectory.at(home)))
                .isTrue();
        assertThat(LoginDirectoryInitializer.isPersonal(directory, HomeDirectory.at(home)))
                .isFalse();
    }

    private void prepare(Path wanted) {
        LoginDirectoryInitializer.prepare(LoginSpec.in(wanted), LoginFile.USER, HomeDirectory.at(home));
    }
}
