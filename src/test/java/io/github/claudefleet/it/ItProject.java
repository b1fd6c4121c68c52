package io.github.claudefleet.it;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.image.ImageReferences;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.standin.StandInControl;
import io.github.claudefleet.watchdog.WatchdogMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A project of src/it, for its scripts. The fleet's name is the project's artifactId, which is the name of its
 * directory. The login directory is {@code login} in it.
 */
public final class ItProject implements AutoCloseable {

    /** Maven installation, its settings file and its local repository. */
    record Maven(Path home, Path settings, Path localRepository) {}

    /** User of the containers where root runs Maven, as in these tests. */
    public static final ContainerUser AGENT_USER = ContainerUser.FOR_ROOT;

    private static final Duration EXEC_LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COORDINATES = Pattern.compile("<groupId>([^<]+)</groupId>\\s*"
            + "<artifactId>(claude-fleet-maven-plugin)</artifactId>\\s*<version>([^<]+)</version>");

    /** Directory to which the invoker plugin has copied the project. */
    private final Path copy;

    private final Path directory;
    private final Maven maven;
    private final FleetName fleet;
    private final Site site;
    private final ContainerEngine engine;

    private ItProject(Path copy, Path directory, Maven maven, FleetName fleet, Site site) {
        this.copy = copy;
        this.directory = directory;
        this.maven = maven;
        this.fleet = fleet;
        this.site = site;
        this.engine = site.connect();
    }

    /** Creates a project from the variables that the invoker plugin and the pom pass to each script. */
    public static ItProject of(File basedir, String mavenHome, String settings, File localRepositoryPath) {
        Maven maven = new Maven(Path.of(mavenHome), Path.of(settings), localRepositoryPath.toPath());
        return new ItProject(
                basedir.toPath(), basedir.toPath(), maven, new FleetName(basedir.getName()), Site.shared());
    }

    /** Returns this project as the owner of a fleet of another name. Must be closed separately. */
    public ItProject asFleet(String name) {
        return new ItProject(copy, directory, maven, new FleetName(name), site);
    }

    /** Returns one of the project's modules, which has its own fleet. Must be closed separately. */
    public ItProject module(String folder, String name) {
        return new ItProject(copy, directory.resolve(folder), maven, new FleetName(name), site);
    }

    /** Returns this project on an engine owned by the test, which gets the bundled image. */
    public ItProject on(OwnEngine other, LoopbackStandIn standIn) throws IOException, InterruptedException {
        other.load(bundledImage());
        return new ItProject(copy, directory, maven, fleet, Site.of(other, standIn, bundledImage()));
    }

    public Path directory() {
        return directory;
    }

    public ContainerEngine engine() {
        return engine;
    }

    /** Returns the control of the stand-in for Anthropic's services. */
    public StandInControl standIn() {
        return new StandInControl(site.standIn());
    }

