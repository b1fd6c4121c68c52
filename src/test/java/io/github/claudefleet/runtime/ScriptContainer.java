package io.github.claudefleet.runtime;

import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.ResourceLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Container with a fleet's kit on the real engine, in which the kit's scripts run as in a fleet. Its CLI is a script of
 * the test or the real one. All tests of a class share it.
 */
public final class ScriptContainer implements BeforeAllCallback, AfterAllCallback {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final String LABEL = "io.github.claudefleet.test.kit";
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final FleetSpec spec;
    private final boolean realCli;
    private final ContainerUser user;
    private final String run = UUID.randomUUID().toString();
    private final AtomicInteger places = new AtomicInteger();
    private ContainerEngine engine;
    private String container;

    ScriptContainer(FleetSpec spec) {
        this(spec, false);
    }

    private ScriptContainer(FleetSpec spec, boolean realCli) {
        this.spec = spec;
        this.realCli = realCli;
        this.user = spec.user();
    }

    /**
     * Creates a container with the bundled image, its real CLI, and this machine's network, on which a stand-in
     * listens.
     */
    public static ScriptContainer withRealCli(FleetSpec spec) {
        return new ScriptContainer(spec, true);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), HostUser.home());
        String name = "claude-fleet-test-kit-" + run;
        SortedMap<String, String> labels = new TreeMap<>(Map.of(LABEL, run));
        String secrets = name + "-secrets";
        engine.volumes().create(VolumeRequest.onDisk(name, labels));
        engine.volumes().create(VolumeRequest.inMemory(secrets, labels, user, 1L << 20));
        container = engine.containers()
                .create(new ContainerRequest(
                        name,
                        realCli ? BundledImage.on(engine) : IMAGE,
                        user,
                        List.of("/bin/sleep", "3600"),
                        new TreeMap<>(),
                        labels,
                        List.of(
                                new Mount.Volume(name, ContainerPaths.KIT, false),
                                new Mount.Volume(secrets, ContainerPaths.SECRETS, false)),
                        "/tmp",
                        new NetworkAttachment(realCli ? "host" : "none"),
                        ResourceLimits.DEFAULT,
                        Hardening.DEFAULT.withReadOnlyRootfs(false),
                        Lifecycle.ONCE));
        engine.containers().start(container);
        engine.files().upload(container, ContainerPaths.KIT, Kit.of(spec).files());
        Kit.secrets(spec).ifPresent(files -> engine.files().upload(container, ContainerPaths.SECRETS, files.files()));
    }

    /** Creates an empty directory for one test's files, which is also the working directory of its commands. */
    public Place place() {
        String folder = "/tmp/place-" + places.incrementAndGet();
        run(Map.of(), "mkdir -p " + folder + "/bin");
        return new Place(folder);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LabelSelector ours = new LabelSelector(LABEL, Optional.of(run));
        try (ContainerEngine closing = engine) {
            closing.containers().list(ours).forEach(one -> closing.containers().remove(one.id()));
            closing.volumes().list(ours).forEach(one -> closing.volumes().remove(one.name()));
        }
    }

    private ExecResult run(Map<String, String> environment, String script) {
        try {
            List<String> command = List.of("/bin/sh", "-c", script);
            return engine.processes().run(new ExecRequest(container, command, new TreeMap<>(environment)), LIMIT);
        } catch (EngineException e) {
            throw new AssertionError("in the container: " + script, e);
        }
    }

    /** Directory in the container: {@code $HERE} in scripts; its {@code bin} is the first entry of their path. */
    public final class Place {

        private final SortedMap<String, String> environment = new TreeMap<>();
        private final String folder;

        private Place(String folder) {
            this.folder = folder;
            with("HERE", folder).with("PATH", folder + "/bin:" + USUAL_PATH);
            with("CLAUDE_CONFIG_DIR", folder + "/config").with("CLAUDE_SECURESTORAGE_CONFIG_DIR", folder + "/login");
            with("CLAUDE_FLEET_LOGIN", "login");
        }

        /** Returns the path in the container of a file in this directory. */
        public String path(String path) {
            return folder + "/" + path;
        }

        public Place with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Adds a CLI to this directory that runs these commands, whatever its arguments are. */
        public Place cli(String commands) {
            return file("bin/claude", FakeCli.running(commands), 0755);
        }

        /** Adds a command to this directory, as a shell script. */
        public Place command(String name, String script) {
            return file("bin/" + name, "#!/bin/sh\n" + script, 0755);
        }

        public Place file(String path, String content) {
            return file(path, content, 0644);
        }

        private Place file(String path, String content, int mode) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            engine.files().upload(container, folder, List.of(new UploadFile(path, bytes, mode, user)));
            return this;
        }

        /** Runs a line of shell in the directory; the kit's scripts are in {@code $KIT}. */
        public ExecResult run(String script) {
            with("KIT", ContainerPaths.KIT);
            return ScriptContainer.this.run(environment, "cd $HERE || exit; " + script);
        }

        /** Returns a file's content, or an empty string if it does not exist. */
        public String read(String path) {
            return run("cat " + path + " 2>/dev/null").output();
        }
    }
}
