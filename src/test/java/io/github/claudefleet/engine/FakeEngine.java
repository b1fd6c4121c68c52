package io.github.claudefleet.engine;

import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Engine in memory that records all changes. A test defines the behaviour of started containers and the results of
 * commands; by default an agent reports that it is ready and keeps running.
 */
public final class FakeEngine implements ContainerEngine {

    /** Start time of every container. */
    public static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");

    private static final Instant FINISHED = STARTED.plusSeconds(60);

    /** Output of a started container, and its exit code if it then ends. */
    public record Life(List<String> lines, Optional<Integer> exitCode) {

        public static Life on(String... lines) {
            return new Life(List.of(lines), Optional.empty());
        }

        public static Life until(int exitCode, String... lines) {
            return new Life(List.of(lines), Optional.of(exitCode));
        }
    }

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<ExecRequest> execs = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> hooks = new CopyOnWriteArrayList<>();
    private final NavigableMap<String, ContainerObservation> containers = new ConcurrentSkipListMap<>();
    private final Map<String, ContainerRequest> requests = new ConcurrentSkipListMap<>();
    private final FakeLogs logs = new FakeLogs();
    /** Uploaded files, by container and directory. */
    private final Map<String, List<UploadFile>> uploads = new ConcurrentSkipListMap<>();

    private final Map<String, NetworkObservation> networks = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> strangers = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, String>> volumes = new ConcurrentSkipListMap<>();
    private final Map<String, ImageObservation> images = new ConcurrentSkipListMap<>();
    private final Map<String, Life> lives = new ConcurrentSkipListMap<>();
    private final Map<String, String> problems = new ConcurrentSkipListMap<>();
    private EngineInfo info = new EngineInfo("fake:///", "20.10", "1.41", 2, 8L << 30);
    private boolean seesDirectories = true;
    private boolean volumesAreGone;
    private Function<String, Optional<String>> beside = volume -> Optional.empty();
    private List<EngineRight> rights = List.of();
    private final AtomicInteger volumeLists = new AtomicInteger();
    private final AtomicInteger lastId = new AtomicInteger();
    private final AtomicInteger brokenStreams = new AtomicInteger();
    private volatile Optional<Kind> absence = Optional.empty();
    private Function<ExecRequest, ExecResult> program = request -> new ExecResult(0, "", "");

    private Function<ExecRequest, ExecSession> conversation = request -> {
        throw new UnsupportedOperationException("this test has nobody talk to a command");
    };

    // ---- set up by a test

    /**
     * Adds a hook that runs before each change, with its text; it may throw as the engine would, or block the caller.
     */
    public FakeEngine before(Consumer<String> hook) {
        hooks.add(hook);
        return this;
    }

    /** Lets every change with this beginning of its text fail. */
    public FakeEngine failing(String change) {
        return before(text -> {
            if (text.startsWith(change)) {
                throw new EngineException(Kind.FAILED, text, "the test says so", "", null);
            }
        });
    }

    /** Sets the containers beside those that use volumes, by the names of the volumes. */
    public FakeEngine beside(Function<String, Optional<String>> containers) {
        beside = containers;
        return this;
    }

    /** Loses the volumes of workspaces, as with their pods. */
    public FakeEngine losingVolumes() {
        volumesAreGone = true;
        return this;
    }

    /** Gives the engine's reason for which a container ended. */
    public FakeEngine problem(String containerName, String reason) {
        problems.put(containerName, reason);
        return this;
    }

    public FakeEngine life(String containerName, Life life) {
        lives.put(containerName, life);
        return this;
    }

    /** Lets the first log streams end at once and without lines, whatever the state of their container. */
    public FakeEngine breakingStreams(int number) {
        brokenStreams.set(number);
        return this;
    }

    /** Sets the results of commands in containers. */
    public FakeEngine program(Function<ExecRequest, ExecResult> answers) {
        program = answers;
        return this;
    }

