package io.github.claudefleet.faults;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.it.NonInteractiveTerminal;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fleet of one agent whose engine's calls can fail. It is started and stopped as by the goals. */
final class FaultyFleet implements AutoCloseable {

    /** Timeout of an engine's call: enough on a busy machine, and short enough to wait for a call that stalls. */
    static final Duration ENGINE_TIMEOUT = Duration.ofSeconds(5);

    private final FaultProxy proxy;
    private final FleetSpec spec;
    private final Path folder;

    private FaultyFleet(FaultProxy proxy, FleetSpec spec, Path folder) {
        this.proxy = proxy;
        this.spec = spec;
        this.folder = folder;
    }

    /** @param image image with a fake CLI */
    static FaultyFleet of(String fleet, String image, String engine, Path folder) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve(fleet).resolve("workspace"));
        Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxrwxrwx"));
        return new FaultyFleet(FaultProxy.before(engine), spec(fleet, image, workspace), folder.resolve(fleet));
    }

    FaultProxy proxy() {
        return proxy;
    }

    FleetName fleet() {
        return spec.name();
    }

    void start() throws InterruptedException {
        ask(fleet -> fleet.start(spec));
    }

    /** Creates the resources of a start directly on the engine, which is faster than a start. */
    void pretend(ContainerEngine engine) {
        Map<String, String> ours = spec.id().labels();
        String name = new ResourceNames(spec.id()).network();
        engine.networks().create(new NetworkRequest(name, ours));
        engine.volumes().create(VolumeRequest.onDisk(name + "-kit", ours));
        engine.volumes().create(VolumeRequest.onDisk(name + "-secrets", ours));
        for (String role : List.of("auth", "agent")) {
            TreeMap<String, String> labels = new TreeMap<>(ours);
            labels.put(Labels.ROLE, role);
            engine.containers().start(engine.containers().create(container(name, role, labels)));
        }
    }

    private ContainerRequest container(String name, String role, TreeMap<String, String> labels) {
        return new ContainerRequest(
                name + "-" + role,
                ((ImageSpec.Named) spec.image()).name(),
                spec.user(),
                List.of("sh", "-c", "trap 'exit 0' TERM; sleep 300 & wait"),
                new TreeMap<>(),
                labels,
                List.of(
                        new Mount.Volume(name + "-kit", "/kit", false),
                        new Mount.Volume(name + "-secrets", "/secrets", false)),
                "/tmp",
                new NetworkAttachment(name),
                ResourceLimits.DEFAULT,
                spec.containers().hardening(),
                Lifecycle.ONCE);
    }

    void stop() throws InterruptedException {
        ask(fleet ->
                fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), folder.resolve("results")));
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }

    private interface Wish {
        void of(Fleet fleet) throws InterruptedException;
    }

    private void ask(Wish selector) throws InterruptedException {
        try (ContainerEngine engine = DockerEngines.connect(
                Optional.of(proxy.address()), Map.of(), HomeDirectory.at(folder), ENGINE_TIMEOUT, warning -> {})) {
            LoginContext loginContext = new LoginContext(
                    new NonInteractiveTerminal(), InstantSource.system(), pause -> Thread.sleep(pause.toMillis()));
            selector.of(new Fleet(
                    engine, loginContext, new ConsoleListeners(new RecordedLines()), HomeDirectory.at(folder)));
        }
    }

    private static FleetSpec spec(String fleet, String image, Path workspace) {
        FleetSpec sample = Shop.fleet(HostUser.containerUser())
                .agent(Shop.agent("tester", workspace))
                .image(new ImageSpec.Named(image, PullPolicy.NEVER))
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .timeouts(new FleetTimeouts(4, Duration.ofSeconds(45), Duration.ofSeconds(2)))
                .toSpec();
        return sample.withId(Shop.idOf(fleet));
    }
}
