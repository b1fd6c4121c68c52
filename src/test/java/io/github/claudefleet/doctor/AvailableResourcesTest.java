package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.ResourceDemand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableResourcesTest {

    private static final long MEMORY = 24_684_092L << 10;
    private static final Offset<Long> SOMEBODY_ELSE_WRITES = Offset.offset(1L << 30);

    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine();

    @BeforeEach
    void pretend() throws IOException {
        Path kernel = Files.createDirectories(folder.resolve("proc/sys/kernel"));
        Files.writeString(folder.resolve("proc/meminfo"), """
                MemTotal:       24684092 kB
                MemFree:         1000000 kB
                MemAvailable:   20000000 kB
                """);
        Files.writeString(folder.resolve("proc/loadavg"), "0.25 0.30 0.21 5/171 15385\n");
        Files.writeString(kernel.resolve("pid_max"), "32768\n");
        Files.writeString(kernel.resolve("threads-max"), "192730\n");
    }

    @Test
    void ofAnEngineOnThisMachineItIsSeenWhatIsFree() {
        AvailableResources available = available("unix:///var/run/docker.sock", MEMORY, folder);

        assertThat(available.memory()).isEqualTo(MEMORY);
        assertThat(available.freeMemory()).hasValue(20_000_000L << 10);
        assertThat(available.tasks()).hasValue(32_768);
        assertThat(available.freeTasks()).hasValue(32_768 - 171);
        assertThat(available.engineDirectory()).contains(folder);
        assertThat(available.free().get(folder)).isCloseTo(HostFiles.freeBytes(folder), SOMEBODY_ELSE_WRITES);
    }

    @Test
    void anotherMachineOrAVirtualOneHasMemoryOfItsOwn() {
        for (AvailableResources available : List.of(
                available("tcp://10.0.0.7:2376", MEMORY, folder), available("unix:///run/vm.sock", 8L << 30, folder))) {
            assertThat(available.freeMemory()).isEmpty();
            assertThat(available.tasks()).isEmpty();
            assertThat(available.freeTasks()).isEmpty();
            assertThat(available.engineDirectory()).isEmpty();
        }
    }

    @Test
    void aDirectoryOfTheEnginesThatIsNotSeenFromHereIsNotLookedAt() {
        assertThat(available("unix:///var/run/docker.sock", MEMORY, folder.resolve("not-here"))
                        .engineDirectory())
                .isEmpty();
    }

    @Test
    void placesThatHaveToBeMadeYetHaveTheRoomOfWhatTheyAreIn() {
        Path root = folder.resolve("a/b/c");
        ResourceDemand demand = new ResourceDemand(List.of(), List.of(), List.of(root), false);

        assertThat(AvailableResources.of(engine, machine(), demand).free().get(root))
                .isCloseTo(HostFiles.freeBytes(folder), SOMEBODY_ELSE_WRITES);
    }

    @Test
    void networksThatAreThereAreLookedAt() {
        engine.network("corp", Map.of()).strangersOn("corp", 970);
        ResourceDemand demand = new ResourceDemand(List.of(), List.of("corp", "corp", "new"), List.of(), false);

        assertThat(AvailableResources.of(engine, machine(), demand).networks())
                .containsExactly(Map.entry("corp", new NetworkUse("bridge", 970)));
    }

    @Test
    void whereNothingCanBeReadNothingIsKnown() {
        Machine elsewhere = new Machine(folder.resolve("no-proc"));

        assertThat(elsewhere.memory()).isEmpty();
        assertThat(elsewhere.freeMemory()).isEmpty();
        assertThat(elsewhere.tasks()).isEmpty();
        assertThat(elsewhere.freeTasks()).isEqualTo(OptionalLong.empty());
    }

    private AvailableResources available(String address, long memory, Path directory) {
        engine.info(new EngineInfo(
                address,
                "20.10",
                "1.41",
                2,
                memory,
                Optional.of(directory.toString()),
                UserMapping.SAME,
                Set.of(),
                false,
                EngineCapability.ALL));
        return AvailableResources.of(engine, machine(), new ResourceDemand(List.of(), List.of(), List.of(), false));
    }

    private Machine machine() {
        return new Machine(folder.resolve("proc"));
    }
}