    /** Sets the sessions of interactive commands. */
    public FakeEngine conversation(Function<ExecRequest, ExecSession> sessions) {
        conversation = sessions;
        return this;
    }

    public FakeEngine users(UserMapping mapping) {
        info = new EngineInfo(
                info.address(),
                info.version(),
                info.apiVersion(),
                info.cpus(),
                info.memoryBytes(),
                info.directory(),
                mapping,
                info.runtimes(),
                info.writesReadOnly(),
                info.capabilities());
        return this;
    }

    /** Takes capabilities from the engine, which then refuses what needs them. */
    public FakeEngine lacking(EngineCapability... lacked) {
        Set<EngineCapability> left = new HashSet<>(info.capabilities());
        left.removeAll(Set.of(lacked));
        info = new EngineInfo(
                info.address(),
                info.version(),
                info.apiVersion(),
                info.cpus(),
                info.memoryBytes(),
                info.directory(),
                info.users(),
                info.runtimes(),
                info.writesReadOnly(),
                left);
        return this;
    }

    /** Lets the engine see none of this machine's directories, as one on another machine. */
    public FakeEngine onAnotherMachine() {
        seesDirectories = false;
        return this;
    }

    public FakeEngine image(String reference, Map<String, String> labels) {
        images.put(reference, new ImageObservation("sha256:" + reference, labels));
        return this;
    }

    /** Adds an image that sets variables of these names. */
    public FakeEngine image(String reference, Map<String, String> labels, Set<String> variables) {
        images.put(reference, new ImageObservation("sha256:" + reference, labels, variables));
        return this;
    }

    public FakeEngine network(String name, Map<String, String> labels) {
        networks.put("n-" + name, new NetworkObservation("n-" + name, name, labels));
        return this;
    }

    public FakeEngine info(EngineInfo value) {
        info = value;
        return this;
    }

    /** Sets the rights of the user. */
    public FakeEngine rights(EngineRight... values) {
        rights = List.of(values);
        return this;
    }

    /** Sets the number of foreign containers on a network. */
    public FakeEngine strangersOn(String network, int number) {
        strangers.put(network, number);
        return this;
    }

    /** Adds a container, or replaces the one with the same id. */
    public FakeEngine put(ContainerObservation container) {
        containers.put(container.id(), container);
        logs.wake();
        return this;
    }

    public FakeEngine prints(String containerId, String... lines) {
        logs.print(containerId, false, List.of(lines));
        return this;
    }

    /** Prints on standard error. */
    public FakeEngine complains(String containerId, String... lines) {
        logs.print(containerId, true, List.of(lines));
        return this;
    }

    /** Ends a container that nobody has stopped. */
    public FakeEngine ends(String containerId, int exitCode, boolean outOfMemory, Instant at) {
        return put(new Observed(containers.get(containerId)).ended(exitCode, outOfMemory, at));
    }

    /** Ends the log streams of a container, which still runs. */
    public FakeEngine cutsStreams(String containerId) {
        logs.cut(containerId);
        return this;
    }

    /** Cuts all streams and monitors, as an engine does that is back before anybody asks. */
    public FakeEngine cutsConnections() {
        logs.cutAll();
        return this;
    }

    /** Cuts all connections and lets all calls about containers fail. */
    public FakeEngine goesAway(Kind how) {
        absence = Optional.of(how);
        return cutsConnections();
    }

    public FakeEngine comesBack() {
        absence = Optional.empty();
        return this;
    }

    // ---- inspected by a test

    /** Changes, also failed ones, since the last {@link #forget()}: {@code create container NAME} and so on. */
    public List<String> changes() {
        return List.copyOf(changes);
    }

    /** Returns the number of log streams and monitors whose reader waits for what has not happened. */
    public int waitingReaders() {
        return logs.waiting();
    }

    /** Number of times that volumes were listed. */
    public int volumeLists() {
        return volumeLists.get();
    }

