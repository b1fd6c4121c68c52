package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.Workspaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workspaces on engines that can and can't mount this machine's directories. */
class VolumeWorkspacesTest {

    @TempDir
    private Path folder;

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @ParameterizedTest
    @EnumSource
    void onlyOwnWorkspacesGoIntoVolumes(WorkspaceStrategy strategy) {
        FleetSpec resolved = volumes(new FakeEngine().onAnotherMachine()).resolve(fleet(strategy));

        AgentSpec agent = resolved.agents().get(0);
        assertThat(agent.workspace().isInVolume()).isEqualTo(strategy.isOwn());
        assertThat(agent.workspace().mounts().isEmpty())
                .isEqualTo(strategy.isOwn() || strategy == WorkspaceStrategy.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void anEngineThatSeesThisMachinesDirectoriesMountsAll(WorkspaceStrategy strategy) {
        FleetSpec spec = fleet(strategy);
        VolumeWorkspaces volumes = volumes(new FakeEngine());

        assertThat(volumes.resolve(spec)).isEqualTo(spec);
        assertThat(volumes.engineFor(spec).has(EngineCapability.HOST_DIRECTORIES))
                .isTrue();
    }

    @Test
    void anEngineWithoutThatCapabilityIsNotAsked() {
        VolumeWorkspaces volumes = volumes(new FakeEngine().lacking(EngineCapability.HOST_DIRECTORIES));

        FleetSpec resolved = volumes.resolve(fleet(WorkspaceStrategy.COPY));

        assertThat(resolved.agents().get(0).workspace().isInVolume()).isTrue();
        assertThat(volumes.engineFor(resolved).has(EngineCapability.HOST_DIRECTORIES))
                .isFalse();
    }

    @Test
    void aDirectoryOfThisMachineBesideOwnWorkspacesIsRefusedBeforeAnythingIsCreated() {
        fixture.engine.onAnotherMachine();
        FleetSpec spec = fixture.withToken("tester")
                .agent(fixture.agentWithCopy("copier", fixture.home))
                .toSpec();

        assertThat(catchThrowableOfType(
                        InvalidSpecException.class, () -> fixture.fleet().start(spec)))
                .hasMessage("workspace.strategy bind of agent tester needs access to this machine's directories, which"
                        + " the engine at fake:/// does not have");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aDryRunShowsTheVolumeAndSendsNothing() {
        fixture.engine.onAnotherMachine();
        FleetSpec spec = fixture.withToken()
                .agent(fixture.agentWithCopy("copier", fixture.home))
                .toSpec();

        fixture.fleet().planStart(spec);

        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.lines.all())
                .anyMatch(
                        line -> line.matches(
                                ".*create volume claude-fleet-shop-c0ffee00-workspace-copier-\\d+-\\d+ \\(there is none yet\\)"));
    }

    private static VolumeWorkspaces volumes(FakeEngine engine) {
        return new VolumeWorkspaces(engine, new Planner(), new WorkspaceListener() {}, InstantSource.system());
    }

    private FleetSpec fleet(WorkspaceStrategy strategy) {
        return Workspaces.resolve(Shop.fleet("tester", origin(strategy)));
    }

    private WorkspaceOrigin origin(WorkspaceStrategy strategy) {
        return new WorkspaceOrigin(
                folder,
                strategy,
                Optional.empty(),
                false,
                IntegrationSpec.DEFAULT,
                folder.resolveSibling("workspaces"));
    }
}
