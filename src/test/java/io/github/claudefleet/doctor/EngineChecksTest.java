package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineChecksTest {

    /** An engine's memory is hardly ever a round number. */
    private static final long FOUR_GIGABYTES_AND_A_BIT = (4L << 30) + 4711;

    @Test
    void anEngineThatAnswersPasses() {
        assertThat(checks("tester").engine().text())
                .isEqualTo("pass  engine: 20.10 (API 1.41) at unix:///var/run/docker.sock");
    }

    @Test
    void aRootlessEngineThatKeepsThePersonsUserPasses() {
        assertThat(new EngineChecks(Shop.fleet("a").toSpec(), of(UserMapping.KEPT))
                        .engine()
                        .text())
                .isEqualTo(
                        "pass  engine: 4.3.1 (API 1.41) at unix:///run/user/1000/podman.sock, rootless, with your own"
                                + " user kept");
    }

    @Test
    void anEngineThatTakesTheUserForAnotherFailsALoginDirectoryAndIsWarnedOfElsewhere() {
        FleetBuilder fleet = Shop.fleet(new ContainerUser(1000, 1000), "a");

        assertThat(new EngineChecks(fleet.toSpec(), of(UserMapping.ROOTLESS))
                        .engine()
                        .text())
                .isEqualTo("FAIL  engine: 4.3.1 (API 1.41) at unix:///run/user/1000/podman.sock, rootless: the"
                        + " containers' user 1000:1000 is another user on this machine than you, to whom the login"
                        + " directory is closed -> use rootless Podman, which keeps your user, or an engine that root"
                        + " runs (docs/engines.md)");
        Finding withToken = new EngineChecks(
                        fleet.credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                                .toSpec(),
                        of(UserMapping.REMAPPED))
                .engine();
        assertThat(withToken.outcome()).isEqualTo(Finding.Outcome.WARN);
        assertThat(withToken.detail()).contains("set up with userns-remap", "no workspace that is closed to others");
    }

    @Test
    void aRuntimeIsThereOrNotAndTheDefaultIsNotMentioned() {
        EngineInfo info = new EngineInfo(
                "fake:///",
                "26",
                "1.44",
                2,
                8L << 30,
                Optional.empty(),
                UserMapping.SAME,
                Set.of("runc", "kata"),
                false,
                EngineCapability.ALL);

        assertThat(runtime("kata", info)).contains(Finding.pass("runtime", "kata"));
        assertThat(runtime("runsc", info).orElseThrow().text())
                .isEqualTo("FAIL  runtime: the engine has no runsc, but kata, runc -> register it in the engine's"
                        + " daemon.json, or leave hardening.runtime out");
        assertThat(runtime("io.containerd.runsc.v1", info)).contains(Finding.pass("runtime", "io.containerd.runsc.v1"));
        assertThat(new EngineChecks(Shop.fleet("a").toSpec(), info).runtime()).isEmpty();
    }

    private static Optional<Finding> runtime(String name, EngineInfo info) {
        Hardening hardening = new Hardening(List.of("ALL"), List.of(), true, true, true, List.of(), Optional.of(name));
        return new EngineChecks(Shop.fleet("a").hardening(hardening).toSpec(), info).runtime();
    }

    private static EngineInfo of(UserMapping users) {
        return new EngineInfo(
                "unix:///run/user/1000/podman.sock",
                "4.3.1",
                "1.41",
                2,
                8L << 30,
                Optional.empty(),
                users,
                Set.of(),
                true,
                EngineCapability.ALL);
    }

    @Test
    void anImageIsThereOrAuthMakesIt() {
        ImageObservation image = new ImageObservation("sha256:1", Map.of());

        assertThat(checks().image("acme/agent:1", Optional.of(image))).isEqualTo(Finding.pass("image", "acme/agent:1"));
        assertThat(checks().image("acme/agent:1", Optional.empty()).text())
                .isEqualTo("warn  image: acme/agent:1 is not on the engine yet -> mvn claude-fleet:auth");
    }

    @Test
    void agentsThatFitPass() {
        assertThat(checks("a", "b").memory().text())
                .isEqualTo("pass  memory: 2 agents with 4g in all, the engine has 4g");
        assertThat(checks().memory().outcome()).isEqualTo(Finding.Outcome.PASS);
    }

    @Test
    void agentsThatMayTakeMoreThanThereIsAreWarnedOf() {
        assertThat(checks("a", "b", "c").memory().text())
                .isEqualTo("warn  memory: 3 agents with 6g in all, the engine has 4g"
                        + " -> start fewer agents, or give each less with memory");
    }

    @Test
    void anEngineThatDoesNotTellItsMemoryIsNotTakenForASmallOne() {
        EngineInfo silent = new EngineInfo("fake:///", "20.10", "1.41", 2, 0);

        assertThat(new EngineChecks(Shop.fleet("a").toSpec(), silent).memory().outcome())
                .isEqualTo(Finding.Outcome.PASS);
    }

    @Test
    void aFleetThatRunsOrIsNotThereLeavesNothing() {
        ObservedFleet running =
                new DoctorFixture().auth().agent("done", ContainerState.EXITED).observed();

        assertThat(checks().leftovers(running)).isEqualTo(Finding.pass("leftovers", "none of fleet shop"));
        assertThat(checks().leftovers(ObservedFleet.NOTHING))
                .isEqualTo(Finding.pass("leftovers", "none of fleet shop"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "DEAD"})
    void containersThatNeverRanAreLeftOver(ContainerState state) {
        ObservedFleet observed =
                new DoctorFixture().auth().agent("tester", state).observed();

        assertThat(checks().leftovers(observed).text())
                .isEqualTo("warn  leftovers: claude-fleet-shop-c0ffee00-tester never ran -> mvn claude-fleet:stop");
    }

    @Test
    void aVolumeWithoutContainersIsLeftOver() {
        ObservedFleet observed = new ObservedFleet(List.of(), List.of(), List.of("claude-fleet-shop-c0ffee00-kit"));

        assertThat(checks().leftovers(observed).text())
                .isEqualTo("warn  leftovers: a network or volume without containers -> mvn claude-fleet:stop");
    }

    private static EngineChecks checks(String... agents) {
        EngineInfo info = new EngineInfo("unix:///var/run/docker.sock", "20.10", "1.41", 2, FOUR_GIGABYTES_AND_A_BIT);
        return new EngineChecks(Shop.fleet(agents).toSpec(), info);
    }
}
