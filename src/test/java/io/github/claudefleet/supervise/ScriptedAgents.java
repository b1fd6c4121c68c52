package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.results.ReportFixture;
import io.github.claudefleet.runtime.Kit;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.task.FleetReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Agents on the real engine, each with a prompt and with a shell script in place of the CLI. Closing it removes them.
 */
public final class ScriptedAgents implements AutoCloseable {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final String LABEL = "io.github.claudefleet.test.follow";

    private final ContainerEngine engine;
    private final Map<String, String> scripts;
    private final FleetSpec spec;
    private final String run = UUID.randomUUID().toString();
    private final String volume = "claude-fleet-test-follow-" + run;

    /** @param scripts script in place of the CLI, by the agent's name */
    public ScriptedAgents(Map<String, String> scripts, TaskTimeouts taskTimeouts) {
        this(scripts, taskTimeouts, Optional.empty());
    }

    /** @param address of the engine; empty for the one that all tests share */
    ScriptedAgents(Map<String, String> scripts, TaskTimeouts taskTimeouts, Optional<String> address) {
        this(scripts, Map.of(), taskTimeouts, address);
    }

    /**
     * @param checks check commands, by the agent's name
     * @param address of the engine; empty for the one that all tests share
     */
    ScriptedAgents(
            Map<String, String> scripts,
            Map<String, String> checks,
            TaskTimeouts taskTimeouts,
            Optional<String> address) {
        this.engine = DockerEngines.connect(address, System.getenv(), HostUser.home());
        this.scripts = scripts;
        FleetBuilder fleet = Shop.fleet();
        scripts.keySet().forEach(name -> fleet.agent(agent(name, taskTimeouts, Optional.ofNullable(checks.get(name)))));
        this.spec = fleet.toSpec();
    }

    /** Starts all agents. */
    public void start() {
        engine.volumes().create(VolumeRequest.onDisk(volume, Map.of(LABEL, run)));
        uploadKit();
        scripts.keySet().forEach(name -> engine.containers().start(agent(name)));
    }

    /** Follows all agents until each task is over, and writes results meanwhile, as the goal does. */
    public FleetReport follow(LogSink console, Path results) throws InterruptedException {
        return new FleetSupervisor(
                        engine,
                        spec,
                        new ConsoleListeners(console).supervision(),
                        new AgentWorkSample(),
                        InstantSource.system(),
                        results)
                .await(new ObservedFleet(all(), List.of(), List.of()), ReportFixture.writer(results)::snapshot);
    }

    /** Returns the agents' containers once all have ended, shortly after their tasks; or after a minute. */
    public List<ContainerObservation> awaitEnd() throws InterruptedException {
        for (int tries = 600; tries > 0 && containers().stream().anyMatch(ScriptedAgents::isRunning); tries--) {
            Thread.sleep(100);
        }
        return containers();
    }

    private static boolean isRunning(ContainerObservation container) {
        return container.state() == ContainerState.RUNNING;
    }

    private List<ContainerObservation> containers() {
        return all().stream()
                .filter(container -> container.label(Labels.AGENT).isPresent())
                .toList();
    }

    @Override
    public void close() {
        try (engine) {
            all().forEach(container -> engine.containers().remove(container.id()));
            engine.volumes().list(ours()).forEach(volume -> engine.volumes().remove(volume.name()));
        }
    }

    private List<ContainerObservation> all() {
        return engine.containers().list(ours());
    }

    private LabelSelector ours() {
        return new LabelSelector(LABEL, Optional.of(run));
    }

    private static AgentBuilder agent(String name, TaskTimeouts taskTimeouts, Optional<String> check) {
        AgentBuilder agent =
                Shop.agent(name).prompt(prompt(name)).timeouts(taskTimeouts).retries(0);
        return check.map(agent::check).orElse(agent);
    }

    private static String prompt(String name) {
        return "Behave " + name;
    }

    private void uploadKit() {
        String keeper = engine.containers().create(request("kit", List.of("/bin/sleep", "300"), Map.of(), false));
        engine.containers().start(keeper);
        engine.files().upload(keeper, ContainerPaths.KIT, Kit.of(spec).files());
        Map<String, String> byPrompt = new TreeMap<>();
        scripts.forEach((name, script) -> byPrompt.put(prompt(name), script));
        byte[] script = FakeCli.onPrompts(byPrompt).getBytes(StandardCharsets.UTF_8);
        engine.files()
                .upload(keeper, ContainerPaths.KIT, List.of(new UploadFile("bin/claude", script, 0755, spec.user())));
        engine.containers().remove(keeper);
    }

    private String agent(String name) {
        List<String> command = List.of("/bin/sh", ContainerPaths.KIT + "/agent.sh", name, "work");
        return engine.containers()
                .create(request(name, command, Map.of(Labels.AGENT, name, Labels.ROLE, "agent"), true));
    }

    private ContainerRequest request(String name, List<String> command, Map<String, String> labels, boolean readOnly) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(LABEL, run);
        return new ContainerRequest(
                "claude-fleet-test-follow-" + name + "-" + run,
                IMAGE,
                spec.user(),
                command,
                new TreeMap<>(Map.of(
                        "CLAUDE_FLEET_LOGIN", "provider",
                        "HOME", "/tmp/home",
                        "CLAUDE_CONFIG_DIR", "/tmp/home/.claude",
                        "PATH", ContainerPaths.KIT + "/bin:/usr/local/bin:/usr/bin:/bin")),
                new TreeMap<>(all),
                List.of(new Mount.Volume(volume, ContainerPaths.KIT, readOnly)),
                "/tmp",
                new NetworkAttachment("none"),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 512),
                Hardening.DEFAULT.withReadOnlyRootfs(false),
                Lifecycle.ONCE);
    }
}
