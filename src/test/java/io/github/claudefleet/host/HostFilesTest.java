package io.github.claudefleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.claudefleet.spec.ContainerUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rwx------, owner,    true",
        "r-xrwxrwx, owner,    false",
        "rwxrwxr-x, group,    true",
        "rwxr-xrwx, group,    false",
        "rwxrwxrwx, stranger, true",
        "rwxrwxr-x, stranger, false",
        "rw-rwxrwx, owner, false",
        "rwxrw-rwx, group, false",
        "rwxrwxrw-, stranger, false"
    })
    void whoCanWriteADirectoryIsReadOffItsOwnerAndMode(String mode, String who, boolean canWrite) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));

        assertThat(HostFiles.canWrite(folder, user(who))).isEqualTo(canWrite);
    }

    @Test
    void aFileThatIsNotThereHasNoOwner() {
        assertThat(HostFiles.uid(folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void theOwnerOfALinkIsAskedAndNotThatOfItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertThat(HostFiles.uid(link)).contains(number(link, "unix:uid"));
    }

    @Test
    void aFilesOwnerReadsItUnlessItsModeSaysOtherwise() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(HostFiles.ownerReads(file)).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-rw-rw-"));
        assertThat(HostFiles.ownerReads(file)).isFalse();
    }

    @Test
    void onlyRootGivesAFileAway() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        ContainerUser other = new ContainerUser(1234, 5678);

        if (HostUser.isRoot()) {
            HostFiles.giveTo(file, other);
            assertThat(number(file, "unix:uid")).isEqualTo(1234);
            assertThat(number(file, "unix:gid")).isEqualTo(5678);
        } else {
            assertThatThrownBy(() -> HostFiles.giveTo(file, other)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatRootMakesInAnothersHomeIsTheirs() throws IOException {
        assumeTrue(HostUser.isRoot(), "only root can make what isn't its own");
        HostFiles.giveTo(folder, new ContainerUser(1234, 5678));

        HostFiles.createDirectories(folder.resolve(".claude-fleet/login"));

        assertThat(number(folder.resolve(".claude-fleet"), "unix:uid")).isEqualTo(1234);
        assertThat(number(folder.resolve(".claude-fleet/login"), "unix:gid")).isEqualTo(5678);
    }

    @Test
    void containersRunAsThePersonAndNeverAsRoot() throws IOException {
        int mine = number(Files.createFile(folder.resolve("mine")), "unix:uid");

        assertThat(HostUser.isRoot()).isEqualTo(mine == 0);
        assertThat(HostUser.containerUser().uid()).isEqualTo(mine == 0 ? 1000 : mine);
    }

    /** Returns a user by relation to the folder; for strangers, any unused number will do. */
    private ContainerUser user(String who) throws IOException {
        int uid = number(folder, "unix:uid");
        int gid = number(folder, "unix:gid");
        return switch (who) {
            case "owner" -> ownerOf(uid, gid);
            case "group" -> new ContainerUser(54321, gid);
            default -> new ContainerUser(54321, 54321);
        };
    }

    private ContainerUser ownerOf(int uid, int gid) throws IOException {
        if (uid != 0) {
            return new ContainerUser(uid, gid);
        }
        HostFiles.giveTo(folder, new ContainerUser(1234, 5678));
        return new ContainerUser(1234, 5678);
    }

    private static int number(Path file, String attribute) throws IOException {
        return (Integer) Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
