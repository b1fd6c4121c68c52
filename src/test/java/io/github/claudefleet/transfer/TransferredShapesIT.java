package io.github.claudefleet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.shapes.RepositoryShape;
import io.github.claudefleet.workspace.shapes.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers of workspaces of realistic repositories, by real git and the real script. */
class TransferredShapesIT {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void theFilesAreThoseOfAWorkspaceOnThisMachineAndChangesComeHome(RepositoryShape shape) {
        shape.make(temp.resolve("person"), 0);
        Path project = shape.project(temp.resolve("person"));

        LocalVolumes volumes = new LocalVolumes(temp, LocalVolumes.IMAGE);
        Path files = volumes.volume(RemoteAgent.VOLUME);
        RemoteAgent agent = RemoteAgent.create(
                        temp, project, WorkspaceStrategy.WORKTREE, false, volumes.engine(), LocalVolumes.IMAGE)
                .send();

        String same =
                "diff -r --no-dereference --exclude=.git '" + agent.place().tree() + "' .";
        assertThat(Shell.run(files, same)).isEmpty();
        assertThat(Shell.run(files, "git status --porcelain")).isEmpty();
        assertThat(Shell.run(files, "git fsck --strict --no-dangling")).isEmpty();
        Shell.run(
                files,
                "echo agent >>README.md; git add README.md; git commit -qm 'Agent commit'; "
                        + "printf 'raw\\r\\n\\000' >new.bin; echo left >left.txt");

        IntegrationResult result = agent.integrate();

        assertThat(Shell.run(files, same)).isEmpty();
        assertThat(result.changes().warnings()).isEmpty();
        assertThat(result.changes().commits()).isEqualTo(2);
        assertThat(Shell.run(project, "git diff --name-only " + result.changes().base() + " claude-fleet/shop/fixer"))
                .isEqualTo("README.md\nleft.txt\nnew.bin");
        assertThat(Shell.run(project, "git show claude-fleet/shop/fixer:new.bin | od -An -c")
                        .split(" +"))
                .endsWith("r", "a", "w", "\\r", "\\n", "\\0");
    }
}
