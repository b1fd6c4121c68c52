package io.github.claudefleet.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginMaskTest {

    @TempDir
    Path temporary;

    private Path shop;

    @BeforeEach
    void makeProject() throws IOException {
        shop = Files.createDirectories(temporary.resolve("shop")).toRealPath();
    }

    @Test
    void coversALoginWithinTheWorkspaceByTheOneForAgents() {
        Path login = shop.resolve("target/login");

        assertThat(masks(LoginSpec.in(login)))
                .containsExactly(new MountSpec(login.resolve("for-agents"), "/workspace/target/login", true));
    }

    @Test
    void findsALoginThatALinkLeadsTo() throws IOException {
        Files.createDirectories(shop.resolve("login"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), shop.resolve("login"));

        assertThat(masks(LoginSpec.in(link)))
                .containsExactly(new MountSpec(link.resolve("for-agents"), "/workspace/login", true));
    }

    @Test
    void coversALoginOnceIfSeveralMountsContainIt() {
        Workspace plain = workspace();
        Path module = shop.resolve("module");
        Workspace nested = new Workspace(
                plain.origin(),
                List.of(
                        new MountSpec(shop, "/workspace", true),
                        new MountSpec(module, "/workspace/module", false),
                        new MountSpec(shop.resolve("elsewhere"), "/workspace/.git", false)),
                "/workspace/module",
                plain.start(),
                plain.place());

        assertThat(LoginMask.over(nested, LoginSpec.in(module.resolve("login"))).mounts())
                .hasSize(4)
                .endsWith(new MountSpec(module.resolve("login/for-agents"), "/workspace/module/login", true));
    }

    @Test
    void leavesAWorkspaceWithoutALoginAsItIs() {
        assertThat(masks(LoginSpec.in(temporary.resolve("shop-login")))).isEmpty();
    }

    @Test
    void coversNothingThatAgentsShareOrDoNotUse() {
        LoginSpec login = LoginSpec.in(shop.resolve("login"));

        assertThat(masks(login.withSharing(Sharing.ALL))).isEmpty();
        assertThat(masks(login.withMode(LoginMode.PROVIDER, Optional.empty()))).isEmpty();
    }

    @Test
    void refusesTheLoginDirectoryAsWorkspace() {
        assertThatThrownBy(() -> masks(LoginSpec.in(shop)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("workspace " + shop + " is the login directory");
    }

    private List<MountSpec> masks(LoginSpec login) {
        Workspace workspace = workspace();
        List<MountSpec> mounts = LoginMask.over(workspace, login).mounts();
        assertThat(mounts).startsWith(workspace.mounts().toArray(MountSpec[]::new));
        return mounts.subList(workspace.mounts().size(), mounts.size());
    }

    private Workspace workspace() {
        return Shop.fleet()
                .agent(Shop.agent("tester", shop))
                .toSpec()
                .agents()
                .get(0)
                .workspace();
    }
}
