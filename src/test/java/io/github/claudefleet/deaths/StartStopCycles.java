package io.github.claudefleet.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.faults.FakeCliImage;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetListeners;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.it.NonInteractiveTerminal;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts and stops four agents repeatedly in one JVM, on their own network, each time over a new connection, like a
 * daemon. Checks that nothing grows. The CLI is a fake one that answers at once. {@code bin/test --ci} runs twenty
 * cycles, {@code --all} thirty, {@code --matrix} two hundred.
 */
class StartStopCycles {

    private static final int CYCLES = cycles();
    private static final int SHOWN = 10;

    private static int cycles() {
        if (Boolean.getBoolean("matrix.all")) {
            return 200;
        }
        return System.getProperty("it.part", "").isEmpty() ? 30 : 20;
    }

    @TempDir
    Path folder;

    /** Values that could grow, measured after a cycle. */
    private record Sample(long threads, long descriptors, long heap, long networks, long orphans) {

        static Sample take(ContainerEngine engine, LabelSelector ours) throws IOException {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return new Sample(
                    Thread.getAllStackTraces().size(),
                    entries("/proc/self/fd"),
                    runtime.totalMemory() - runtime.freeMemory(),
                    engine.networks().list(ours).size(),
                    linesOnNoBridge());
        }

        /** Returns the number of veth interfaces without a bridge. Containers of other tests come and go meanwhile. */
        private static long linesOnNoBridge() throws IOException {
            try (Stream<Path> all = Files.list(Path.of("/sys/class/net"))) {
                return all.filter(line -> line.getFileName().toString().startsWith("veth"))
                        .filter(line -> Files.notExists(line.resolve("master")))
                        .count();
            }
        }

        private static long entries(String directory) throws IOException {
            try (Stream<Path> all = Files.list(Path.of(directory))) {
                return all.count();
            }
        }

        String text(int cycle) {
            return "cycle %3d: %3d threads, %3d descriptors, %5.1f MiB of heap, %d networks, %d veths on no bridge"
                    .formatted(cycle, threads, descriptors, heap / (double) (1 << 20), networks, orphans);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingGrows() throws Exception {
        List<Sample> samples = new ArrayList<>();
        Path context = Files.createDirectory(folder.resolve("image"));
        try (FakeCliImage image = FakeCliImage.build(context);
                ContainerEngine looking = connect()) {
            FleetSpec spec = spec(image.tag());
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                cycle(spec);
                samples.add(Sample.take(looking, LabelSelector.of(spec.id())));
            }
        }
        show(samples);
        List<Sample> first = samples.subList(0, SHOWN);
        List<Sample> last = samples.subList(samples.size() - SHOWN, samples.size());
        // Compares minimums: temporary objects raise a value only at times, but a leak raises its minimum.
        assertThat(least(last, Sample::threads)).isLessThanOrEqualTo(least(first, Sample::threads) + 1);
        assertThat(least(last, Sample::descriptors)).isLessThanOrEqualTo(least(first, Sample::descriptors) + 2);
        assertThat(least(last, Sample::heap)).isLessThan(least(first, Sample::heap) * 5 / 4 + (4 << 20));
        assertThat(most(last, Sample::networks)).isZero();
        assertThat(least(last, Sample::orphans)).isLessThanOrEqualTo(least(first, Sample::orphans));
    }

    private void cycle(FleetSpec spec) throws InterruptedException {
        try (ContainerEngine engine = connect()) {
            assertThat(fleet(engine).start(spec)).hasSize(4);
        }
        try (ContainerEngine engine = connect()) {
            fleet(engine).stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), folder.resolve("results"));
            assertThat(engine.containers().list(LabelSelector.of(spec.id()))).isEmpty();
            assertThat(engine.networks().list(LabelSelector.of(spec.id()))).isEmpty();
            assertThat(engine.volumes().list(LabelSelector.of(spec.id()))).isEmpty();
        }
    }

    private ContainerEngine connect() {
        return DockerEngines.connect(Optional.empty(), System.getenv(), HomeDirectory.at(folder));
    }

    private Fleet fleet(ContainerEngine engine) {
        LoginContext loginContext = new LoginContext(
                new NonInteractiveTerminal(), InstantSource.system(), pause -> Thread.sleep(pause.toMillis()));
        return new Fleet(engine, loginContext, new FleetListeners() {}, HomeDirectory.at(folder));
    }

    private FleetSpec spec(String image) throws IOException {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxrwxrwx"));
        FleetBuilder fleet = Shop.fleet(HostUser.containerUser());
        for (int agent = 1; agent <= 4; agent++) {
            fleet.agent(Shop.agent("agent-" + agent, workspace));
        }
        String name = "cycles-" + ProcessHandle.current().pid();
        return fleet.image(new ImageSpec.Named(image, PullPolicy.NEVER))
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .timeouts(new FleetTimeouts(4, Duration.ofMinutes(1), Duration.ofSeconds(10)))
                .toSpec()
                .withId(Shop.idOf(name));
    }

    private static void show(List<Sample> samples) {
        for (int cycle = 0; cycle < samples.size(); cycle++) {
            if (cycle < SHOWN || cycle >= samples.size() - SHOWN) {
                System.out.println(samples.get(cycle).text(cycle + 1));
            }
        }
    }

    private static long most(List<Sample> samples, ToLongFunction<Sample> figure) {
        return samples.stream().mapToLong(figure).max().orElseThrow();
    }

    private static long least(List<Sample> samples, ToLongFunction<Sample> figure) {
        return samples.stream().mapToLong(figure).min().orElseThrow();
    }
}
