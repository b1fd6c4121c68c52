package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.JavaTools;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityCheckTest {

    private static final String NO_DIRECTORIES =
            "needs access to this machine's directories, which the engine at kubernetes:lab does not have";
    private static final String NO_BUILDS = "needs image builds, which the engine at kubernetes:lab does not have";
    private static final String ANOTHER = "Use a Docker or Podman engine, with -Dclaude-fleet.engine.";

    private static final BuildOptions PLAIN = new BuildOptions(Optional.empty(), Optional.empty());

    private final Planner planner = new Planner();

    @Test
    void anEngineWithAllCapabilitiesIsNeverRefused() {
        FleetSpec spec = everything().toSpec();

        assertThat(CapabilityCheck.refusals(start(spec), spec, engine(EngineCapability.ALL)))
                .isEmpty();
        CapabilityCheck.check(start(spec), spec, engine(EngineCapability.ALL));
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void eachCapabilityIsNeededByAFleetThatUsesEverything(EngineCapability lacked) {
        FleetSpec spec = everything().toSpec();

        assertThat(refusals(start(spec), spec, lacked)).isNotEmpty();
        assertThatThrownBy(() -> CapabilityCheck.check(start(spec), spec, without(lacked)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("engine at kubernetes:lab");
    }

    @Test
    void eachDirectoryOfThisMachineIsNamedByItsParameterOnce() {
        FleetSpec spec = everything().toSpec();

        assertThat(refusals(start(spec), spec, EngineCapability.HOST_DIRECTORIES))
                .containsExactly(
                        "auth.mode login " + NO_DIRECTORIES
                                + ": Set it to token or apiKey, or use a Docker or Podman engine, with"
                                + " -Dclaude-fleet.engine.",
                        "mounts " + NO_DIRECTORIES + ": Leave it out, or use a Docker or Podman engine, with"
                                + " -Dclaude-fleet.engine.",
                        "java.repository " + NO_DIRECTORIES + ": Set it to none, or use a Docker or Podman engine, with"
                                + " -Dclaude-fleet.engine.",
                        "workspace.strategy bind of agent tester " + NO_DIRECTORIES
                                + ": Set it to worktree, clone or copy, or"
                                + " use a Docker or Podman engine, with -Dclaude-fleet.engine.",
                        "claudeDirectory " + NO_DIRECTORIES + ": Leave it out, or use a Docker or Podman engine, with"
                                + " -Dclaude-fleet.engine.",
                        "pluginDirs " + NO_DIRECTORIES + ": Leave it out, or use a Docker or Podman engine, with"
                                + " -Dclaude-fleet.engine.",
                        "skills " + NO_DIRECTORIES + ": Leave it out, or use a Docker or Podman engine, with"
                                + " -Dclaude-fleet.engine.");
    }

    @Test
    void aFileWithTheIdentityTokenIsADirectoryOfThisMachine() {
        IdentitySource file = new IdentitySource.TokenFile(Path.of("/run/token/id"), Secret.of("eyJ.invented"));
        FleetSpec spec = Shop.fleet().login(Shop.login(Shop.federation(file))).toSpec();

        assertThat(refusals(logIn(spec), spec, EngineCapability.HOST_DIRECTORIES))
                .containsExactly("auth.file " + NO_DIRECTORIES + ": Set auth.env instead, or use a Docker or Podman"
                        + " engine, with -Dclaude-fleet.engine.");
    }

    @Test
    void aLoginNeedsNothingOfWhatTheAgentsNeed() {
        FleetSpec spec = Shop.fleet("tester")
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .toSpec();

        assertThat(refusals(logIn(spec), spec, EngineCapability.HOST_DIRECTORIES))
                .isEmpty();
        assertThat(refusals(start(spec), spec, EngineCapability.HOST_DIRECTORIES))
                .hasSize(1);
    }

    @Test
    void eachImageThatIsBuiltIsNamedByItsParameter() {
        FleetSpec bundled = Shop.fleet("tester").image(ImageSpec.bundled(PLAIN)).toSpec();
        FleetSpec own = Shop.fleet("tester")
                .image(new ImageSpec.FromDockerfile(
                        Path.of("/home/ann/Dockerfile"), "2.0.1", PullPolicy.MISSING, PLAIN))
                .toSpec();
        FleetSpec fenced = Shop.fleet("tester").egress(EgressSpec.DEFAULT).toSpec();
        FleetSpec rehearsal = Shop.fleet("tester")
                .rehearsal(Path.of("/home/ann/shop/src/fleet"))
                .toSpec();

        assertThat(refusals(images(bundled), bundled, EngineCapability.BUILDS))
                .containsExactly("image.name is left out, so that the fleet " + NO_BUILDS
                        + ": Set it to an image that the engine can pull, or use a Docker or Podman engine, with"
                        + " -Dclaude-fleet.engine.");
        assertThat(refusals(images(own), own, EngineCapability.BUILDS))
                .containsExactly("image.dockerfile " + NO_BUILDS
                        + ": Set image.name to an image that the engine can pull, or use a Docker or Podman engine, with"
                        + " -Dclaude-fleet.engine.");
        assertThat(refusals(images(fenced), fenced, EngineCapability.BUILDS))
                .containsExactly("egress.image is left out, so that the fleet " + NO_BUILDS
                        + ": Set it to an image of the gateway that the engine can pull, or set egress.mode to open, or"
                        + " use a Docker or Podman engine, with -Dclaude-fleet.engine.");
        assertThat(refusals(images(rehearsal), rehearsal, EngineCapability.BUILDS))
                .containsExactly("rehearsal has a gateway and " + NO_BUILDS + ": " + ANOTHER);
    }

    @Test
    void anImageThatTheEngineHasNeedsNoBuild() {
        FleetSpec spec = Shop.fleet("tester").image(ImageSpec.bundled(PLAIN)).toSpec();
        Plan plan = planner.image(new ImageTarget("agent:1", spec.image()), Optional.of(ObservedFixture.IMAGE));

        assertThat(refusals(plan, spec, EngineCapability.BUILDS)).isEmpty();
    }

    @Test
    void onlyANetworkThatThePomNamesIsNeededWhereThereIsOneAlone() {
        FleetSpec own = Shop.fleet("tester").toSpec();
        FleetSpec existing = Shop.fleet("tester").network("corp").toSpec();

        Plan plan = startWithout(own, EngineCapability.NETWORKS);

        assertThat(refusals(plan, own, EngineCapability.NETWORKS)).isEmpty();
        assertThat(plan.asText()).doesNotContain("network");
        assertThat(refusals(start(existing), existing, EngineCapability.NETWORKS))
                .containsExactly("network corp needs container networks, which the engine at kubernetes:lab does not"
                        + " have: Leave it out, or use a Docker or Podman engine, with -Dclaude-fleet.engine.");
    }

    @Test
    void aGatewayNeedsAnImageAloneWhereItSharesNoVolumeAndThereAreNoNetworks() {
        FleetSpec fenced = Shop.fleet("tester", "fixer")
                .egress(EgressSpec.DEFAULT)
                .gatewayImage(new ImageSpec.Named("gateway:1", PullPolicy.MISSING))
                .toSpec();
        EngineInfo poor = engine(EnumSet.of(EngineCapability.RESTART_POLICIES, EngineCapability.HOST_DIRECTORIES));

        assertThat(CapabilityCheck.refusals(start(fenced, poor.capabilities()), fenced, poor))
                .isEmpty();
    }

    @Test
    void aRehearsalIsRefusedOnce() {
        FleetSpec rehearsal = Shop.fleet("tester", "fixer")
                .egress(EgressSpec.DEFAULT)
                .rehearsal(Path.of("/home/ann/shop/src/fleet"))
                .toSpec();
        EngineInfo poor = engine(EnumSet.of(EngineCapability.RESTART_POLICIES, EngineCapability.HOST_DIRECTORIES));

        assertThat(CapabilityCheck.refusals(start(rehearsal, poor.capabilities()), rehearsal, poor))
                .extracting(InvalidSpecException::getMessage)
                .containsExactly("rehearsal has a gateway and " + NO_BUILDS);
    }

    @Test
    void anExchangeOfAnIdentityTokenNeedsASharedVolume() {
        FleetSpec spec =
                Shop.fleet("tester").login(Shop.login(Shop.federation())).toSpec();

        assertThat(refusals(logIn(spec), spec, EngineCapability.SHARED_VOLUMES))
                .containsExactly("auth.mode federation needs volumes that containers share, which the engine at"
                        + " kubernetes:lab does not have: Set it to token or apiKey, or use a Docker or Podman engine,"
                        + " with -Dclaude-fleet.engine.");
    }

    @Test
    void anAgentWithoutAWorkspaceNeedsNoDirectoryOfThisMachine() {
        FleetSpec spec = Shop.fleet()
                .agent(Shop.agent("tester")
                        .workspace(new WorkspaceOrigin(
                                Path.of("/home/ann/shop"),
                                WorkspaceStrategy.NONE,
                                Optional.empty(),
                                false,
                                IntegrationSpec.DEFAULT,
                                Path.of("/home/ann/workspaces"))))
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .toSpec();

        assertThat(refusals(start(spec), spec, EngineCapability.HOST_DIRECTORIES))
                .isEmpty();
    }

    @Test
    void everyFleetNeedsRestarts() {
        FleetSpec spec = Shop.fleet("tester").toSpec();

        assertThat(refusals(start(spec), spec, EngineCapability.RESTART_POLICIES))
                .containsExactly("engine at kubernetes:lab has no restart policies, by which the auth container is"
                        + " started again when it ends: " + ANOTHER);
    }

    @ParameterizedTest
    @EnumSource
    void aFleetThatIsUpNeedsNothingMore(EngineCapability lacked) {
        FleetSpec spec = Shop.fleet("tester").toSpec();
        ObservedFleet up = ObservedFixture.from(spec);
        ResolvedFleet fleet = ResolvedFixture.of(spec, ObservedFixture.target(spec), ObservedFixture.IMAGE, up);

        assertThat(refusals(planner.auth(fleet).then(planner.agents(fleet)), spec, lacked))
                .isEmpty();
    }

    /** Fleet with each parameter that needs a capability, but a file of an identity token. */
    private static FleetBuilder everything() {
        ClaudeContext context = new ClaudeContext(
                List.of(),
                Optional.of(Path.of("/home/ann/claude")),
                List.of(Path.of("/home/ann/plugin")),
                List.of(Path.of("/home/ann/skill")));
        ClaudeOptions options =
                new ClaudeOptions("default", List.of(), Optional.empty(), Optional.empty(), false, context);
        AgentBuilder tester = Shop.agent("tester").claude(options);
        AgentBuilder reviewer = Shop.agent("reviewer").claude(options);
        return Shop.fleet()
                .agent(tester)
                .agent(reviewer)
                .image(ImageSpec.bundled(PLAIN))
                .loginDirectory(Shop.LOGIN_DIRECTORY)
                .mounts(new MountSpec(Path.of("/data"), "/data", true))
                .java(new JavaTools(Optional.of(Path.of("/home/ann/.m2/repository")), Optional.empty()));
    }

    private Plan start(FleetSpec spec) {
        return start(spec, EngineCapability.ALL);
    }

    private Plan startWithout(FleetSpec spec, EngineCapability lacked) {
        return start(spec, without(lacked).capabilities());
    }

    private Plan start(FleetSpec spec, Set<EngineCapability> capabilities) {
        ResolvedFleet fleet = fleet(spec, capabilities);
        return images(spec).then(planner.auth(fleet)).then(planner.agents(fleet));
    }

    private Plan logIn(FleetSpec spec) {
        return images(spec).then(planner.auth(fleet(spec)));
    }

    private Plan images(FleetSpec spec) {
        Plan gateway = spec.hasGateway() ? planner.image(fleet(spec).gatewayImage(), Optional.empty()) : Plan.NOTHING;
        return planner.image(fleet(spec).target(), Optional.empty()).then(gateway);
    }

    private static ResolvedFleet fleet(FleetSpec spec) {
        return fleet(spec, EngineCapability.ALL);
    }

    private static ResolvedFleet fleet(FleetSpec spec, Set<EngineCapability> capabilities) {
        ImageTarget target = new ImageTarget("agent:1", spec.image());
        return ResolvedFixture.of(spec, target, ResolvedFleet.NO_IMAGE, ObservedFleet.NOTHING, capabilities);
    }

    private static List<String> refusals(Plan plan, FleetSpec spec, EngineCapability lacked) {
        return CapabilityCheck.refusals(plan, spec, without(lacked)).stream()
                .map(refusal -> refusal.getMessage() + ": " + refusal.suggestion())
                .toList();
    }

    private static EngineInfo without(EngineCapability lacked) {
        return engine(EnumSet.complementOf(EnumSet.of(lacked)));
    }

    private static EngineInfo engine(Set<EngineCapability> capabilities) {
        return new EngineInfo(
                "kubernetes:lab",
                "1.34",
                "v1",
                2,
                8L << 30,
                Optional.empty(),
                UserMapping.SAME,
                Set.of(),
                false,
                capabilities);
    }
}
