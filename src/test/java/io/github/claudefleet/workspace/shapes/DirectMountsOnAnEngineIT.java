package io.github.claudefleet.workspace.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.runtime.Kit;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Git in real containers of agents that mount the person's directory itself, which may belong to another user. */
class DirectMountsOnAnEngineIT {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final String LABEL = "io.github.claudefleet.test.direct";
    private static final String RUN = UUID.randomUUID().toString();
    private static final String NAME = "claude-fleet-test-direct-" + RUN;

    private static final SortedMap<String, String> LABELS = new TreeMap<>(Map.of(LABEL, RUN));

    private static ContainerEngine engine;

    @TempDir
    private Path temp;

    @BeforeAll
    static void makeKit() {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());
        engine.volumes().create(VolumeRequest.onDisk(NAME, LABELS));
    }

    @AfterAll
    static void removeAll() {
        LabelSelector ours = new LabelSelector(LABEL, Optional.of(RUN));
        try (ContainerEngine closing = engine) {
            closing.containers().list(ours).forEach(one -> closing.containers().remove(one.id()));
            closing.volumes().list(ours).forEach(one -> closing.volumes().remove(one.name()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "LINKED_WORKTREE", "SUBMODULE", "SUBDIRECTORY", "SHARED", "BEHIND_A_LINK"})
    void gitWorksInABoundDirectoryOfAnotherUsers(RepositoryShape shape) {
        WorkspaceDriver driver = driver(shape, WorkspaceStrategy.BIND);
        Shell.run(temp.resolve("person"), "chmod -R a+rwX .");
        String container = started(driver, "bind-" + shape.ordinal());

        assertThat(run(
                        container,
                        "git log -p >/dev/null && git status >/dev/null && echo x >new.txt && git add new.txt"
                                + " && git commit -q -m New && git log -1 --format=%an"))
                .isEqualTo("0 Agent tester");
        assertThat(run(container, "git config core.pager x")).doesNotStartWith("0");
        assertThat(run(container, "echo x >$(git rev-parse --git-common-dir)/hooks/post-commit"))
                .doesNotStartWith("0");
        assertThat(run(container, "c=$(git rev-parse --git-common-dir); mv $c ${c}x"))
                .doesNotStartWith("0");
        assertThat(Shell.run(
                        shape.project(temp.resolve("person")),
                        "git log -1 --format=%s && git status --porcelain new.txt"))
                .isEqualTo("New");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "LINKED_WORKTREE", "SUBMODULE", "SUBDIRECTORY", "SHARED"})
    void gitReadsADirectoryThatCantBeWritten(RepositoryShape shape) {
        WorkspaceDriver driver = driver(shape, WorkspaceStrategy.READONLY);
        HostSnapshot before = HostSnapshot.of(temp.resolve("person"));
        String container = started(driver, "readonly-" + shape.ordinal());

        assertThat(run(
                        container,
                        "git log -p >/dev/null && git status --porcelain App.java && git show HEAD:./App.java"))
                .isEqualTo("0 class App {}");
        assertThat(run(container, "echo x >>App.java")).doesNotStartWith("0");
        assertThat(run(container, "git commit --allow-empty -m x")).doesNotStartWith("0");
        assertThat(before.differences(Allowance.NONE)).isEmpty();
    }

    private WorkspaceDriver driver(RepositoryShape shape, WorkspaceStrategy strategy) {
        Path person = temp.resolve("person");
        shape.make(person, 0);
        WorkspaceDriver driver = new WorkspaceDriver(
                shape.project(person),
                temp.resolve("workspaces"),
                strategy,
                MergePolicy.BRANCH,
                temp.resolve("results"));
        driver.start();
        return driver;
    }

    private static ContainerUser user() {
        return HostUser.isRoot() ? new ContainerUser(1000, 1000) : new ContainerUser(uid("-u"), uid("-g"));
    }

    private static int uid(String option) {
        return Integer.parseInt(Shell.run(Path.of("/"), "id " + option));
    }

    private static String started(WorkspaceDriver driver, String name) {
        AgentSpec agent = driver.agent();
        List<Mount> mounts = new ArrayList<>(List.of(new Mount.Volume(NAME, ContainerPaths.KIT, false)));
        agent.workspace()
                .mounts()
                .forEach(mount -> mounts.add(new Mount.Directory(mount.source(), mount.target(), mount.readOnly())));
        String container = engine.containers()
                .create(new ContainerRequest(
                        NAME + "-" + name,
                        IMAGE,
                        user(),
                        List.of("/bin/sleep", "600"),
                        agent.environment(),
                        LABELS,
                        mounts,
                        agent.workspace().workingDirectory(),
                        new NetworkAttachment("none"),
                        ResourceLimits.DEFAULT,
                        Hardening.DEFAULT.withReadOnlyRootfs(false),
                        Lifecycle.ONCE));
        engine.containers().start(container);
        engine.files()
                .upload(
                        container,
                        ContainerPaths.KIT,
                        Kit.of(Shop.fleet("tester").toSpec()).files());
        return container;
    }

    /** Runs a script in a container and returns its exit status and output. */
    private static String run(String container, String script) {
        var result = engine.processes()
                .run(
                        new ExecRequest(container, List.of("/bin/sh", "-c", script), new TreeMap<>()),
                        Duration.ofSeconds(60));
        return (result.exitCode() + " " + result.output()).strip();
    }
}