    /** Gives the project to the agents' user, which cannot write a checkout that root owns. */
    public ItProject handOver() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                giveToAgents(file);
            }
        }
        return this;
    }

    /** Writes a login of that account into the login directory, as if a person had signed in before. */
    public ItProject logIn(String account) throws IOException {
        return logIn(account, Duration.ofHours(8));
    }

    /** Writes a login whose access token expires after a while, or has expired if the duration is negative. */
    public ItProject logIn(String account, Duration expiresIn) throws IOException {
        return logIn(account, expiresIn, "login");
    }

    /** Writes such a login into another directory of the project. */
    public ItProject logIn(String account, Duration expiresIn, String folder) throws IOException {
        Path login = Files.createDirectories(directory.resolve(folder));
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwx------"));
        Path file = login.resolve(".credentials.json");
        Files.writeString(file, standIn().credentials(account, expiresIn));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return this;
    }

    /** Returns the fleet's containers, running or not, including the auth container. */
    public List<ContainerObservation> containers() {
        return engine.containers().list(LabelSelector.of(fleet())).stream()
                .filter(container -> isOfThisRun(container.labels()))
                .toList();
    }

    /** Returns one agent's container. */
    public ContainerObservation agent(String name) {
        return containers().stream()
                .filter(container -> Role.nameOf(container).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container of agent " + name + " among " + containers()));
    }

    /** Returns the fleet's running containers. */
    public List<ContainerObservation> running() {
        return containers().stream()
                .filter(container -> container.state() == ContainerState.RUNNING)
                .toList();
    }

    /** Returns the names of the fleet's volumes. */
    public List<String> volumes() {
        return engine.volumes().list(LabelSelector.of(fleet())).stream()
                .filter(volume -> isOfThisRun(volume.labels()))
                .map(VolumeObservation::name)
                .toList();
    }

    /** Waits for the end of the agent's container and returns the container. */
    public ContainerObservation awaitEnd(String name) throws InterruptedException {
        return awaitEnd(name, EXEC_LIMIT);
    }

    /** Waits until an agent with long work has ended, and returns its container. */
    public ContainerObservation awaitEnd(String name, Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (agent(name).state() == ContainerState.RUNNING) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("agent " + name + " did not end: " + log(agent(name)));
            }
            Thread.sleep(200);
        }
        return agent(name);
    }

    /** Returns the lines that a container has printed so far. */
    public List<String> log(ContainerObservation container) throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        LogRequest soFar = new LogRequest(container.id(), false, OptionalInt.empty());
        try (LogStream stream = engine.logs().read(soFar, lines::add)) {
            stream.awaitEnd(EXEC_LIMIT);
        }
        return List.copyOf(lines);
    }

    /** Returns the result of an agent's prompt, as Claude Code printed it: the last event of type {@code result}. */
    public Map<String, Object> result(ContainerObservation container) throws IOException, InterruptedException {
        Map<String, Object> result = Map.of();
        for (String line : log(container)) {
            Map<String, Object> event =
                    line.startsWith("{") ? JSON.readValue(line, new TypeReference<>() {}) : Map.of();
            result = "result".equals(event.get("type")) ? event : result;
        }
        if (result.isEmpty()) {
            throw new AssertionError(container.name() + " printed no result: " + log(container));
        }
        return result;
    }

    /** Returns the address of a container on the network of these tests. */
    public String address(ContainerObservation container) throws IOException, InterruptedException {
        String network = property("standin.network");
        return docker().run(
                        "inspect",
                        "--format",
                        "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}",
                        container.id());
    }

    /** Returns the docker command at the project's engine. */
    public DockerCommand docker() {
        return site.docker();
    }

    /** Returns the names of the fleet's own networks. */
    public List<String> networks() {
        return networksOfThisRun().map(NetworkObservation::name).toList();
    }

    private Stream<NetworkObservation> networksOfThisRun() {
        return engine.networks().list(LabelSelector.of(fleet())).stream()
                .filter(network -> isOfThisRun(network.labels()));
    }

    /** Returns false for resources of another copy of the project, which another Maven or checkout runs. */
    private boolean isOfThisRun(Map<String, String> labels) {
        Path owner = Path.of(labels.getOrDefault(Labels.DIRECTORY, ""));
        return owner.startsWith(copy)
                || IntStream.range(0, owner.getNameCount())
                        .mapToObj(owner::getName)
                        .noneMatch(copy.getFileName()::equals);
    }

    /** Creates a search for a credential in everything that others can read of this project and its fleet. */
    public SecretSearch searchFor(String... secrets) {
        return new SecretSearch(this, secrets);
    }

    /** Image that the fleets of these tests run. The project bundled-image builds it before all others. */
    public String bundledImage() {
        CaBundle bundle = CaBundle.read(Path.of(property("standin.bundle")));
        ImageSpec.BuildOptions options = new ImageSpec.BuildOptions(Optional.of(bundle), Optional.empty());
        return ImageReferences.of(
                fleetId(),
                new ImageSpec.Bundled(
                        property("it.baseImage"), ImageSpec.DEFAULT_CLAUDE_VERSION, PullPolicy.MISSING, options));
    }

    /** Replaces {@code BUNDLED_IMAGE} in the project's Dockerfile by the name of the bundled image. */
    public ItProject completeDockerfile() throws IOException {
        Path dockerfile = directory.resolve("Dockerfile");
        Files.writeString(dockerfile, Files.readString(dockerfile).replace("BUNDLED_IMAGE", bundledImage()));
        return this;
    }

    /** Name of the image that is built from the project's own Dockerfile. */
    public String ownImage() {
        return "claude-fleet/fleet-" + fleet() + "-" + fleetId().projectToken() + ":latest";
    }

    /** Removes {@link #ownImage()}, if it was built. */
    public void removeOwnImage() throws IOException, InterruptedException {
        if (engine.images().find(ownImage()).isPresent()) {
            docker().run("rmi", "--force", ownImage());
        }
    }

    /** Runs a command in a container. */
    public ExecResult exec(ContainerObservation container, String... command) {
        return engine.processes().run(ExecRequest.of(container.id(), command), EXEC_LIMIT);
    }

    /** Returns the names of all containers, networks and volumes that have the fleet's label. */
    public List<String> leftovers() {
        List<String> names = new ArrayList<>();
        containers().forEach(container -> names.add("container " + container.name()));
        networks().forEach(network -> names.add("network " + network));
        volumes().forEach(volume -> names.add("volume " + volume));
        return names;
    }

    /**
     * Waits until the engine has nothing of the fleet, and no watchdog of the project is left.
     *
     * @return time until the engine had nothing of the fleet
     */
    public Duration goneWithin(Duration limit) throws InterruptedException {
        Instant begin = Instant.now();
        Instant end = begin.plus(limit);
        while (!leftovers().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        Duration took = Duration.between(begin, Instant.now());
        while (!watchdogs().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        if (!leftovers().isEmpty() || !watchdogs().isEmpty()) {
            throw new AssertionError("left after " + limit + ": " + leftovers() + " " + watchdogs());
        }
        return took;
    }

    /** Returns the pids of the watchdogs of the project's builds, whose logs are below its target. */
    public List<Long> watchdogs() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(this::isWatchdog)
                .toList();
    }

    private boolean isWatchdog(long pid) {
        try {
            Path process = Path.of("/proc", String.valueOf(pid));
            return Files.readString(process.resolve("cmdline")).contains(WatchdogMain.class.getName())
                    && Files.readSymbolicLink(process.resolve("fd/1")).startsWith(directory);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the fleet's name. */
    public String name() {
        return fleet.value();
    }

    /** Returns the log of the build that the invoker plugin ran. */
    public String buildLog() throws IOException {
        return Files.readString(directory.resolve("build.log"));
    }

    /** Runs Maven on the project with these arguments and without standard input, and waits for its end. */
    public MavenRun maven(String... arguments) throws IOException, InterruptedException {
        return mavenIn(directory, arguments);
    }

    /** Runs Maven in another directory. */
    public MavenRun mavenIn(Path other, String... arguments) throws IOException, InterruptedException {
        if (ResidentMaven.serves(maven.home(), other, List.of(arguments))) {
            return ResidentMaven.run(maven.home(), other, MavenProcess.arguments(maven, site, List.of(arguments)));
        }
        return MavenProcess.start(maven, site, other, List.of(arguments))
                .closeInput()
                .await();
    }

    /** Returns a goal with the plugin's full coordinates, taken from the project's pom, for use without a pom. */
    public String goal(String name) throws IOException {
        Matcher matcher = COORDINATES.matcher(Files.readString(directory.resolve("pom.xml")));
        if (!matcher.find()) {
            throw new IllegalStateException("the pom of " + directory + " does not name the plugin");
        }
        return matcher.group(1) + ":" + matcher.group(2) + ":" + matcher.group(3) + ":" + name;
    }

    /** Starts Maven on the project, with an open standard input. */
    public MavenProcess startMaven(String... arguments) throws IOException {
        return MavenProcess.start(maven, site, directory, List.of(arguments));
    }

    /** Starts Maven on the project with further environment variables, and without standard input. */
    public MavenProcess startMavenWith(Map<String, String> environment, String... arguments) throws IOException {
        return MavenProcess.start(maven, site, directory, List.of(arguments), environment)
                .closeInput();
    }

    /** Returns Maven's arguments, for a Maven that is started by other means. */
    public List<String> mavenArguments(String... arguments) {
        return MavenProcess.arguments(maven, site, List.of(arguments));
    }

    /** Starts Maven on the project in its own process group, so that the whole group can be killed. */
    public MavenProcess startMavenApart(String... arguments) throws IOException {
        return MavenProcess.startApart(maven, site, directory, List.of(arguments));
    }

    /**
     * Starts Maven on the project at a terminal, with an open standard input. A signal reaches the terminal, not Maven.
     */
    public MavenProcess startMavenAtTerminal(String... arguments) throws IOException {
        return MavenProcess.startAtTerminal(maven, site, directory, List.of(arguments));
    }

    /** Removes, by its label, everything that the fleet still has. */
    public void cleanUp() {
        containers().forEach(container -> engine.containers().remove(container.id()));
        networksOfThisRun().forEach(network -> engine.networks().remove(network.id()));
        volumes().forEach(engine.volumes()::remove);
    }

    @Override
    public void close() {
        engine.close();
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("property " + name + " is not set; run the tests with bin/test");
        }
        return value;
    }

    /** Identity of the project's detached fleet, as a build in this process would compute it. */
    FleetId fleetId() {
        return new FleetId(
                fleet,
                ProcessIdentity.project(directory),
                Lifetime.DETACHED,
                ProcessIdentity.buildIdentity(Instant.now()));
    }

    /** Labels that a build in this process would set for the project's detached fleet. */
    public Map<String, String> labels() {
        return fleetId().labels();
    }

    /** Returns the containers of the project's detached fleet only. */
    public List<ContainerObservation> ownContainers() {
        return engine.containers().list(LabelSelector.of(fleetId()));
    }

    /** Prefix of the names of the detached fleet's resources on the engine. */
    public String stem() {
        return "claude-fleet-" + fleet + "-" + fleetId().token();
    }

    private FleetName fleet() {
        return fleet;
    }

    /** Gives a file to the agents' user. */
    static void giveToAgents(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", AGENT_USER.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", AGENT_USER.gid(), LinkOption.NOFOLLOW_LINKS);
    }
}
