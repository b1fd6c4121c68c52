package io.github.claudefleet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.Demand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupplyTest {

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
        Supply supply = supply("unix:///var/run/docker.sock", MEMORY, folder);

        assertThat(supply.memory()).isEqualTo(MEMORY);
        assertThat(supply.freeMemory()).hasValue(20_000_000L << 10);
        assertThat(supply.tasks()).hasValue(32_768);
        assertThat(supply.freeTasks()).hasValue(32_768 - 171);
        assertThat(supply.engineDirectory()).contains(folder);
        assertThat(supply.free().get(folder)).isCloseTo(HostFiles.freeBytes(folder), SOMEBODY_ELSE_WRITES);
    }

    @Test
    void anotherMachineOrAVirtualOneHasMemoryOfItsOwn() {
        for (Supply supply : List.of(
                supply("tcp://10.0.0.7:2376", MEMORY, folder), supply("unix:///run/vm.sock", 8L << 30, folder))) {
            assertThat(supply.freeMemory()).isEmpty();
            assertThat(supply.tasks()).isEmpty();
            assertThat(supply.freeTasks()).isEmpty();
            assertThat(supply.engineDirectory()).isEmpty();
        }
    }

    @Test
    void aDirectoryOfTheEnginesThatIsNotSeenFromHereIsNotLookedAt() {
        assertThat(supply("unix:///var/run/docker.sock", MEMORY, folder.resolve("not-here"))
                        .engineDirectory())
                .isEmpty();
    }

    @Test
    void placesThatHaveToBeMadeYetHaveTheRoomOfWhatTheyAreIn() {
        Path root = folder.resolve("a/b/c");
        Demand demand = new Demand(List.of(), List.of(), List.of(root), false);

        assertThat(Supply.of(engine, machine(), demand).free().get(root))
                .isCloseTo(HostFiles.freeBytes(folder), SOMEBODY_ELSE_WRITES);
    }

    @Test
    void networksThatAreThereAreLookedAt() {
        engine.network("corp", Map.of()).strangersOn("corp", 970);
        Demand demand = new Demand(List.of(), List.of("corp", "corp", "new"), List.of(), false);

        assertThat(Supply.of(engine, machine(), demand).networks())
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

    private Supply supply(String address, long memory, Path directory) {
        engine.info(new EngineInfo(
                address, "20.10", "1.41", 2, memory, Optional.of(directory.toString()), UserMapping.SAME));
        return Supply.of(engine, machine(), new Demand(List.of(), List.of(), List.of(), false));
    }

    private Machine machine() {
        return new Machine(folder.resolve("proc"));
    }
}
