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

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROOTLESS", "REMAPPED"})
    void authAndStartRefuseALoginDirectoryBeforeAnythingIsMade(UserMapping users) {
        fixture.engine.users(users);

        assertThatThrownBy(
                        () -> fixture.fleet().auth(fixture.withLogin("tester").toSpec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("engine at fake:/// is " + users.words() + ": to it, the containers' user ")
                .hasMessageEndingWith(" is another user than you, to whom the login directory "
                        + fixture.home.resolve("login") + " is closed");
        assertThatThrownBy(
                        () -> fixture.fleet().start(fixture.withLogin("tester").toSpec()))
                .isInstanceOf(InvalidSpecException.class);
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aTokenAndAWorkspaceThatEverybodyCanWriteAreFine() throws InterruptedException {
        fixture.engine.users(UserMapping.ROOTLESS);

        assertThat(fixture.fleet().start(fixture.withToken("tester").toSpec())).hasSize(1);
    }

    @Test
    void aWorkspaceThatIsClosedToOthersIsRefusedWithItsAgent() throws IOException {
        fixture.engine.users(UserMapping.ROOTLESS);
        Files.setPosixFilePermissions(fixture.workspace, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThatThrownBy(
                        () -> fixture.fleet().start(fixture.withToken("tester").toSpec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageEndingWith("to whom the workspace of agent tester is closed");
    }

    @Test
    void aRootlessEngineThatKeepsThePersonsUserIsAsGoodAsAny() throws InterruptedException {
        fixture.engine.users(UserMapping.KEPT);

        assertThat(fixture.fleet().start(fixture.withLogin("tester").toSpec())).hasSize(1);
    }
}