    public List<ExecRequest> execs() {
        return List.copyOf(execs);
    }

    public void forget() {
        changes.clear();
        execs.clear();
    }

    public ContainerObservation named(String containerName) {
        return containers.values().stream()
                .filter(container -> container.name().equals(containerName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container " + containerName + " among " + names()));
    }

    public ContainerRequest requestFor(String containerName) {
        return requests.get(named(containerName).id());
    }

    /** Files that a directory of a container has by uploads, the last ones at the end. */
    public List<UploadFile> uploadedTo(String containerId, String directory) {
        return uploads.getOrDefault(containerId + directory, List.of());
    }

    /** Containers, networks and volumes by name. */
    public List<String> names() {
        List<String> all = new ArrayList<>();
        containers.values().forEach(container -> all.add("container " + container.name()));
        networks.values().forEach(network -> all.add("network " + network.name()));
        volumes.keySet().forEach(name -> all.add("volume " + name));
        return all.stream().sorted().toList();
    }

    // ---- the port

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public EngineContainers containers() {
        return new Containers();
    }

    @Override
    public EngineImages images() {
        return new Images();
    }

    @Override
    public EngineNetworks networks() {
        return new Networks();
    }

    @Override
    public EngineVolumes volumes() {
        return new Volumes();
    }

    @Override
    public ContainerFiles files() {
        return this::upload;
    }

    @Override
    public ContainerProcesses processes() {
        return new Processes();
    }

    @Override
    public ContainerLogs logs() {
        return this::readLog;
    }

    @Override
    public List<EngineRight> rights(boolean fenced) {
        return rights;
    }

    @Override
    public LogStream monitor() {
        reach("open a connection");
        return logs.monitor();
    }

    @Override
    public void close() {}

    /** Containers in memory. */
    private final class Containers implements EngineContainers {

        @Override
        public boolean canMount(Path directory) {
            return seesDirectories;
        }

        @Override
        public Optional<String> beside(String volume) {
            if (volumesAreGone) {
                throw new EngineException(Kind.NOT_FOUND, "find " + volume, "the test says so", "", null);
            }
            return beside.apply(volume);
        }

        @Override
        public Optional<String> problem(String id) {
            return Optional.ofNullable(problems.get(nameOf(id)));
        }

        @Override
        public List<ContainerObservation> list(LabelSelector selector) {
            return containers.values().stream()
                    .filter(container -> selector.chooses(container.labels()))
                    .sorted(Comparator.comparing(ContainerObservation::name))
                    .toList();
        }

        @Override
        public List<Map<String, String>> labels(LabelSelector selector) {
            return list(selector).stream().map(ContainerObservation::labels).toList();
        }

        @Override
        public Optional<ContainerObservation> find(String id) {
            reach("inspect container " + id);
            return Optional.ofNullable(containers.get(id));
        }

        @Override
        public String create(ContainerRequest request) {
            String text = "create container " + request.name();
            change(text);
            refuseLacking(request);
            if (containers.values().stream()
                    .anyMatch(container -> container.name().equals(request.name()))) {
                throw new EngineException(Kind.CONFLICT, text, "the name is in use", "", null);
            }
            String imageId = images().find(request.image())
                    .or(() -> info.has(EngineCapability.IMAGES)
                            ? Optional.empty()
                            : Optional.of(new ImageObservation(request.image(), Map.of())))
                    .map(ImageObservation::id)
                    .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, text, "no such image", "", null));
            String id = "c-" + lastId.incrementAndGet();
            requests.put(id, request);
            put(new ContainerObservation(
                    id,
                    request.name(),
                    request.labels(),
                    request.image(),
                    imageId,
                    ContainerState.CREATED,
                    Optional.empty(),
                    Optional.of(STARTED),
                    Optional.empty(),
                    Optional.empty(),
                    false));
            return id;
        }

        @Override
        public void start(String containerId) {
            change("start container " + nameOf(containerId));
            ContainerObservation container = existing("start", containerId);
            Life life = lives.getOrDefault(container.name(), usualLife(container));
            logs.print(containerId, false, life.lines());
            put(new Observed(container)
                    .in(life.exitCode().isPresent() ? ContainerState.EXITED : ContainerState.RUNNING, life.exitCode()));
        }

        @Override
        public void stop(String containerId, Duration grace) {
            change("stop container " + nameOf(containerId) + " within " + Durations.toText(grace));
            put(new Observed(existing("stop", containerId)).in(ContainerState.EXITED, Optional.of(143)));
        }

        @Override
        public void remove(String containerId) {
            change("remove container " + nameOf(containerId));
            containers.remove(containerId);
            logs.wake();
        }
    }

