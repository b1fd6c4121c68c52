package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces on a host with Windows, whose paths have drives and backslashes. The file system is simulated. */
class WindowsPathsTest {

    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
    private final Path user = windows.getPath("C:\\Users\\pat");
    private final WorkspaceLayout place = new WorkspaceLayout(user.resolve("workspaces\\shop\\fixer"));

    @AfterEach
    void close() throws IOException {
        windows.close();
    }

    @Test
    void aDirectoryOfACheckoutHasTheContainersPath() throws IOException {
        Path project = repository(user.resolve("shop"));
        Path module = Files.createDirectories(project.resolve("apps\\web"));

        DirectMounts mounts = new DirectMounts(module, false, place);

        assertThat(mounts.workingDirectory()).isEqualTo("/workspace/apps/web");
        assertThat(mounts.mounts())
                .extracting(MountSpec::target)
                .startsWith("/workspace", "/workspace/apps/web", "/workspace/.git")
                .noneMatch(target -> target.contains("\\"));
        assertThat(mounts.mounts().get(1).source()).isEqualTo(module);
    }

    @Test
    void gitsFilesOfALinkedWorktreeHaveTheContainersPaths() throws IOException {
        Path git = repository(user.resolve("shop")).resolve(".git");
        Path linked = Files.createDirectories(user.resolve("linked"));
        Path own = Files.createDirectories(git.resolve("worktrees\\linked"));
        write(linked.resolve(".git"), "gitdir: C:/Users/pat/shop/.git/worktrees/linked\n");
        write(own.resolve("HEAD"), "ref: refs/heads/linked\n");
        write(own.resolve("commondir"), "../..\n");
        write(own.resolve("gitdir"), "C:/Users/pat/linked/.git\n");

        DirectMounts mounts = new DirectMounts(linked, false, place);
        mounts.prepare();

        assertThat(mounts.mounts())
                .extracting(MountSpec::target)
                .contains("/claude-fleet/git", "/claude-fleet/git/worktrees/linked", "/workspace/.git")
                .noneMatch(target -> target.contains("\\"));
        assertThat(place.directory().resolve("mounted\\pointer"))
                .content()
                .isEqualTo("gitdir: /claude-fleet/git/worktrees/linked\n");
        assertThat(place.directory().resolve("mounted\\commondir")).content().isEqualTo("../..\n");
    }

    @Test
    void borrowedObjectsAreWhereGitLooksForThemInAContainer() throws IOException {
        Path shop = repository(user.resolve("shop")).resolve(".git\\objects");
        Path other = repository(user.resolve("other")).resolve(".git\\objects");
        write(Files.createDirectories(shop.resolve("info")).resolve("alternates"), "../../../other/.git/objects\n");

        assertThat(Alternates.mounts(shop, "/workspace/.git/objects"))
                .containsExactly(new MountSpec(other, "/other/.git/objects", true));
    }

    @Test
    void filesThatToolsRunAreFoundInDirectories() throws IOException {
        Path project = repository(user.resolve("shop"));
        write(Files.createDirectories(project.resolve("apps\\.vscode")).resolve("tasks.json"), "{}");
        write(Files.createDirectories(project.resolve(".git\\hooks")).resolve("pre-commit"), "#!/bin/sh\n");

        assertThat(FileBaseline.look(project)).containsKeys("apps/.vscode/tasks.json", ".git/hooks/pre-commit");
    }

    @Test
    void aLoginWithinAWorkspaceIsCoveredAtTheContainersPath() throws IOException {
        Path project = Files.createDirectories(user.resolve("shop"));
        Path login = Files.createDirectories(project.resolve("build\\login"));
        Workspace workspace = new Workspace(
                new WorkspaceOrigin(
                        project,
                        WorkspaceStrategy.BIND,
                        Optional.empty(),
                        false,
                        IntegrationSpec.DEFAULT,
                        place.directory()),
                List.of(new MountSpec(project, "/workspace", false)),
                "/workspace",
                Optional.empty(),
                Optional.empty());

        assertThat(LoginMask.over(workspace, LoginSpec.in(login)).mounts())
                .extracting(MountSpec::target)
                .containsExactly("/workspace", "/workspace/build/login");
    }

    @ParameterizedTest
    @CsvSource({
        "C:/Users/pat/shop/.git, C:\\Users\\pat\\shop\\.git",
        "../.git, C:\\Users\\pat\\.git",
        "D:/repositories/x, D:\\repositories\\x"
    })
    void pathsOfGitForWindowsAreUnderstood(String printed, String path) {
        assertThat(FileNames.of(user.resolve("shop"), printed).normalize()).isEqualTo(windows.getPath(path));
    }

    @Test
    void gitsOwnFilesHaveSlashes() {
        assertThat(QuarantineRepository.withSlashes(user.resolve("shop\\.git\\objects")))
                .isEqualTo("C:/Users/pat/shop/.git/objects");
        assertThat(QuarantineRepository.withSlashes(Path.of("/home/a\\b"))).isEqualTo("/home/a\\b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "C:\\Windows", "\\\\server\\share", "..\\..\\x", "../../x", "b/../../../x"})
    void aLinkThatLeadsOutOnAnySystemIsNamed(String target) {
        assertThat(AutoExecutedFiles.leadsOut("a/link", target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "../x", "what?", "b/../../x", "./y"})
    void aLinkWithinTheRepositoryIsNot(String target) {
        assertThat(AutoExecutedFiles.leadsOut("a/link", target)).isFalse();
    }

    private Path repository(Path root) throws IOException {
        Path git = Files.createDirectories(root.resolve(".git"));
        Files.createDirectories(git.resolve("objects"));
        Files.createDirectories(git.resolve("refs"));
        write(git.resolve("HEAD"), "ref: refs/heads/main\n");
        write(git.resolve("config"), "[core]\n\tbare = false\n");
        return root;
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }
}
