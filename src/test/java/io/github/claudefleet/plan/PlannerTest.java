package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    private static final String TESTER = "claude-fleet-shop-c0ffee00-tester";

    private final Planner planner = new Planner();

    // ---- existing and missing resources

    @Test
    void onAnEmptyEngineEverythingIsMade() {
        assertThat(start(Shop.fleet("reviewer", "tester-1", "tester-2").toSpec(), ObservedFleet.NOTHING))
                .isEqualTo("""
                create network claude-fleet-shop-c0ffee00 (there is none yet)
                create volume claude-fleet-shop-c0ffee00-kit-1000-1000 (there is none yet)
                create container claude-fleet-shop-c0ffee00-auth (there is none yet)
                create container claude-fleet-shop-c0ffee00-reviewer (there is none yet)
                create container claude-fleet-shop-c0ffee00-tester-1 (there is none yet)
                create container claude-fleet-shop-c0ffee00-tester-2 (there is none yet)""");
    }

    @Test
    void whatDoesNotDependOnEachOtherIsOneStage() {
        FleetSpec spec = Shop.fleet("reviewer", "tester").toSpec();

        Plan plan = startPlan(spec, ObservedFleet.NOTHING);

        assertThat(plan.stages()).extracting(stage -> stage.steps().size()).containsExactly(2, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "API_KEY"})
    void aTokenOrKeyGetsAVolumeInMemoryAndNothingElseDoes(LoginMode mode) {
        FleetSpec spec = base().credential(mode, Shop.credential("t0ken")).toSpec();

        List<VolumeRequest> volumes = startPlan(spec, ObservedFleet.NOTHING).stages().get(0).steps().stream()
                .map(Plan.Step::operation)
                .filter(Operation.CreateVolume.class::isInstance)
                .map(operation -> ((Operation.CreateVolume) operation).request())
                .toList();

        Map<String, String> labels = spec.id().labels();
        assertThat(volumes)
                .containsExactly(
                        VolumeRequest.onDisk("claude-fleet-shop-c0ffee00-kit-1000-1000", labels),
                        VolumeRequest.inMemory(
                                "claude-fleet-shop-c0ffee00-secrets-1000-1000", labels, spec.user(), 1L << 20));
    }

    @Test
    void aFleetThatGivesUpItsTokenGivesUpItsVolume() {
        FleetSpec before =
                base().credential(LoginMode.TOKEN, Shop.credential("t0ken")).toSpec();

        assertThat(start(base().toSpec(), ObservedFixture.from(before)))
                .endsWith(
                        "remove volume claude-fleet-shop-c0ffee00-secrets-1000-1000 (nothing of the fleet uses it any more)");
    }

    @Test
    void anExistingNetworkIsNotMade() {
        FleetSpec spec = Shop.fleet("reviewer").network("backend").toSpec();

        assertThat(start(spec, ObservedFleet.NOTHING)).isEqualTo("""
                create volume claude-fleet-shop-c0ffee00-kit-1000-1000 (there is none yet)
                create container claude-fleet-shop-c0ffee00-auth (there is none yet)
                create container claude-fleet-shop-c0ffee00-reviewer (there is none yet)""");
    }

    @Test
    void theLoginAloneNeedsNoAgent() {
        FleetSpec spec = Shop.fleet("reviewer").toSpec();

        assertThat(planner.auth(ResolvedFixture.of(
                                spec, ObservedFixture.target(spec), ObservedFixture.IMAGE, ObservedFleet.NOTHING))
                        .asText())
                .isEqualTo("""
                        create network claude-fleet-shop-c0ffee00 (there is none yet)
                        create volume claude-fleet-shop-c0ffee00-kit-1000-1000 (there is none yet)
                        create container claude-fleet-shop-c0ffee00-auth (there is none yet)""");
    }

    @Test
    void withNothingChangedThereIsNothingToDo() {
        FleetSpec spec = changed().toSpec();

        Plan plan = startPlan(spec, ObservedFixture.from(spec));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.asText()).isEmpty();
    }

    @Test
    void theLoginIsLeftAloneByWhoAsksForTheLoginAlone() {
        FleetSpec spec = Shop.fleet("reviewer").toSpec();

        Plan plan = planner.auth(ResolvedFixture.of(
                Shop.fleet().toSpec(),
                ObservedFixture.target(spec),
                ObservedFixture.IMAGE,
                ObservedFixture.from(spec)));

        assertThat(plan.isEmpty()).isTrue();
    }

    // ---- changes

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aChangeNamesWhatChangedAndConcernsWhoHasIt(String cause, FleetBuilder fleet, boolean authToo) {
        String agent = "replace container claude-fleet-shop-c0ffee00-tester (" + cause + " changed)";
        String auth = "replace container claude-fleet-shop-c0ffee00-auth (" + cause + " changed)\n";

        assertThat(start(fleet.toSpec(), ObservedFixture.from(base().toSpec())))
                .isEqualTo((authToo ? auth : "") + agent);
    }

    static Stream<Arguments> aChangeNamesWhatChangedAndConcernsWhoHasIt() {
        AgentBuilder tester = Shop.agent("tester").prompt("Test");
        return Stream.of(
                arguments("prompt", fleetOf(tester().prompt("Test more")), false),
                arguments("prompt, command", fleetOf(Shop.agent("tester")), false),
                arguments("command", fleetOf(tester().claude(options("opus", List.of()))), false),
                arguments("command", fleetOf(tester().claude(options(null, List.of("--debug")))), false),
                arguments("command", fleetOf(tester().claude(options(null, List.of("--effort", "high")))), false),
                arguments("command", fleetOf(tester().claude(settings("{}"))), false),
                arguments("workspace or login", fleetOf(tester().claude(skill("zap"))), false),
                arguments("environment", fleetOf(tester().environment(Map.of("A", "1"))), false),
                arguments(
                        "workspace or login",
                        fleetOf(Shop.agent("tester", Path.of("/elsewhere")).prompt("Test")),
                        false),
                arguments(
                        "limits",
                        fleetOf(tester().limits(new ResourceLimits(new MemorySize(1L << 30), Optional.empty(), 512))),
                        false),
                arguments("network", base().extraHosts("db:10.0.0.1"), true),
                arguments("hardening", base().hardening(new Hardening(List.of(), List.of(), true, true, true)), true),
                arguments("workspace or login", base().loginDirectory(Path.of("/other/login")), true),
                arguments("environment", fleetOf(tester).caBundle(new CaBundle("pem")), true));
    }

    @Test
    void otherContentOfAFileThatTheCommandNamesIsAnotherCommand() {
        FleetSpec before = fleetOf(tester().claude(settings("{}"))).toSpec();
        FleetSpec after = fleetOf(tester().claude(settings("{\"outputStyle\":\"Explanatory\"}")))
                .toSpec();

        assertThat(start(before, ObservedFixture.from(before))).isEmpty();
        assertThat(start(after, ObservedFixture.from(before)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (command changed)");
    }

    @Test
    void otherMcpServersAreAnotherCommand() {
        FleetSpec before =
                fleetOf(tester().claude(servers("{\"mcpServers\":{}}"))).toSpec();
        FleetSpec after = fleetOf(tester().claude(servers("{}"))).toSpec();

        assertThat(start(after, ObservedFixture.from(before)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (command changed)");
    }

    @Test
    void anotherSkillIsAnotherMount() {
        FleetSpec before = fleetOf(tester().claude(skill("zap"))).toSpec();
        FleetSpec after = fleetOf(tester().claude(skill("zip"))).toSpec();

        assertThat(start(after, ObservedFixture.from(before)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (workspace or login changed)");
    }

    @Test
    void severalChangesAreOneCause() {
        AgentBuilder agent = tester().prompt("Other").environment(Map.of("A", "1"));

        assertThat(start(fleetOf(agent).toSpec(), ObservedFixture.from(base().toSpec())))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (prompt, environment changed)");
    }

    @Test
    void aTagThatHasMovedIsAnotherImage() {
        FleetSpec spec = base().toSpec();
        ImageObservation moved = new ImageObservation("sha256:two", Map.of());

        assertThat(planner.agents(ResolvedFixture.of(
                                spec, ObservedFixture.target(spec), moved, ObservedFixture.from(spec)))
                        .asText())
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (image changed)");
    }

    @Test
    void anotherLoginModeChangesWhereTheLoginIs() {
        FleetSpec spec =
                base().credential(LoginMode.TOKEN, Shop.credential("t0ken")).toSpec();

        assertThat(start(spec, ObservedFixture.from(base().toSpec()))).isEqualTo("""
                create volume claude-fleet-shop-c0ffee00-secrets-1000-1000 (there is none yet)
                replace container claude-fleet-shop-c0ffee00-auth (environment, workspace or login changed)
                replace container claude-fleet-shop-c0ffee00-tester (environment, workspace or login changed)""");
    }

    @Test
    void sharingEverythingLetsAgentsWriteWhereTheLoginIs() {
        FleetSpec spec = base().sharing(Sharing.ALL).toSpec();

        assertThat(start(spec, ObservedFixture.from(base().toSpec()))).isEqualTo("""
                replace container claude-fleet-shop-c0ffee00-auth (environment changed)
                replace container claude-fleet-shop-c0ffee00-tester (environment, workspace or login changed)""");
    }

    @Test
    void argumentsThatAreSplitOtherwiseAreOtherArguments() {
        FleetSpec joined = fleetOf(tester().claude(options(null, List.of("--allowedTools", "Read, Edit"))))
                .toSpec();
        FleetSpec split = fleetOf(tester().claude(options(null, List.of("--allowedTools", "Read", "Edit"))))
                .toSpec();

        assertThat(start(split, ObservedFixture.from(joined)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (command changed)");
    }

    @Test
    void variablesThatLookAlikeWhenWrittenDownAreNotTheSame() {
        FleetSpec two =
                fleetOf(tester().environment(Map.of("A", "1", "B", "2"))).toSpec();
        FleetSpec one = fleetOf(tester().environment(Map.of("A", "1, B=2"))).toSpec();

        assertThat(start(one, ObservedFixture.from(two)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (environment changed)");
    }

    @Test
    void anotherUserGetsAVolumeOfItsOwnAndTheFormerOneGoes() {
        FleetSpec spec = Shop.fleet(new ContainerUser(1001, 50)).agent(tester()).toSpec();

        assertThat(start(spec, ObservedFixture.from(base().toSpec()))).isEqualTo("""
                create volume claude-fleet-shop-c0ffee00-kit-1001-50 (there is none yet)
                replace container claude-fleet-shop-c0ffee00-auth (workspace or login, user changed)
                replace container claude-fleet-shop-c0ffee00-tester (workspace or login, user changed)
                remove volume claude-fleet-shop-c0ffee00-kit-1000-1000 (nothing of the fleet uses it any more)""");
    }

    @Test
    void aFleetThatMovesToAnExistingNetworkGivesUpItsOwn() {
        FleetSpec spec = base().network("backend").toSpec();

        assertThat(start(spec, ObservedFixture.from(base().toSpec()))).isEqualTo("""
                replace container claude-fleet-shop-c0ffee00-auth (network changed)
                replace container claude-fleet-shop-c0ffee00-tester (network changed)
                remove network claude-fleet-shop-c0ffee00 (nothing of the fleet uses it any more)""");
    }

    @Test
    void aFleetThatMovesToANetworkOfItsOwnLeavesTheExistingOneAlone() {
        assertThat(start(
                        base().toSpec(),
                        ObservedFixture.from(base().network("backend").toSpec())))
                .isEqualTo("""
                        create network claude-fleet-shop-c0ffee00 (there is none yet)
                        replace container claude-fleet-shop-c0ffee00-auth (network changed)
                        replace container claude-fleet-shop-c0ffee00-tester (network changed)""");
    }

    @Test
    void aContainerWithoutAFingerprintCountsAsChangedAllOver() {
        FleetSpec spec = Shop.fleet("tester").toSpec();
        Map<String, String> labels = Map.of(Labels.AGENT, "tester");

        assertThat(start(spec, ObservedFixture.with(ObservedFixture.from(spec), TESTER, labels)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (image, prompt, command, environment,"
                        + " workspace or login, network, user, limits, hardening, restart policy changed)");
    }

    @Test
    void agentsWhoseTasksChangedAreMadeAnewSinceTheirLogIsOfOthers() {
        assertThat(start(withTask("Fix it"), ObservedFixture.from(withTask("Fix it"))))
                .isEmpty();
        assertThat(start(withTask("Fix it well"), ObservedFixture.from(withTask("Fix it"))))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (prompt changed)");
    }

    private static FleetSpec withTask(String prompt) {
        return fleetOf(Shop.agent("tester").task("01", prompt)).toSpec();
    }

    // ---- added and removed agents

    @Test
    void anAgentThatThePomNoLongerHasIsRemoved() {
        assertThat(start(
                        Shop.fleet("tester").toSpec(),
                        ObservedFixture.from(Shop.fleet("reviewer", "tester").toSpec())))
                .isEqualTo("remove container claude-fleet-shop-c0ffee00-reviewer (the pom no longer has it)");
    }

    @Test
    void replicasThatAreTooManyAreRemoved() {
        assertThat(start(
                        Shop.fleet("w-1").toSpec(),
                        ObservedFixture.from(Shop.fleet("w-1", "w-2", "w-3").toSpec())))
                .isEqualTo("""
                        remove container claude-fleet-shop-c0ffee00-w-2 (the pom no longer has it)
                        remove container claude-fleet-shop-c0ffee00-w-3 (the pom no longer has it)""");
    }

    @Test
    void replicasThatAreTooFewAreMadeAndTheOthersLeft() {
        assertThat(start(
                        Shop.fleet("w-1", "w-2", "w-3").toSpec(),
                        ObservedFixture.from(Shop.fleet("w-1").toSpec())))
                .isEqualTo("""
                        create container claude-fleet-shop-c0ffee00-w-2 (there is none yet)
                        create container claude-fleet-shop-c0ffee00-w-3 (there is none yet)""");
    }

    // ---- containers that are not running

    @Test
    void aContainerThatWasNeverStartedIsMadeAnew() {
        assertThat(inState(ContainerState.CREATED, null))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (it was made but never started)");
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "RESTARTING", "REMOVING", "DEAD", "UNKNOWN"})
    void aContainerInAnotherStateThanRunningIsMadeAnew(ContainerState state) {
        assertThat(inState(state, null))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (it is "
                        + state.name().toLowerCase(Locale.ROOT) + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137})
    void anIdleAgentThatEndedIsMadeAnew(int exitCode) {
        FleetSpec spec = Shop.fleet("tester").toSpec();

        assertThat(start(
                        spec,
                        ObservedFixture.with(ObservedFixture.from(spec), TESTER, ContainerState.EXITED, exitCode)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (it ended with exit status " + exitCode
                        + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137})
    void anAgentThatGotItsPromptIsNotGivenItTwice(int exitCode) {
        assertThat(inState(ContainerState.EXITED, exitCode)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {77, 78, 127})
    void anAgentThatEndedBeforeItGotItsPromptIsMadeAnew(int exitCode) {
        assertThat(inState(ContainerState.EXITED, exitCode))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (it ended with exit status " + exitCode
                        + ")");
    }

    @Test
    void anAgentThatIsThroughWithItsPromptGetsANewOne() {
        FleetSpec other = fleetOf(tester().prompt("Other")).toSpec();

        assertThat(start(
                        other,
                        ObservedFixture.with(ObservedFixture.from(base().toSpec()), TESTER, ContainerState.EXITED, 0)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-tester (prompt changed)");
    }

    @Test
    void anAuthContainerThatEndedIsMadeAnew() {
        FleetSpec spec = base().toSpec();
        String auth = "claude-fleet-shop-c0ffee00-auth";

        assertThat(start(spec, ObservedFixture.with(ObservedFixture.from(spec), auth, ContainerState.EXITED, 0)))
                .isEqualTo("replace container claude-fleet-shop-c0ffee00-auth (it ended with exit status 0)");
    }

    // ---- stop

    @Test
    void stoppingRemovesContainersFirstAndThenWhatTheyStoodOn() {
        Plan plan = planner.stop(
                ObservedFixture.from(Shop.fleet("reviewer", "tester").toSpec()));

        assertThat(plan.asText()).isEqualTo("""
                remove container claude-fleet-shop-c0ffee00-auth (the fleet is being stopped)
                remove container claude-fleet-shop-c0ffee00-reviewer (the fleet is being stopped)
                remove container claude-fleet-shop-c0ffee00-tester (the fleet is being stopped)
                remove network claude-fleet-shop-c0ffee00 (the fleet is being stopped)
                remove volume claude-fleet-shop-c0ffee00-kit-1000-1000 (the fleet is being stopped)""");
        assertThat(plan.stages()).hasSize(2);
    }

    @Test
    void whatACrashLeftOverIsRemovedWithoutContainers() {
        ObservedFleet left = new ObservedFleet(
                List.of(), List.of(new NetworkObservation("n", "claude-fleet-shop-c0ffee00", Map.of())), List.of());

        assertThat(planner.stop(left).asText())
                .isEqualTo("remove network claude-fleet-shop-c0ffee00 (the fleet is being stopped)");
    }

    @Test
    void stoppingNothingIsNothingToDo() {
        assertThat(planner.stop(ObservedFleet.NOTHING).isEmpty()).isTrue();
    }

    // ---- deterministic order

    @ParameterizedTest
    @CsvSource({"A B C, C B A", "B C A, A C B"})
    void theOrderInWhichVariablesAreWrittenDoesNotMatter(String order, String other) {
        FleetSpec spec = base().environment(inOrder(order)).toSpec();
        FleetSpec reordered = base().environment(inOrder(other)).toSpec();

        assertThat(start(reordered, ObservedFixture.from(spec))).isEmpty();
        assertThat(startPlan(spec, ObservedFleet.NOTHING)).isEqualTo(startPlan(reordered, ObservedFleet.NOTHING));
    }

    @Test
    void twoRunsPlanTheSame() {
        ObservedFleet observed = ObservedFixture.from(base().toSpec());

        assertThat(start(changed().toSpec(), observed))
                .isNotEmpty()
                .isEqualTo(new PlannerTest().start(changed().toSpec(), observed));
    }

    private static FleetBuilder base() {
        return fleetOf(tester());
    }

    private static FleetBuilder changed() {
        return base().environment(Map.of("B", "2", "A", "1")).agent(Shop.agent("idle"));
    }

    private static AgentBuilder tester() {
        return Shop.agent("tester").prompt("Test");
    }

    private static FleetBuilder fleetOf(AgentBuilder agent) {
        return Shop.fleet().agent(agent);
    }

    private static ClaudeOptions options(String model, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        Optional.ofNullable(model).ifPresent(name -> all.addAll(List.of("--model", name)));
        return new ClaudeOptions(
                "bypassPermissions", all, Optional.empty(), Optional.empty(), false, ClaudeContext.DEFAULT);
    }

    private static ClaudeOptions settings(String json) {
        return new ClaudeOptions(
                "bypassPermissions", List.of(), Optional.empty(), Optional.of(json), false, ClaudeContext.DEFAULT);
    }

    private static ClaudeOptions servers(String json) {
        return new ClaudeOptions(
                "bypassPermissions", List.of(), Optional.of(json), Optional.empty(), false, ClaudeContext.DEFAULT);
    }

    private static ClaudeOptions skill(String name) {
        List<String> instructions = ClaudeContext.DEFAULT.instructions();
        ClaudeContext context =
                new ClaudeContext(instructions, Optional.empty(), List.of(), List.of(Path.of("/skills", name)));
        return new ClaudeOptions("bypassPermissions", List.of(), Optional.empty(), Optional.empty(), false, context);
    }

    private static Map<String, String> inOrder(String names) {
        Map<String, String> variables = new LinkedHashMap<>();
        Stream.of(names.split(" ")).forEach(name -> variables.put(name, "value of " + name));
        return variables;
    }

    private String inState(ContainerState state, Integer exitCode) {
        FleetSpec spec = base().toSpec();
        return start(spec, ObservedFixture.with(ObservedFixture.from(spec), TESTER, state, exitCode));
    }

    private String start(FleetSpec spec, ObservedFleet observed) {
        return startPlan(spec, observed).asText();
    }

    private Plan startPlan(FleetSpec spec, ObservedFleet observed) {
        ImageTarget target = ObservedFixture.target(spec);
        return planner.auth(ResolvedFixture.of(spec, target, ObservedFixture.IMAGE, observed))
                .then(planner.agents(ResolvedFixture.of(spec, target, ObservedFixture.IMAGE, observed)));
    }
}
