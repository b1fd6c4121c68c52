package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Mounts of strategies bind and readonly, which contain what git needs and no other repository. */
@ExtendWith(PersonUnharmed.class)
class DirectMountsTest {

    @TempDir
    private Path temp;

    @BeforeEach
    void behindNoLink() throws IOException {
        temp = temp.toRealPath();
    }

    @Test
    void whereAnAgentCommitsItCantWriteSettingsOrHooks() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));

        assertThat(shown(pat.root(), false))
                .containsExactly(
                        "/workspace", "/workspace/.git", "/workspace/.git/config ro", "/workspace/.git/hooks ro");
        assertThat(shown(pat.root(), true)).containsExactly("/workspace ro");
    }

    @Test
    void otherWorktreesCantBeForgotten() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.git("worktree", "add", "--quiet", "../other");

        assertThat(shown(pat.root(), false)).contains("/workspace/.git/worktrees ro");
        assertThat(shown(temp.resolve("other"), false))
                .contains(
                        "/claude-fleet/git",
                        "/claude-fleet/git/worktrees ro",
                        "/claude-fleet/git/worktrees/other",
                        "/claude-fleet/git/config ro",
                        "/claude-fleet/git/hooks ro",
                        "/workspace/.git ro");
    }

    @Test
    void aSubdirectoryIsWritableInARepositoryThatIsNot() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));

        assertThat(shown(pat.root().resolve("src"), false))
                .startsWith("/workspace ro", "/workspace/src", "/workspace/.git")
                .contains("/workspace/.git/config ro", "/workspace/.git/hooks ro");
        assertThat(mounts(pat.root().resolve("src"), true).workingDirectory()).isEqualTo("/workspace/src");
    }

    @Test
    void aGitFileOrLinkThatAnAgentLeftShowsNoOtherRepository() throws IOException {
        Path secret = TestRepository.at(temp.resolve("secret")).root().resolve(".git");
        TestRepository linked = TestRepository.at(temp.resolve("main"));
        linked.git("worktree", "add", "--quiet", "../linked");
        Path bound = Files.createDirectories(temp.resolve("bound"));
        Path forged = Files.createDirectories(bound.resolve("forged"));
        TestRepository.write(forged.resolve("HEAD"), "ref: refs/heads/main\n");
        TestRepository.write(forged.resolve("commondir"), secret.toString());
        TestRepository.write(forged.resolve("gitdir"), bound.resolve(".git").toString());

        for (Path named : List.of(secret, linked.root().resolve(".git/worktrees/linked"), forged)) {
            TestRepository.write(bound.resolve(".git"), "gitdir: " + named + "\n");
            assertThat(shown(bound, false)).containsExactly("/workspace", "/workspace/.git ro");
            assertThat(mounts(bound, false).limit())
                    .hasValueSatisfying(limit -> assertThat(limit).startsWith("agents have no git in " + bound));
        }
        Files.delete(bound.resolve(".git"));
        Files.createSymbolicLink(bound.resolve(".git"), secret);
        assertThat(shown(bound, false)).containsExactly("/workspace");
    }

    @Test
    void aListOfBorrowedObjectsShowsNothingElse() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        Path other = TestRepository.at(temp.resolve("other")).root().resolve(".git/objects");
        TestRepository.write(temp.resolve("keys/objects/id_rsa"), "secret");
        pat.write(".git/objects/info/alternates", temp.resolve("keys") + "\n" + temp.resolve("keys/objects") + "\n/\n");
        assertThat(shown(pat.root(), true)).containsExactly("/workspace ro");

        pat.write(".git/objects/info/alternates", other + "\n../../../other/.git/objects\n");
        assertThat(shown(pat.root(), true)).containsExactly("/workspace ro", other + " ro", "/other/.git/objects ro");
        assertThat(shown(pat.root(), false)).contains("/workspace/.git/objects/info/alternates ro");
    }

    @Test
    void anAgentsListOfBorrowedObjectsIsWarnedOf() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        WorkspaceLayout layout = new WorkspaceLayout(temp.resolve("place"));
        FileBaseline.remember(layout, pat.root().resolve("src"));
        pat.write(".git/objects/info/alternates", "/elsewhere\n");

        assertThat(Workspaces.changedTraps(List.of(layout)))
                .containsExactly(pat.root().resolve(".git/objects/info/alternates"));
    }

    @Test
    void directoriesThatCantBeWrittenOrReadFailNothing() throws IOException {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        pat.write("cache/a/mvnw", "x").write("closed/mvnw", "x");
        chmod(pat.root().resolve("cache/a"), "r-xr-xr-x");
        chmod(pat.root().resolve("closed"), "---------");
        WorkspaceLayout layout = new WorkspaceLayout(temp.resolve("place"));
        try {
            new DirectMounts(pat.root(), false, layout).prepare();
            FileBaseline.remember(layout, pat.root());
            assertThat(Workspaces.changedTraps(List.of(layout))).isEmpty();
        } finally {
            chmod(pat.root().resolve("cache/a"), "rwxr-xr-x");
            chmod(pat.root().resolve("closed"), "rwxr-xr-x");
        }
    }

    private static void chmod(Path directory, String mode) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    }

    @Test
    void commitsAreByTheAuthorOfThePomAndUnsigned() {
        TestRepository pat = TestRepository.at(temp.resolve("project"));
        IntegrationSpec integration = new IntegrationSpec(
                MergePolicy.BRANCH, true, "origin", Optional.of(CommitAuthor.parse("Bot <bot@example.org>")));

        assertThat(environment(pat, WorkspaceStrategy.BIND, integration, Map.of("GIT_COMMITTER_NAME", "Own")))
                .containsEntry("GIT_AUTHOR_NAME", "Bot")
                .containsEntry("GIT_AUTHOR_EMAIL", "bot@example.org")
                .containsEntry("GIT_COMMITTER_NAME", "Own")
                .containsEntry("GIT_CONFIG_KEY_0", "commit.gpgSign")
                .containsEntry("GIT_CONFIG_SYSTEM", "/claude-fleet/kit/gitconfig");
        assertThat(environment(pat, WorkspaceStrategy.BIND, integration, Map.of("GIT_CONFIG_COUNT", "0")))
                .containsEntry("GIT_CONFIG_COUNT", "0")
                .doesNotContainKey("GIT_CONFIG_KEY_0");
        assertThat(environment(pat, WorkspaceStrategy.READONLY, integration, Map.of()))
                .containsOnlyKeys("GIT_CONFIG_SYSTEM");
        assertThat(environment(pat, WorkspaceStrategy.WORKTREE, integration, Map.of()))
                .isEmpty();
    }

    private Map<String, String> environment(
            TestRepository pat, WorkspaceStrategy strategy, IntegrationSpec integration, Map<String, String> own) {
        WorkspaceOrigin origin = new WorkspaceOrigin(
                pat.root(), strategy, Optional.empty(), false, integration, temp.resolve("workspaces"));
        FleetSpec fleet = Shop.fleet()
                .agent(Shop.agent("tester").environment(own).workspace(origin))
                .toSpec();
        return Workspaces.resolve(fleet).agents().get(0).environment();
    }

    private DirectMounts mounts(Path directory, boolean readOnly) {
        return new DirectMounts(directory, readOnly, new WorkspaceLayout(temp.resolve("place")));
    }

    private List<String> shown(Path directory, boolean readOnly) {
        return mounts(directory, readOnly).mounts().stream()
                .map(mount -> mount.target() + (mount.readOnly() ? " ro" : ""))
                .toList();
    }
}
