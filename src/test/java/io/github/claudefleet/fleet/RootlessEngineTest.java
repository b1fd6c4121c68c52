package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines that map a container's user to another user on the host. */
@Timeout(60)
class RootlessEngineTest {

    @TempDir
    private Path folder;

    private FleetFixture harbour;

    @BeforeEach
    void open() {
        harbour = new FleetFixture(folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROOTLESS", "REMAPPED"})
    void authAndStartRefuseALoginDirectoryBeforeAnythingIsMade(UserMapping users) {
        harbour.engine.users(users);

        assertThatThrownBy(
                        () -> harbour.fleet().auth(harbour.withLogin("tester").toSpec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("engine at fake:/// is " + users.words() + ": to it, the containers' user ")
                .hasMessageEndingWith(" is another user than you, to whom the login directory "
                        + harbour.home.resolve("login") + " is closed");
        assertThatThrownBy(
                        () -> harbour.fleet().start(harbour.withLogin("tester").toSpec()))
                .isInstanceOf(InvalidSpecException.class);
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aTokenAndAWorkspaceThatEverybodyCanWriteAreFine() throws InterruptedException {
        harbour.engine.users(UserMapping.ROOTLESS);

        assertThat(harbour.fleet().start(harbour.withToken("tester").toSpec())).hasSize(1);
    }

    @Test
    void aWorkspaceThatIsClosedToOthersIsRefusedWithItsAgent() throws IOException {
        harbour.engine.users(UserMapping.ROOTLESS);
        Files.setPosixFilePermissions(harbour.workspace, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThatThrownBy(
                        () -> harbour.fleet().start(harbour.withToken("tester").toSpec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageEndingWith("to whom the workspace of agent tester is closed");
    }

    @Test
    void aRootlessEngineThatKeepsThePersonsUserIsAsGoodAsAny() throws InterruptedException {
        harbour.engine.users(UserMapping.KEPT);

        assertThat(harbour.fleet().start(harbour.withLogin("tester").toSpec())).hasSize(1);
    }
}