    /** Images in memory. */
    private final class Images implements EngineImages {

        @Override
        public Optional<ImageObservation> find(String reference) {
            return Optional.ofNullable(images.get(reference))
                    .or(() -> images.values().stream()
                            .filter(image -> image.id().equals(reference))
                            .findFirst());
        }

        @Override
        public void pull(String reference, ProgressSink progress) {
            change("pull image " + reference);
            image(reference, Map.of());
        }

        @Override
        public void build(BuildRequest request, ProgressSink progress) {
            change("build image " + request.tag());
            refuseLacking(EngineCapability.BUILDS);
            image(request.tag(), request.labels());
        }
    }

    /** Networks in memory. */
    private final class Networks implements EngineNetworks {

        @Override
        public List<NetworkObservation> list(LabelSelector selector) {
            return networks.values().stream()
                    .filter(network -> selector.chooses(network.labels()))
                    .toList();
        }

        @Override
        public Optional<NetworkUse> find(String name) {
            return networks.values().stream()
                    .filter(network -> info.has(EngineCapability.NETWORKS))
                    .filter(network -> network.name().equals(name))
                    .map(network -> new NetworkUse("bridge", onNetwork(name)))
                    .findFirst();
        }

        @Override
        public String create(NetworkRequest request) {
            change("create network " + request.name());
            refuseLacking(EngineCapability.NETWORKS);
            network(request.name(), request.labels());
            return "n-" + request.name();
        }

        @Override
        public void remove(String networkId) {
            change("remove network "
                    + Optional.ofNullable(networks.get(networkId))
                            .map(network -> network.name())
                            .orElse(networkId));
            networks.remove(networkId);
        }

        private int onNetwork(String name) {
            return strangers.getOrDefault(name, 0)
                    + (int) requests.entrySet().stream()
                            .filter(entry -> entry.getValue().network().name().equals(name))
                            .filter(entry -> containers()
                                    .find(entry.getKey())
                                    .filter(container -> container.state() == ContainerState.RUNNING)
                                    .isPresent())
                            .count();
        }
    }

    /** Volumes in memory. */
    private final class Volumes implements EngineVolumes {

        @Override
        public List<VolumeObservation> list(LabelSelector selector) {
            volumeLists.incrementAndGet();
            return volumes.entrySet().stream()
                    .map(volume -> new VolumeObservation(volume.getKey(), volume.getValue()))
                    .filter(volume -> selector.chooses(volume.labels()))
                    .toList();
        }

        @Override
        public void create(VolumeRequest request) {
            change("create volume " + request.name());
            volumes.put(request.name(), request.labels());
        }

        @Override
        public void write(String name, List<UploadFile> files) {
            change("write volume " + name + " "
                    + files.stream().map(UploadFile::path).collect(Collectors.joining(" ")));
            if (info.has(EngineCapability.SHARED_VOLUMES)) {
                throw new UnsupportedOperationException("containers share volumes");
            }
        }

        @Override
        public void remove(String name) {
            change("remove volume " + name);
            volumes.remove(name);
        }
    }

    /** Commands, whose results a test defines. Lines of a conversation are not passed on. */
    private final class Processes implements ContainerProcesses {

