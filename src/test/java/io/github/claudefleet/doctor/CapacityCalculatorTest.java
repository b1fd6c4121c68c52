package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.plan.ResourceDemand.Newcomer;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits.Least;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityCalculatorTest {

    private static final long GIB = 1L << 30;
    private static final Newcomer AUTH = new Newcomer(Role.AUTH, new Least(new MemorySize(GIB / 2), 64));
    private static final Path DOCKER = Path.of("/var/lib/docker");
    private static final Path ROOT = Path.of("/home/ann/.claude-fleet/workspaces");
    private static final String NET = "claude-fleet-shop-c0ffee00";

    @Test
    void memoryIsCountedAndRefusedWithTheArithmetic() {
        CapacityCheck memory = capacityCheck("room in memory", demand(40, 2 * GIB, 512), here(213 * GIB / 10, 32_000));

        assertThat(memory.refusal(false)).hasValueSatisfying(refusal -> {
            assertThat(refusal)
                    .hasMessage("agents can't be had: 40 agents with 2 GiB each and the auth container (512 MiB) need"
                            + " 80.5 GiB, and 21.3 GiB of 23.5 GiB are free on the engine's machine");
            assertThat(refusal.suggestion())
                    .isEqualTo("Give agents less (memory), have fewer (replicas), or make it all the same with"
                            + " -Dclaude-fleet.overcommit=true.");
        });
        assertThat(memory.refusal(true)).isEmpty();
        assertThat(memory.finding(false).outcome()).isEqualTo(Finding.Outcome.FAIL);
        assertThat(memory.finding(true).outcome()).isEqualTo(Finding.Outcome.WARN);
    }

    @Test
    void memoryToTheLastByteIsEnough() {
        assertThat(capacityCheck("room in memory", demand(2, GIB, 64), here(2 * GIB + GIB / 2, 999)))
                .satisfies(memory -> assertThat(memory.fits()).isTrue())
                .satisfies(memory -> assertThat(memory.refusal(false)).isEmpty());
        assertThat(capacityCheck("room in memory", demand(2, GIB, 64), here(2 * GIB + GIB / 2 - 1, 999))
                        .fits())
                .isFalse();
    }

    @Test
    void ofAnEngineElsewhereAllMemoryCountsAndTheRestIsNotSeen() {
        List<CapacityCheck> capacityChecks = capacityChecks(demand(60, GIB / 2, 64), elsewhere(8 * GIB));

        assertThat(capacityChecks)
                .extracting(CapacityCheck::check)
                .containsExactly("room in memory", "room on the network");
        assertThat(capacityChecks.get(0).sum())
                .isEqualTo("60 agents with 512 MiB each and the auth container (512 MiB) need 30.5 GiB, and the engine"
                        + " has 8 GiB");
        assertThat(capacityChecks.get(0).fits()).isFalse();
    }

    @Test
    void anEngineThatDoesNotTellItsMemoryIsNotTakenForASmallOne() {
        assertThat(capacityChecks(demand(60, GIB, 64), elsewhere(0)))
                .extracting(CapacityCheck::check)
                .containsExactly("room on the network");
    }

    @Test
    void agentsOfSeveralSizesAreSaidSizeBySize() {
        List<Newcomer> all = new ArrayList<>(agents(1, 4 * GIB, 64));
        all.addAll(agents(3, GIB, 64));

        assertThat(capacityCheck(
                                "room in memory",
                                new ResourceDemand(all, List.of(), List.of(), false),
                                here(8 * GIB, 999))
                        .sum())
                .startsWith("3 agents with 1 GiB each and 1 agent with 4 GiB need 7 GiB, and 8 GiB of");
    }

    @Test
    void oneThingNeeds() {
        ResourceDemand login = new ResourceDemand(List.of(AUTH), List.of(NET), List.of(), false);

        assertThat(capacityChecks(login, here(8 * GIB, 999)))
                .extracting(CapacityCheck::sum)
                .containsExactly(
                        "the auth container (512 MiB) needs 512 MiB, and 8 GiB of 23.5 GiB are free on the engine's"
                                + " machine",
                        "the auth container (64 processes) needs 64, and 999 of 32768 are free on the engine's machine",
                        "1 container (64 MiB each at least) needs 64 MiB, and 20 GiB are free in /var/lib/docker",
                        "1 container joins 0 on network claude-fleet-shop-c0ffee00, and a bridge takes 1000");
    }

    @ParameterizedTest
    @CsvSource({"AUTH, the auth container", "GATEWAY, the gateway", "CHECK, the check container"})
    void eachContainerMayBeTheOnlyOne(Role role, String name) {
        Newcomer one = new Newcomer(role, new Least(new MemorySize(GIB / 2), 64));
        ResourceDemand demand = new ResourceDemand(List.of(one), List.of(), List.of(), false);

        assertThat(capacityCheck("room in memory", demand, here(8 * GIB, 999)).sum())
                .startsWith(name + " (512 MiB) needs 512 MiB, and");
    }

    @Test
    void processesAreCounted() {
        CapacityCheck processes =
                capacityCheck("room for processes", demand(100, GIB / 8, 512), here(64 * GIB, 32_000));

        assertThat(processes.refusal(false))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .hasMessage("agents can't be had: 100 agents with 512 processes each and the auth container"
                                + " (64 processes) need 51264, and 32000 of 32768 are free on the engine's machine"));
        assertThat(processes.refusal(true)).isEmpty();
        assertThat(capacityCheck("room for processes", demand(100, GIB / 8, 64), here(64 * GIB, 32_000))
                        .fits())
                .isTrue();
    }

    @Test
    void theImageAndTheContainersHaveToFitOnTheDisk() {
        ResourceDemand demand = new ResourceDemand(List.of(AUTH), List.of(), List.of(), true);
        AvailableResources available = available(OptionalLong.of(8 * GIB), 999, Map.of(DOCKER, 2 * GIB), Map.of());

        assertThat(capacityCheck("room on the engine's disk", demand, available).refusal(false))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .hasMessage("agents can't be had: 1 container (64 MiB each at least) and the image (2 GiB) need"
                                + " 2.1 GiB, and 2 GiB are free in /var/lib/docker"));
    }

    @Test
    void workspacesHaveToFitWhereTheyAreMade() {
        ResourceDemand demand = new ResourceDemand(agents(3, GIB, 64), List.of(), List.of(ROOT, ROOT, ROOT), false);
        AvailableResources available =
                available(OptionalLong.of(8 * GIB), 999, Map.of(DOCKER, GIB, ROOT, GIB / 8), Map.of());

        assertThat(capacityCheck("room for workspaces", demand, available).refusal(false))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .hasMessage("workspace.root can't be had: 3 workspaces (64 MiB each at least) need 192 MiB, and"
                                + " 128 MiB are free in " + ROOT));
        assertThat(capacityCheck("room on the engine's disk", demand, available).fits())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"979, bridge, true", "980, bridge, false", "4000, overlay, true", "4000, host, true"})
    void aBridgeTakesAThousandWhateverIsOvercommitted(int there, String driver, boolean fits) {
        AvailableResources available = available(
                OptionalLong.of(64 * GIB), 9999, Map.of(DOCKER, 64 * GIB), Map.of(NET, new NetworkUse(driver, there)));

        CapacityCheck network = capacityCheck("room on the network", demand(20, GIB, 64), available);

        assertThat(network.fits()).isEqualTo(fits);
        assertThat(network.refusal(true).isPresent()).isEqualTo(!fits);
        network.refusal(true).ifPresent(refusal -> {
            assertThat(refusal)
                    .hasMessage(
                            "agents can't be had: 21 containers join 980 on network claude-fleet-shop-c0ffee00, and a bridge"
                                    + " takes 1000");
            assertThat(refusal.suggestion()).doesNotContain("overcommit");
        });
    }

    @Test
    void nothingToMakeNeedsNoRoom() {
        ResourceDemand nothing = new ResourceDemand(List.of(), List.of(), List.of(), false);

        assertThat(capacityChecks(nothing, here(0, 0))).isEmpty();
    }

    private static List<CapacityCheck> capacityChecks(ResourceDemand demand, AvailableResources available) {
        return new CapacityCalculator(demand, available).capacityChecks();
    }

    private static CapacityCheck capacityCheck(String check, ResourceDemand demand, AvailableResources available) {
        return capacityChecks(demand, available).stream()
                .filter(capacityCheck -> capacityCheck.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static ResourceDemand demand(int agents, long memory, int pids) {
        List<Newcomer> all = new ArrayList<>(List.of(AUTH));
        all.addAll(agents(agents, memory, pids));
        return new ResourceDemand(all, Collections.nCopies(agents + 1, NET), List.of(), false);
    }

    private static List<Newcomer> agents(int number, long memory, int pids) {
        return Collections.nCopies(number, new Newcomer(Role.AGENT, new Least(new MemorySize(memory), pids)));
    }

    private static AvailableResources here(long freeMemory, long freeTasks) {
        return available(OptionalLong.of(freeMemory), freeTasks, Map.of(DOCKER, 20 * GIB), Map.of());
    }

    private static AvailableResources available(
            OptionalLong freeMemory, long freeTasks, Map<Path, Long> free, Map<String, NetworkUse> networks) {
        return new AvailableResources(
                47 * GIB / 2,
                freeMemory,
                OptionalLong.of(32_768),
                OptionalLong.of(freeTasks),
                Optional.of(DOCKER),
                new TreeMap<>(free),
                networks);
    }

    private static AvailableResources elsewhere(long memory) {
        return new AvailableResources(
                memory,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                new TreeMap<>(),
                Map.of());
    }
}
