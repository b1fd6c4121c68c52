package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goals on engines that lack a capability. */
@Timeout(60)
class EngineCapabilitiesTest {

    private static final Map<EngineCapability, String> REFUSALS = Map.of(
            EngineCapability.HOST_DIRECTORIES,
            "auth.mode login needs access to this machine's directories, which the engine at fake:/// does not have",
            EngineCapability.BUILDS,
            "image.name is left out, so that the fleet needs image builds, which the engine at fake:/// does not have",
            EngineCapability.NETWORKS,
            "engine at fake:/// has no container networks, and the fleet needs one of its own",
            EngineCapability.UPLOADS_INTO_VOLUMES,
            "engine at fake:/// has no uploads into volumes, by which containers get their files",
            EngineCapability.RESTART_POLICIES,
            "engine at fake:/// has no restart policies, by which the auth container is started again when it ends");

    /** Goal that creates something. */
    @FunctionalInterface
    private interface Goal {
        void run(Fleet fleet, FleetSpec spec) throws InterruptedException;
    }

    @TempDir
    private Path folder;

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @ParameterizedTest
    @EnumSource
    void aStartIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, Fleet::start);
    }

    @ParameterizedTest
    @EnumSource
    void aLoginIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, Fleet::auth);
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, (fleet, spec) -> fleet.run(spec, folder.resolve("results"), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void aLogoutIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, Fleet::logout);
    }

    @ParameterizedTest
    @EnumSource
    void aDryRunIsRefusedAsTheGoalIs(EngineCapability lacked) {
        assertRefused(lacked, Fleet::planStart);
        assertRefused(lacked, Fleet::planAuth);
    }

    @ParameterizedTest
    @EnumSource
    void theDoctorNamesWhatTheEngineLacks(EngineCapability lacked) {
        fixture.engine.lacking(lacked);

        assertThat(capabilities(fleet())).extracting(Finding::detail).first().isEqualTo(REFUSALS.get(lacked));
        assertThat(capabilities(fleet())).allSatisfy(finding -> {
            assertThat(finding.outcome()).isEqualTo(Finding.Outcome.FAIL);
            assertThat(finding.remedy()).matches("[a-z].* a Docker or Podman engine, with -Dclaude-fleet.engine");
        });
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void theDoctorDoesNotMentionCapabilitiesOfAnEngineThatHasThem() {
        assertThat(capabilities(fleet())).isEmpty();
    }

    @Test
    void theDirectoryOfALoginThatCanNotBeMountedIsNotCreated() {
        fixture.engine.lacking(EngineCapability.HOST_DIRECTORIES);
        FleetSpec spec = fixture.withoutLogin("tester").toSpec();

        catchThrowableOfType(InvalidSpecException.class, () -> fixture.fleet().auth(spec));

        assertThat(Files.exists(spec.login().directory())).isFalse();
    }

    @Test
    void aNetworkOfAnEngineWithoutNetworksIsNotSearchedFor() {
        fixture.engine.network("corp", Map.of()).lacking(EngineCapability.NETWORKS);
        FleetSpec spec = fixture.withToken("tester").network("corp").toSpec();

        assertThat(catchThrowableOfType(
                        InvalidSpecException.class, () -> fixture.fleet().start(spec)))
                .hasMessage("network corp needs container networks, which the engine at fake:/// does not have");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void anAgentsDirectoryIsNoNeedOfTheLogin() throws InterruptedException {
        fixture.engine.lacking(EngineCapability.HOST_DIRECTORIES);
        FleetSpec spec = fixture.withToken("tester").toSpec();

        fixture.fleet().auth(spec);
        fixture.engine.forget();

        assertThat(catchThrowableOfType(
                        InvalidSpecException.class, () -> fixture.fleet().start(spec)))
                .hasMessage("workspace.strategy bind of agent tester needs access to this machine's directories, which"
                        + " the engine at fake:/// does not have");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    private void assertRefused(EngineCapability lacked, Goal goal) {
        fixture.engine.lacking(lacked);

        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> goal.run(fixture.fleet(), fleet().toSpec()));

        assertThat(refusal).hasMessage(REFUSALS.get(lacked));
        assertThat(refusal.suggestion()).contains("a Docker or Podman engine, with -Dclaude-fleet.engine.");
        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.engine.names()).isEmpty();
    }

    private List<Finding> capabilities(FleetBuilder fleet) {
        return fixture.fleet().doctor(fleet.toSpec(), Map.of()).stream()
                .filter(finding -> finding.check().equals("capabilities"))
                .toList();
    }

    /** Fleet that needs each capability. */
    private FleetBuilder fleet() {
        return fixture.withLogin("tester")
                .image(ImageSpec.bundled(new BuildOptions(Optional.empty(), Optional.empty())));
    }
}