        @Override
        public ExecResult run(ExecRequest request, Duration limit) {
            execs.add(request);
            existing("exec in", request.containerId());
            return program.apply(request);
        }

        @Override
        public ExecSession open(ExecRequest request) {
            execs.add(request);
            existing("exec in", request.containerId());
            return conversation.apply(request);
        }

        @Override
        public ExecSession open(ExecRequest request, LineSink output) {
            return open(request);
        }
    }

    private void upload(String containerId, String directory, List<UploadFile> files) {
        change("upload to " + nameOf(containerId) + " "
                + files.stream().map(UploadFile::path).collect(Collectors.joining(" ")));
        List<UploadFile> all = new ArrayList<>(uploadedTo(containerId, directory));
        files.forEach(file -> all.removeIf(old -> old.path().equals(file.path())));
        all.addAll(files);
        uploads.put(containerId + directory, List.copyOf(all));
    }

    private LogStream readLog(LogRequest request, LineSink sink) {
        existing("logs of", request.containerId());
        boolean broken = request.follow() && brokenStreams.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        return broken
                ? logs.open(new LogRequest(request.containerId(), false, OptionalInt.of(0)), sink, () -> true)
                : logs.open(request, sink, () -> !isRunning(request.containerId()));
    }

    private boolean isRunning(String containerId) {
        return Optional.ofNullable(containers.get(containerId))
                .filter(container -> container.state() == ContainerState.RUNNING)
                .isPresent();
    }

    private void reach(String call) {
        absence.ifPresent(kind -> {
            throw new EngineException(kind, call, "the engine does not answer", "", null);
        });
    }

    private void change(String text) {
        changes.add(text);
        hooks.forEach(hook -> hook.accept(text));
        reach(text);
    }

    private void refuseLacking(ContainerRequest request) {
        if (request.mounts().stream().anyMatch(Mount.Directory.class::isInstance)) {
            refuseLacking(EngineCapability.HOST_DIRECTORIES);
        }
        if (request.restartPolicy().restarted()) {
            refuseLacking(EngineCapability.RESTART_POLICIES);
        }
        if (!request.network().name().equals(NetworkAttachment.COMMON)) {
            refuseLacking(EngineCapability.NETWORKS);
        }
    }

    private void refuseLacking(EngineCapability capability) {
        if (!info.has(capability)) {
            throw new UnsupportedOperationException(capability.name());
        }
    }

    private String nameOf(String containerId) {
        return Optional.ofNullable(containers.get(containerId))
                .map(ContainerObservation::name)
                .orElse(containerId);
    }

    private ContainerObservation existing(String call, String containerId) {
        return containers()
                .find(containerId)
                .orElseThrow(() -> new EngineException(
                        Kind.NOT_FOUND, call + " container " + containerId, "no such container", "", null));
    }

    private static Life usualLife(ContainerObservation container) {
        return container
                .label(Labels.AGENT)
                .map(agent -> Life.on("claude-fleet: agent " + agent + " ready"))
                .orElse(Life.on());
    }

    /** Container with its next state. */
    private record Observed(ContainerObservation container) {

        ContainerObservation in(ContainerState state, Optional<Integer> exitCode) {
            return with(state, exitCode, container.outOfMemory(), exitCode.map(code -> FINISHED));
        }

        ContainerObservation ended(int exitCode, boolean outOfMemory, Instant at) {
            return with(ContainerState.EXITED, Optional.of(exitCode), outOfMemory, Optional.of(at));
        }

        private ContainerObservation with(
                ContainerState state, Optional<Integer> exitCode, boolean outOfMemory, Optional<Instant> finishedAt) {
            return new ContainerObservation(
                    container.id(),
                    container.name(),
                    container.labels(),
                    container.image(),
                    container.imageId(),
                    state,
                    exitCode,
                    container.createdAt(),
                    Optional.of(STARTED),
                    finishedAt,
                    outOfMemory);
        }
    }
}
