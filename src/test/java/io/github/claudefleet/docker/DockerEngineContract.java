package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.host.ThisContainer;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract of the port, checked on each real engine by a subclass that connects to it. */
abstract class DockerEngineContract {

    static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final String LABEL = "io.github.claudefleet.test.docker-adapter";
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final ContainerUser USER = ContainerUser.FOR_ROOT;

    private final ContainerEngine engine;
    private final String run = UUID.randomUUID().toString();
    private final LabelSelector ours = new LabelSelector(LABEL, Optional.of(run));
    private boolean built;

    /** @param engine engine that has the image {@link #IMAGE}; closed by the subclass */
    DockerEngineContract(ContainerEngine engine) {
        this.engine = engine;
    }

    @AfterEach
    void removeWhatWasMade() {
        engine.containers().list(ours).forEach(container -> engine.containers().remove(container.id()));
        engine.networks().list(ours).forEach(network -> engine.networks().remove(network.id()));
        engine.volumes().list(ours).forEach(volume -> engine.volumes().remove(volume.name()));
        if (built) {
            removeImages();
        }
    }

    // ---- the engine and its images

    @Test
    void saysWhereItIsAndWhatItHas() {
        assertThat(engine.info().address()).startsWith("unix:///");
        assertThat(engine.info().version()).isNotBlank();
        assertThat(engine.info().capabilities()).containsExactlyInAnyOrder(EngineCapability.values());
        assertThat(engine.info().apiVersion()).matches("1\\.\\d+");
        assertThat(engine.info().cpus()).isPositive();
        assertThat(Machine.here().memory())
                .as("it is on this machine")
                .hasValue(engine.info().memoryBytes());
        assertThat(engine.info().directory())
                .hasValueSatisfying(path -> assertThat(Path.of(path)).isDirectory());
    }

    @Test
    void findsAnImageThatIsThereAndNoneThatIsNot() {
        assertThat(engine.images().find(IMAGE))
                .hasValueSatisfying(image -> assertThat(image.id()).startsWith("sha256:"));
        assertThat(engine.images().find("claude-fleet-test/no-such-image:1")).isEmpty();
    }

    @Test
    void buildsAnImageWithArgumentsAndLabelsAndShowsTheBuildersLines(@TempDir Path context) throws IOException {
        Files.writeString(context.resolve("Containerfile"), """
                FROM %s
                ARG GREETING
                COPY kept.txt /kept.txt
                RUN echo "said $GREETING" && ls / && test ! -e /left-out.txt
                """.formatted(IMAGE));
        Files.writeString(context.resolve("kept.txt"), "kept");
        Files.writeString(context.resolve("left-out.txt"), "left out");
        Files.writeString(context.resolve(".dockerignore"), "left-out.txt\n");
        String tag = "claude-fleet-test/built-" + run + ":1";
        List<String> progress = new ArrayList<>();

        engine.images().build(build(tag, context, "Containerfile"), progress::add);

        assertThat(progress).contains("said hello").noneMatch(line -> line.endsWith("\n"));
        assertThat(engine.images().find(tag))
                .hasValueSatisfying(image -> assertThat(image.labels()).containsEntry(LABEL, run));
    }

    @Test
    void saysWhichStepOfABuildFailedAndWhatItPrintedBefore(@TempDir Path context) throws IOException {
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + IMAGE + "\nLABEL " + LABEL + "=" + run + "\nRUN echo the-reason && exit 7\n");

        EngineException failure = failureOf(
                () -> engine.images().build(build("claude-fleet-test/failing:1", context, "Dockerfile"), line -> {}));

        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure)
                .hasMessageStartingWith("build image claude-fleet-test/failing:1: ")
                .hasMessageMatching("(?s).*(returned a non-zero code: 7|exit status 7).*")
                .hasMessageContaining("\n    the-reason");
    }

    @Test
    void aFailedBuildLeavesNoContainer(@TempDir Path context) throws IOException {
        Files.writeString(
                context.resolve("Dockerfile"), "FROM " + IMAGE + "\nLABEL " + LABEL + "=" + run + "\nRUN exit 7\n");

        failureOf(() -> engine.images().build(build("claude-fleet-test/failing:2", context, "Dockerfile"), line -> {}));

        assertThat(engine.containers().list(ours)).isEmpty();
    }

    @Test
    void aBuildWithoutItsDockerfileFails(@TempDir Path context) {
        EngineException failure = failureOf(
                () -> engine.images().build(build("claude-fleet-test/failing:3", context, "Dockerfile"), line -> {}));

        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure).hasMessageContaining(context.resolve("Dockerfile").toString());
    }

    @Test
    void aBuildCanBeInterrupted(@TempDir Path context) throws Exception {
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + IMAGE + "\nLABEL " + LABEL + "=" + run + "\nRUN echo begun && sleep 60\n");
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread builder = new Thread(() -> failures.add(failureOf(() -> engine.images()
                .build(build("claude-fleet-test/slow:1", context, "Dockerfile"), line -> countDown(begun, line)))));
        builder.start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        builder.interrupt();
        builder.join(20_000);

        assertThat(builder.isAlive()).isFalse();
        assertThat(failures).singleElement().asString().contains("interrupted");
    }

    @Test
    void aPullFromARegistryThatIsNotThereSaysSo() {
        EngineException failure = failureOf(() -> engine.images().pull("localhost:9/nothing/here:1", line -> {}));

        assertThat(failure).hasMessageStartingWith("pull image localhost:9/nothing/here:1: ");
        assertThat(failure.kind()).isIn(Kind.FAILED, Kind.NOT_FOUND);
    }

    @Test
    void aPullOfANameThatIsNoneFails() {
        EngineException failure = failureOf(() -> engine.images().pull("Not//A Name", line -> {}));

        assertThat(failure).hasMessageStartingWith("pull image Not//A Name: ");
    }

    // ---- lifecycle of a container

    @Test
    void aContainerGoesFromCreatedThroughRunningToExitedAndAway() {
        String id = engine.containers().create(request("life", "sh", "-c", "echo up; exec sleep 60"));
        ContainerObservation created = container(id);
        engine.containers().start(id);
        // Podman's init process ends with its own status if the signal arrives before the command has started.
        awaitTrue("the command runs", () -> !read(LogRequest.last(id, 1)).isEmpty());
        ContainerObservation running = container(id);
        engine.containers().stop(id, Duration.ofSeconds(1));
        ContainerObservation exited = container(id);
        engine.containers().remove(id);

        assertThat(created.name()).isEqualTo("life-" + run);
        assertThat(created.state()).isEqualTo(ContainerState.CREATED);
        assertThat(created.image()).endsWith(IMAGE);
        assertThat(created.imageId())
                .isEqualTo(engine.images().find(IMAGE).orElseThrow().id());
        assertThat(created.exitCode()).isEmpty();
        assertThat(created.startedAt()).isEmpty();
        assertThat(running.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(running.startedAt()).isPresent();
        assertThat(running.finishedAt()).isEmpty();
        assertThat(exited.state()).isEqualTo(ContainerState.EXITED);
        assertThat(exited.exitCode()).hasValue(143);
        assertThat(exited.finishedAt()).isPresent();
        assertThat(engine.containers().find(id)).isEmpty();
    }

    @Test
    void startingStoppingAndRemovingTwiceIsFine() {
        String id = started("twice", "sleep", "60");

        engine.containers().start(id);
        engine.containers().stop(id, Duration.ofSeconds(1));
        engine.containers().stop(id, Duration.ofSeconds(1));
        engine.containers().remove(id);
        engine.containers().remove(id);

        assertThat(engine.containers().find(id)).isEmpty();
    }

    @Test
    void removingOneContainerFromSeveralThreadsAtOnceIsFine() throws InterruptedException {
        String id = started("crowd", "sleep", "60");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            Thread thread = new Thread(() -> engine.containers().remove(id));
            thread.setUncaughtExceptionHandler((which, failure) -> failures.add(failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(GENEROUS.toMillis());
        }

        assertThat(failures).isEmpty();
        assertThat(engine.containers().find(id)).isEmpty();
    }

    @Test
    void aContainerThatEndsByItselfReportsItsExitStatus() {
        String id = started("seven", "sh", "-c", "exit 7");

        await(id, ContainerState.EXITED);

        assertThat(container(id).exitCode()).hasValue(7);
        assertThat(container(id).outOfMemory()).isFalse();
    }

    @Test
    void aContainerThatTakesMoreMemoryThanItMayIsReportedAsSuch() {
        // An engine on a busy machine may hear of a container's end before it hears of its memory, and then never
        // tells.
        assertThat(IntStream.range(0, 5)).anyMatch(this::isReportedAsOutOfMemory);
    }

    private boolean isReportedAsOutOfMemory(int number) {
        ContainerRequest request = with(request("greedy-" + number, "sh", "-c", "head -c 200m /dev/zero | tail"))
                .limits(new ResourceLimits(new MemorySize(64L << 20), Optional.empty(), 64));
        String id = engine.containers().create(request);
        engine.containers().start(id);
        await(id, ContainerState.EXITED);
        return container(id).outOfMemory();
    }

    @Test
    void listsContainersOfALabelInTheOrderOfTheirNamesWhateverTheyDo() {
        engine.containers().create(request("b-created", "true"));
        started("a-running", "sleep", "60");

        assertThat(engine.containers().list(ours))
                .extracting(ContainerObservation::name)
                .containsExactly("a-running-" + run, "b-created-" + run);
        assertThat(engine.containers().list(new LabelSelector(LABEL, Optional.empty())))
                .extracting(ContainerObservation::name)
                .contains("a-running-" + run);
        assertThat(engine.containers().list(new LabelSelector(LABEL, Optional.of("nobody"))))
                .isEmpty();
        assertThat(engine.containers().labels(ours))
                .hasSize(2)
                .allSatisfy(found -> assertThat(found).containsEntry(LABEL, run));
    }

    @Test
    void aListReportsOfEachContainerWhatAnInspectionDoesButItsTimes() {
        engine.containers().create(request("created", "true"));
        started("running", "sleep", "60");
        await(started("exited", "sh", "-c", "exit 3"), ContainerState.EXITED);

        List<ContainerObservation> listed = engine.containers().list(ours);

        assertThat(listed)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("createdAt", "startedAt", "finishedAt")
                .containsExactlyElementsOf(listed.stream()
                        .map(container -> container(container.id()))
                        .toList());
        assertThat(listed)
                .extracting(ContainerObservation::state, ContainerObservation::exitCode)
                .containsExactly(
                        tuple(ContainerState.CREATED, Optional.empty()),
                        tuple(ContainerState.EXITED, Optional.of(3)),
                        tuple(ContainerState.RUNNING, Optional.empty()));
    }

    @Test
    void aMissingImageIsNamed() {
        ContainerRequest request = with(request("imageless", "true")).image("claude-fleet-test/no-such-image:1");

        EngineException failure = failureOf(() -> engine.containers().create(request));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageMatching("create container imageless-" + run + ": [Nn]o such image: .*");
        assertThat(failure).hasMessageContaining("claude-fleet-test/no-such-image:1");
        assertThat(failure.suggestion()).isPresent();
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        engine.containers().create(request("taken", "true"));

        EngineException failure = failureOf(() -> engine.containers().create(request("taken", "true")));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("already in use");
        assertThat(failure.suggestion()).isPresent();
    }

    @Test
    void aDirectoryThatDoesNotExistIsRefusedAndNotMade(@TempDir Path home) {
        Path missing = home.resolve("missing");
        ContainerRequest request =
                with(request("sourceless", "true")).mounts(new Mount.Directory(missing, "/data", false));

        EngineException failure = failureOf(() -> engine.containers().create(request));

        assertThat(failure)
                .hasMessageContaining("bind source path does not exist")
                .hasMessageContaining("missing");
        assertThat(missing).doesNotExist();
    }

    @Test
    void moreProcessorsThanTheEngineHasAreRefusedWithTheNumbers() {
        double wanted = engine.info().cpus() + 1;
        ContainerRequest request = with(request("mighty", "true"))
                .limits(new ResourceLimits(ResourceLimits.DEFAULT.memory(), Optional.of(wanted), 64));

        EngineException failure = failureOf(() -> engine.containers().create(request));

        assertThat(failure)
                .hasMessage("create container mighty-%s: it asks for %d processors, and the engine has %d"
                        .formatted(run, (int) wanted, engine.info().cpus()));
    }

    @Test
    void whatIsNoCapabilityIsRefused() {
        Hardening hardening = new Hardening(List.of("ALL"), List.of("FLY"), true, true, false);

        assertThatThrownBy(() -> engine.containers()
                        .create(with(request("flying", "true")).hardening(hardening)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("hardening.capAdd \"FLY\" is not a Linux capability");
    }

    @Test
    void startingWhatIsNotThereIsNotFound() {
        assertThat(failureOf(() -> engine.containers().start("no-such-" + run)).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(failureOf(() -> engine.containers().stop("no-such-" + run, Duration.ofSeconds(1)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aCommandThatIsNotInTheImageFailsToStartWithTheEnginesWords() {
        Hardening withoutInit = new Hardening(List.of("ALL"), List.of(), true, false, false);
        String id = engine.containers()
                .create(with(request("commandless", "no-such-program")).hardening(withoutInit));

        EngineException failure = failureOf(() -> engine.containers().start(id));

        assertThat(failure).hasMessageContaining("no-such-program").hasMessageNotContainingAny("{\"message\"");
    }

    // ---- properties of a container

    @Test
    void runsAsTheUserInTheDirectoryWithTheEnvironmentThatWereAskedFor() {
        String id = started("self", "sleep", "60");

        assertThat(output(id, "id -u; id -g; pwd; echo $GREETING")).isEqualTo("1000\n1000\n/tmp\nhello world\n");
    }

    @Test
    void isKeptFromCapabilitiesAndNewPrivilegesAndHasAnInit() {
        String id = started("hardened", "sleep", "60");

        assertThat(output(id, "grep -E 'CapBnd|NoNewPrivs' /proc/self/status"))
                .contains("CapBnd:\t0000000000000000")
                .contains("NoNewPrivs:\t1");
        assertThat(output(id, "cat /proc/1/cmdline")).contains("init");
    }

    @Test
    void getsItsLimits() {
        ContainerRequest request = with(request("limited", "sleep", "60"))
                .limits(new ResourceLimits(new MemorySize(128L << 20), Optional.of(0.5), 77));
        String id = engine.containers().create(request);
        engine.containers().start(id);

        assertThat(output(id, "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null"))
                .isEqualTo((128L << 20) + "\n");
        assertThat(output(id, "cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null"))
                .isEqualTo("77\n");
        assertThat(output(id, "cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2>/dev/null"))
                .startsWith("50000");
    }

    @Test
    void aReadOnlyFileSystemLeavesDirectoriesOfItsOwnWritableForProgramsToo() {
        String id = readOnly("read-only", new Mount.Scratch("/tmp"), new Mount.Scratch("/var/tmp"));

        assertThat(output(
                        id, "printf '#!/bin/sh\\necho ran' > /tmp/x && chmod +x /tmp/x && /tmp/x && touch /var/tmp/x"))
                .isEqualTo("ran\n");
        assertThat(output(id, "stat -c %a /tmp /var/tmp; stat -f -c %T /tmp"))
                .startsWith("1777\n1777\n")
                .doesNotContain("tmpfs");
        assertThat(sh(id, "touch /opt/x").errors()).contains("Read-only file system");
    }

    @Test
    void aDirectoryOfAContainersOwnIsKeptFromStopToStartAndGoesWithTheContainer() {
        String id = readOnly("stopped", new Mount.Scratch("/tmp"));
        sh(id, "echo kept >/tmp/note");

        engine.containers().stop(id, Duration.ZERO);
        engine.containers().start(id);
        String note = output(id, "cat /tmp/note");
        List<VolumeObservation> volumes = engine.volumes().list(ours);
        engine.containers().remove(id);

        assertThat(note).isEqualTo("kept\n");
        if (labelsDirectories()) {
            assertThat(volumes)
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.labels()).containsEntry(Labels.CONTAINER, "stopped-" + run));
        }
        assertThat(engine.volumes().list(ours)).isEmpty();
    }

    /** Returns true if the engine labels the volumes without a name. */
    boolean labelsDirectories() {
        return true;
    }

    private String readOnly(String name, Mount... mounts) {
        Hardening hardening = new Hardening(List.of("ALL"), List.of(), true, true, true);
        ContainerRequest mounted = with(request(name, "sleep", "60")).mounts(mounts);
        String id = engine.containers().create(with(mounted).hardening(hardening));
        engine.containers().start(id);
        return id;
    }

    @Test
    void mountsDirectoriesWritableOrNot(@TempDir Path home) throws IOException {
        Path data = Files.createDirectory(home.resolve("data"));
        Files.writeString(data.resolve("note"), "from the host");
        String id = engine.containers()
                .create(with(request("mounted", "sleep", "60")).mounts(new Mount.Directory(data, "/data", true)));
        engine.containers().start(id);

        assertThat(output(id, "cat /data/note")).isEqualTo("from the host");
        assertThat(sh(id, "touch /data/x").errors()).contains("Read-only file system");
    }

    @Test
    void hostsFilesGetTheExtraHosts() {
        String id = started("hosts", "sleep", "60");

        assertThat(output(id, "grep stand-in.test /etc/hosts")).startsWith("127.0.0.9");
    }

    // ---- networks and volumes

    @Test
    void makesAndFindsAndRemovesNetworks() {
        String name = "net-" + run;
        assertThat(engine.networks().find(name)).isEmpty();

        String id = engine.networks().create(new NetworkRequest(name, Map.of(LABEL, run)));

        assertThat(engine.networks().find(name)).contains(new NetworkUse("bridge", 0));
        assertThat(engine.networks().find(name.substring(0, name.length() - 1))).isEmpty();
        assertThat(engine.networks().list(ours))
                .extracting(NetworkObservation::id, NetworkObservation::name)
                .containsExactly(tuple(id, name));
        engine.networks().remove(id);
        engine.networks().remove(id);
        assertThat(engine.networks().list(ours)).isEmpty();
    }

    @Test
    void thingsAreFoundByAllOfSeveralLabels() {
        Map<String, String> labels = Map.of(LABEL, run, "colour", "red");
        String network = engine.networks().create(new NetworkRequest("net-" + run, labels));
        engine.volumes().create(VolumeRequest.onDisk("volume-" + run, labels));
        LabelSelector red = new LabelSelector(Map.of(LABEL, Optional.of(run), "colour", Optional.of("red")));
        LabelSelector blue = new LabelSelector(Map.of(LABEL, Optional.of(run), "colour", Optional.of("blue")));

        assertThat(engine.networks().list(red))
                .extracting(NetworkObservation::id)
                .containsExactly(network);
        assertThat(engine.networks().list(red).get(0).labels()).containsAllEntriesOf(labels);
        assertThat(engine.volumes().list(red))
                .extracting(VolumeObservation::labels)
                .containsExactly(labels);
        assertThat(engine.networks().list(blue)).isEmpty();
        assertThat(engine.volumes().list(blue)).isEmpty();
        assertThat(engine.containers().list(blue)).isEmpty();
    }

    @Test
    void countsTheContainersThatRunOnANetwork() {
        String name = "net-" + run;
        engine.networks().create(new NetworkRequest(name, Map.of(LABEL, run)));
        String ended = engine.containers().create(with(request("ended", "true")).network(name));
        String running = engine.containers()
                .create(with(request("running", "sleep", "60")).network(name));
        assertThat(engine.networks().find(name)).contains(new NetworkUse("bridge", 0));

        engine.containers().start(running);
        engine.containers().start(ended);

        await(ended, ContainerState.EXITED);
        awaitTrue(
                "its port is free",
                () -> engine.networks().find(name).equals(Optional.of(new NetworkUse("bridge", 1))));
        assertThat(engine.networks().find("host")).map(NetworkUse::driver).contains("host");
    }

    @Test
    void hasTheNetworksThatEveryEngineHas() {
        assertThat(List.of("bridge", "host", "none"))
                .allMatch(name -> engine.networks().find(name).isPresent());
    }

    @Test
    void aNetworkThatIsThereAlreadyIsAConflict() {
        engine.networks().create(new NetworkRequest("net-" + run, Map.of(LABEL, run)));

        EngineException failure =
                failureOf(() -> engine.networks().create(new NetworkRequest("net-" + run, Map.of(LABEL, run))));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void containersOnOneNetworkFindEachOtherByNameAndKeepItFromRemoval() {
        String network = engine.networks().create(new NetworkRequest("net-" + run, Map.of(LABEL, run)));
        String one =
                engine.containers().create(with(request("one", "sleep", "60")).network("net-" + run));
        engine.containers().start(one);
        String two =
                engine.containers().create(with(request("two", "sleep", "60")).network("net-" + run));
        engine.containers().start(two);

        assertThat(output(two, "getent hosts one-" + run)).contains("one-" + run);
        assertThat(failureOf(() -> engine.networks().remove(network)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aNetworkThatIsNotThereIsNamedWhenTheContainerStarts() {
        EngineException failure = failureOf(() -> {
            String id =
                    engine.containers().create(with(request("netless", "true")).network("no-such-" + run));
            engine.containers().start(id);
        });

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no-such-" + run).hasMessageContaining("not found");
    }

    @Test
    void aVolumeInMemoryIsWrittenFromOutsideReadByAnotherContainerAndGoneWithoutOne() {
        String volume = memoryVolume();
        String keeper = withVolume("keeper", volume, false);
        engine.files()
                .upload(keeper, "/kit", List.of(file("login/token", "secret", 0400), file("agent.sh", "true", 0444)));
        String agent = withVolume("agent", volume, true);

        assertThat(output(agent, "cat /kit/login/token; stat -c '%a %u:%g' /kit /kit/login /kit/login/token"))
                .isEqualTo("secret700 1000:1000\n755 1000:1000\n400 1000:1000\n");
        assertThat(output(agent, "grep ' /kit ' /proc/mounts")).startsWith("tmpfs /kit tmpfs ro");
        assertThat(sh(agent, "touch /kit/x").errors()).contains("Read-only file system");
        assertThat(engine.volumes().list(ours))
                .extracting(VolumeObservation::name)
                .containsExactly(volume);

        engine.containers().remove(agent);
        engine.containers().remove(keeper);
        String later = withVolume("later", volume, false);
        assertThat(output(later, "ls /kit")).isEmpty();
    }

    @Test
    void aVolumeOnDiskKeepsWhatIsInItAndWhoMayWriteThereIsTheWritersToSay() {
        String volume = "volume-" + run;
        engine.volumes().create(VolumeRequest.onDisk(volume, Map.of(LABEL, run)));
        String keeper = withVolume("keeper", volume, false);
        engine.files()
                .upload(keeper, "/kit", List.of(UploadFile.folder("state", 0700, USER), file("agent.sh", "1", 0444)));
        assertThat(sh(keeper, "echo up >/kit/state/keeper; touch /kit/x").errors())
                .contains("Permission denied");

        // A later upload replaces the files, but not what was written into the folder.
        engine.files()
                .upload(keeper, "/kit", List.of(UploadFile.folder("state", 0700, USER), file("agent.sh", "2", 0444)));
        engine.containers().remove(keeper);

        String later = withVolume("later", volume, true);
        assertThat(output(later, "cat /kit/agent.sh /kit/state/keeper; stat -c '%a %u:%g' /kit/state"))
                .isEqualTo("2up\n700 1000:1000\n");
        assertThat(sh(later, "touch /kit/state/x").errors()).contains("Read-only file system");
    }

    @Test
    void filesReachAVolumeOfAContainerWhoseOwnFileSystemIsReadOnly() {
        String volume = "volume-" + run;
        engine.volumes().create(VolumeRequest.onDisk(volume, Map.of(LABEL, run)));
        Hardening readOnly = new Hardening(List.of("ALL"), List.of(), true, true, true);
        ContainerRequest mounted =
                with(request("closed", "sleep", "60")).mounts(new Mount.Volume(volume, "/kit", false));
        String id = engine.containers().create(with(mounted).hardening(readOnly));
        engine.containers().start(id);

        engine.files().upload(id, "/kit", List.of(file("agent.sh", "1", 0444)));

        assertThat(output(id, "cat /kit/agent.sh; touch /x 2>&1")).startsWith("1touch:");
    }

    // ---- the user's entry

    @Test
    void aUserWhomTheImageDoesNotKnowHasANameAndHomeIsItsHome() {
        SortedMap<String, String> environment = new TreeMap<>(Map.of("HOME", "/tmp/my home"));
        String id = engine.containers()
                .create(with(request("stranger", "sleep", "60")).user(new ContainerUser(54321, 54322), environment));
        engine.containers().start(id);

        assertThat(output(id, "id -un; id -u; grep :54321: /etc/passwd; stat -c '%a %u' /etc/passwd"))
                .isEqualTo("agent\n54321\nagent:x:54321:54322:agent:/tmp/my home:/bin/sh\n644 0\n");
        assertThat(output(id, "grep -c ^root: /etc/passwd; touch /etc/passwd 2>&1"))
                .startsWith("1\ntouch:");
    }

    @Test
    void aReadOnlyFileSystemHasTheEntryToo() {
        String volume = "volume-" + run;
        engine.volumes().create(VolumeRequest.onDisk(volume, Map.of(LABEL, run)));
        Mount kit = new Mount.Volume(volume, "/kit", false);
        String keeper = stranger("keeper", kit, new Mount.Users(volume, "/kit", true));
        String agent = stranger("agent", new Mount.Users(volume, "/kit", false));

        for (String id : List.of(keeper, agent)) {
            assertThat(output(id, "id -un; grep -c ^root: /etc/passwd; id -u")).isEqualTo("agent\n1\n54321\n");
            assertThat(sh(id, "echo x >>/etc/passwd").exitCode()).isNotZero();
        }
    }

    private String stranger(String name, Mount... mounts) {
        ContainerRequest mounted = with(request(name, "sleep", "60")).mounts(mounts);
        ContainerRequest readOnly = with(mounted).hardening(new Hardening(List.of("ALL"), List.of(), true, true, true));
        String id = engine.containers()
                .create(with(readOnly)
                        .user(new ContainerUser(54321, 54322), new TreeMap<>(Map.of("HOME", "/tmp/home"))));
        engine.containers().start(id);
        return id;
    }

    @Test
    void anEntryThatIsMountedIsTheHostsAndStaysAsItIs(@TempDir Path home) throws IOException {
        Path users = Files.writeString(home.resolve("passwd"), "me:x:1000:1000::/me:/bin/sh\n");
        ContainerRequest mounted =
                with(request("mounted", "sleep", "60")).user(USER, new TreeMap<>(Map.of("HOME", "/tmp/home")));
        String id = engine.containers().create(with(mounted).mounts(new Mount.Directory(users, "/etc/passwd", false)));
        engine.containers().start(id);

        assertThat(output(id, "cat /etc/passwd")).isEqualTo("me:x:1000:1000::/me:/bin/sh\n");
        assertThat(users).hasContent("me:x:1000:1000::/me:/bin/sh\n");
    }

    // ---- restart policies

    @Test
    void aContainerThatIsToComeBackDoesSoUntilItIsStopped() {
        String id = engine.containers()
                .create(with(request("phoenix", "/bin/sh", "-c", "echo up; exec sleep 60"))
                        .restartPolicy(RestartPolicy.untilStopped(Duration.ofSeconds(7))));
        engine.containers().start(id);
        Instant first = engine.containers().find(id).orElseThrow().startedAt().orElseThrow();

        sh(id, "kill -9 $(pidof sleep)");

        awaitTrue(
                "back again",
                () -> is(id, ContainerState.RUNNING)
                        && engine.containers()
                                .find(id)
                                .orElseThrow()
                                .startedAt()
                                .orElseThrow()
                                .isAfter(first));
        engine.containers().stop(id, Duration.ofSeconds(5));
        assertThat(is(id, ContainerState.EXITED)).isTrue();
    }

    @Test
    void aContainerThatEndsAgainAndAgainTellsHowAndIsStoppedAndRemoved() {
        String id = engine.containers()
                .create(with(request("short", "/bin/no-such-shell"))
                        .restartPolicy(RestartPolicy.untilStopped(Duration.ofSeconds(7))));
        engine.containers().start(id);

        // State and exit code must come from one call: a moment later the container runs again.
        awaitTrue(
                "between two attempts, with how the last one ended",
                () -> engine.containers()
                        .find(id)
                        .filter(container -> container.state() == ContainerState.RESTARTING)
                        .flatMap(ContainerObservation::exitCode)
                        .equals(Optional.of(127)));

        engine.containers().stop(id, Duration.ofSeconds(5));
        engine.containers().remove(id);
        assertThat(engine.containers().find(id)).isEmpty();
    }

    private boolean is(String id, ContainerState state) {
        return engine.containers().find(id).orElseThrow().state() == state;
    }

    @Test
    void aVolumeThatIsUsedIsNotRemovedAndOneThatIsGoneIsFine() {
        String volume = memoryVolume();
        String keeper = withVolume("keeper", volume, false);

        assertThat(failureOf(() -> engine.volumes().remove(volume)).kind()).isEqualTo(Kind.CONFLICT);
        engine.containers().remove(keeper);
        engine.volumes().remove(volume);
        engine.volumes().remove(volume);

        assertThat(engine.volumes().list(ours)).isEmpty();
    }

    @Test
    void aVolumeOfThatNameThatIsSomebodyElsesIsAConflict() {
        String volume = memoryVolume();

        EngineException failure =
                failureOf(() -> engine.volumes().create(VolumeRequest.onDisk(volume, Map.of(LABEL, "somebody else"))));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    }

    // ---- files into containers

    @Test
    void writesFilesWithTheirPermissionsAndOwners() {
        String id = started("upload", "sleep", "60");
        ContainerUser other = new ContainerUser(4_000_000, 4_000_001);

        engine.files()
                .upload(
                        id,
                        "/tmp",
                        List.of(
                                file("kit/bin/run.sh", "#!/bin/sh\necho ran", 0755),
                                new UploadFile("kit/größe", "ü".getBytes(StandardCharsets.UTF_8), 0440, other)));

        assertThat(output(id, "/tmp/kit/bin/run.sh")).isEqualTo("ran\n");
        assertThat(output(id, "stat -c '%a %u:%g' /tmp/kit /tmp/kit/bin /tmp/kit/größe"))
                .isEqualTo("755 1000:1000\n755 1000:1000\n440 4000000:4000001\n");
    }

    @Test
    void writingToADirectoryOrAContainerThatIsNotThereIsNotFound() {
        String id = started("upload", "sleep", "60");

        EngineException noDirectory =
                failureOf(() -> engine.files().upload(id, "/no/such/directory", List.of(file("a", "b", 0444))));
        EngineException noContainer =
                failureOf(() -> engine.files().upload("no-such-" + run, "/tmp", List.of(file("a", "b", 0444))));

        assertThat(noDirectory.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(noContainer.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    // ---- commands in containers

    @Test
    void runsACommandAndKeepsItsOutputAndErrorsApart() {
        String id = started("exec", "sleep", "60");

        ExecResult result = sh(id, "echo out; echo grün; echo err >&2; exit 3");

        assertThat(result).isEqualTo(new ExecResult(3, "out\ngrün\n", "err\n"));
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void givesACommandItsEnvironmentAndAnEmptyStandardInput() {
        String id = started("exec", "sleep", "60");
        ExecRequest request = new ExecRequest(
                id, List.of("sh", "-c", "cat; echo end $EXTRA $GREETING"), new TreeMap<>(Map.of("EXTRA", "a b")));

        assertThat(engine.processes().run(request, GENEROUS).output()).isEqualTo("end a b hello world\n");
    }

    @Test
    void keepsEveryByteOfALongOutput() {
        String id = started("exec", "sleep", "60");

        String output = output(id, "seq 1 200000");

        assertThat(output).hasSize(1288895).startsWith("1\n2\n").endsWith("\n200000\n");
    }

    @Test
    void givesUpACommandThatTakesLongerThanItMay() {
        String id = started("exec", "sleep", "60");
        long begin = System.nanoTime();

        EngineException failure =
                failureOf(() -> engine.processes().run(ExecRequest.of(id, "sleep", "55"), Duration.ofSeconds(1)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure)
                .hasMessage("run \"sleep 55\" in container " + id.substring(0, 12) + ": it had not ended after 1s");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aCommandInAContainerThatDoesNotRunIsRefused() {
        String created = engine.containers().create(request("exec", "sleep", "60"));

        assertThat(failureOf(() -> sh(created, "true")).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failureOf(() -> sh("no-such-" + run, "true")).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failureOf(() -> engine.processes().open(ExecRequest.of(created, "cat")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(failureOf(() -> engine.processes().open(ExecRequest.of("no-such-" + run, "cat")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aProgramThatIsNotThereEndsWith127Or126() {
        String id = started("exec", "sleep", "60");

        assertThat(engine.processes()
                        .run(ExecRequest.of(id, "no-such-program"), GENEROUS)
                        .exitCode())
                .isIn(126, 127);
    }

    @Test
    void aProcessInAContainerCanTellWhichOneThatIs() throws InterruptedException {
        String id = started("inside", "cat", "/proc/self/mountinfo");
        await(id, ContainerState.EXITED);
        List<String> mounts = new CopyOnWriteArrayList<>();

        try (LogStream stream = engine.logs().read(LogRequest.follow(id), mounts::add)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(ThisContainer.id(mounts)).hasValue(id);
    }

    /** Possible exit statuses of a command whose container was killed. */
    List<Integer> statusesOfTheKilled() {
        return List.of(137);
    }

    @Test
    void aCommandEndsWithItsContainer() throws InterruptedException {
        String id = started("exec", "sleep", "60");
        Thread killer = new Thread(() -> engine.containers().stop(id, Duration.ZERO));
        try (ExecSession session = engine.processes().open(ExecRequest.of(id, "sh", "-c", "echo on; exec sleep 55"))) {
            awaitOutput(session, "on");
            killer.start();
            awaitExit(session);
            assertThat(session.exitCode())
                    .hasValueSatisfying(
                            status -> assertThat(statusesOfTheKilled()).contains(status));
        }
        killer.join(GENEROUS.toMillis());
    }

    @Test
    void talksWithACommand() throws InterruptedException {
        String id = started("talk", "sleep", "60");
        String script = "echo 'who?'; read name; echo \"hello $name\" >&2; read code; exit \"$code\"";

        try (ExecSession session = engine.processes().open(ExecRequest.of(id, "sh", "-c", script))) {
            awaitOutput(session, "who?");
            assertThat(session.exitCode()).isEmpty();
            session.send("Grün");
            awaitOutput(session, "hello Grün");
            session.send("9");
            awaitExit(session);

            assertThat(session.exitCode()).hasValue(9);
            assertThat(session.output()).isEqualTo("who?\nhello Grün\n");
            // The connection ends shortly after the command.
            assertThat(session.awaitChange(GENEROUS)).isTrue();
            assertThat(session.awaitChange(Duration.ofMillis(1))).isTrue();
            assertThat(failureOf(() -> session.send("more")).kind()).isEqualTo(Kind.CONFLICT);
        }
    }

    /** Ten MB, since a dialogue that is collected ends at four. */
    @Test
    void passesTheLinesOfALongDialogueToItsSink() throws InterruptedException {
        String id = started("dialogue", "sleep", "60");
        String script =
                "read size; head -c \"$size\" /dev/zero | tr '\\0' x; echo; echo aside >&2; read last; echo \"$last\"";
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        try (ExecSession session = engine.processes().open(ExecRequest.of(id, "sh", "-c", script), lines::add)) {
            session.send("10000000");
            assertThat(lines.poll(GENEROUS.toMillis(), TimeUnit.MILLISECONDS)).hasSize(10_000_000);
            awaitOutput(session, "aside");
            session.send("über");
            assertThat(lines.poll(GENEROUS.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("über");
            awaitExit(session);

            assertThat(session.output()).isEqualTo("aside\n");
        }
    }

    @Test
    void saysWhenNothingChangedInAConversation() throws InterruptedException {
        String id = started("talk", "sleep", "60");

        try (ExecSession session =
                engine.processes().open(ExecRequest.of(id, "sh", "-c", "echo once; exec sleep 50"))) {
            awaitOutput(session, "once");
            session.awaitChange(Duration.ofMillis(300));

            assertThat(session.awaitChange(Duration.ofMillis(300))).isFalse();
        }
    }

    @Test
    void closingAConversationEndsTheCommandsInput() {
        String id = started("talk", "sleep", "60");
        ExecSession session =
                engine.processes().open(ExecRequest.of(id, "sh", "-c", "cat > /tmp/heard; echo end >> /tmp/heard"));
        session.send("line");
        awaitTrue("the line arrives", () -> output(id, "cat /tmp/heard").equals("line\n"));

        session.close();

        awaitTrue("cat sees the end", () -> output(id, "cat /tmp/heard").equals("line\nend\n"));
        assertThat(session.exitCode()).hasValue(0);
    }

    // ---- logs

    @Test
    void followsALogLineByLineUntilTheContainerEnds() throws InterruptedException {
        String id = engine.containers()
                .create(request("log", "sh", "-c", "echo one; sleep 1; printf 'tw'; sleep 1; echo 'ö'; echo err >&2"));
        engine.containers().start(id);
        List<String> lines = new CopyOnWriteArrayList<>();

        try (LogStream stream = engine.logs().read(LogRequest.follow(id), lines::add)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(lines).containsExactlyInAnyOrder("one", "twö", "err");
    }

    /** Engine 20.10 itself usually omits such a line when the log is followed. */
    @Test
    void aLastLineWithoutAnEndIsReadToo() {
        String id = started("log", "sh", "-c", "echo one; printf rest");
        await(id, ContainerState.EXITED);

        assertThat(read(LogRequest.last(id, 5))).containsExactly("one", "rest");
    }

    @Test
    void readsTheLastLinesOfWhatWasPrintedSoFar() throws InterruptedException {
        String id = started("log", "sh", "-c", "seq 1 20; sleep 60");
        awaitTrue(
                "all is printed",
                () -> read(new LogRequest(id, false, OptionalInt.empty())).size() == 20);

        assertThat(read(LogRequest.last(id, 2))).containsExactly("19", "20");
    }

    @Test
    void aLogThatIsClosedEndsAtOnceFromAnyThread() throws InterruptedException {
        String id = started("log", "sh", "-c", "while true; do echo tick; sleep 0.05; done");
        List<String> lines = new CopyOnWriteArrayList<>();
        LogStream stream = engine.logs().read(LogRequest.follow(id), lines::add);
        awaitTrue("lines come", () -> lines.size() > 3);
        assertThat(stream.awaitEnd(Duration.ofMillis(50))).isFalse();

        Thread closer = new Thread(stream::close);
        closer.start();
        assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        closer.join(GENEROUS.toMillis());

        int heard = lines.size();
        Thread.sleep(500);
        assertThat(lines).hasSizeLessThanOrEqualTo(heard + 1);
    }

    @Test
    void theLogOfAContainerThatIsNotThereIsNotFound() {
        EngineException failure = failureOf(() -> engine.logs().read(LogRequest.follow("no-such-" + run), line -> {}));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aReaderThatFailsIsHeardOf() {
        String id = started("log", "sh", "-c", "echo one; sleep 60");
        // Repeated, because the line may arrive before the call that opens the log returns.
        for (int turn = 0; turn < 30; turn++) {
            LogStream stream = engine.logs().read(LogRequest.follow(id), line -> {
                throw new IllegalArgumentException("broken reader");
            });

            assertThatThrownBy(() -> stream.awaitEnd(GENEROUS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("broken reader");
        }
    }

    @Test
    void manyLogsAndConversationsAtOnceLeaveRoomForCalls() {
        String id = started("many", "sleep", "120");
        List<AutoCloseable> open = new ArrayList<>();
        try {
            for (int number = 0; number < logsAtOnce(); number++) {
                open.add(engine.logs().read(LogRequest.follow(id), line -> {}));
                open.add(engine.processes().open(ExecRequest.of(id, "cat")));
            }
            assertThat(output(id, "echo still")).isEqualTo("still\n");
        } finally {
            open.forEach(DockerEngineContract::close);
        }
    }

    // ---- helpers

    /** Number of logs, and of conversations, that are open at once. */
    int logsAtOnce() {
        return 30;
    }

    private BuildRequest build(String tag, Path context, String dockerfile) {
        built = true;
        return new BuildRequest(
                tag,
                context,
                dockerfile,
                new TreeMap<>(Map.of("GREETING", "hello")),
                Map.of(LABEL, run),
                false,
                Optional.of("none"));
    }

    private static void countDown(CountDownLatch begun, String line) {
        if (line.equals("begun")) {
            begun.countDown();
        }
    }

    private ContainerRequest request(String name, String... command) {
        return new ContainerRequest(
                name + "-" + run,
                IMAGE,
                USER,
                List.of(command),
                new TreeMap<>(Map.of("GREETING", "hello world")),
                new TreeMap<>(Map.of(LABEL, run)),
                List.of(),
                "/tmp",
                new NetworkAttachment("bridge", List.of("stand-in.test:127.0.0.9")),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 64),
                Hardening.DEFAULT.withReadOnlyRootfs(false),
                Lifecycle.ONCE);
    }

    private static Variation with(ContainerRequest request) {
        return new Variation(request);
    }

    private String started(String name, String... command) {
        String id = engine.containers().create(request(name, command));
        engine.containers().start(id);
        return id;
    }

    private String memoryVolume() {
        String name = "volume-" + run;
        engine.volumes().create(VolumeRequest.inMemory(name, Map.of(LABEL, run), USER, 1 << 20));
        return name;
    }

    private String withVolume(String name, String volume, boolean readOnly) {
        String id = engine.containers()
                .create(with(request(name, "sleep", "60")).mounts(new Mount.Volume(volume, "/kit", readOnly)));
        engine.containers().start(id);
        return id;
    }

    private static UploadFile file(String path, String content, int mode) {
        return new UploadFile(path, content.getBytes(StandardCharsets.UTF_8), mode, USER);
    }

    private ExecResult sh(String id, String script) {
        return engine.processes().run(ExecRequest.of(id, "sh", "-c", script), GENEROUS);
    }

    private String output(String id, String script) {
        return sh(id, script).output();
    }

    private List<String> read(LogRequest request) {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LogStream stream = engine.logs().read(request, lines::add)) {
            assertThat(stream.awaitEnd(GENEROUS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    private ContainerObservation container(String id) {
        return engine.containers().find(id).orElseThrow();
    }

    private void await(String id, ContainerState state) {
        awaitTrue(id + " is " + state, () -> container(id).state() == state);
    }

    private static void awaitOutput(ExecSession session, String text) throws InterruptedException {
        for (int change = 0; change < 60 && !session.output().contains(text); change++) {
            session.awaitChange(Duration.ofSeconds(1));
        }
        assertThat(session.output()).contains(text);
    }

    private static void awaitExit(ExecSession session) {
        awaitTrue("the command ends", () -> session.exitCode().isPresent());
    }

    private static void awaitTrue(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + GENEROUS.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static EngineException failureOf(ThrowingCallable call) {
        EngineException failure = catchThrowableOfType(EngineException.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }

    /** Removes the images that were built or left by failed builds; the port cannot remove images. */
    private void removeImages() {
        try (Connection connection = RealEngine.connection(engine, Path.of("no-docker-config"))) {
            connection
                    .client()
                    .listImagesCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(LABEL, run))
                    .exec()
                    .forEach(image -> connection
                            .client()
                            .removeImageCmd(image.getId())
                            .withForce(true)
                            .exec());
        }
    }

    /** Copy of a request with one value changed. */
    private record Variation(ContainerRequest base) {

        ContainerRequest image(String image) {
            return copy(image, base.mounts(), base.network(), base.limits(), base.hardening());
        }

        ContainerRequest mounts(Mount... mounts) {
            return copy(base.image(), Arrays.asList(mounts), base.network(), base.limits(), base.hardening());
        }

        ContainerRequest network(String network) {
            return copy(
                    base.image(),
                    base.mounts(),
                    new NetworkAttachment(network, base.network().extraHosts()),
                    base.limits(),
                    base.hardening());
        }

        ContainerRequest limits(ResourceLimits limits) {
            return copy(base.image(), base.mounts(), base.network(), limits, base.hardening());
        }

        ContainerRequest hardening(Hardening hardening) {
            return copy(base.image(), base.mounts(), base.network(), base.limits(), hardening);
        }

        ContainerRequest user(ContainerUser user, SortedMap<String, String> environment) {
            return new ContainerRequest(
                    base.name(),
                    base.image(),
                    user,
                    base.command(),
                    environment,
                    base.labels(),
                    base.mounts(),
                    base.workingDirectory(),
                    base.network(),
                    base.limits(),
                    base.hardening(),
                    base.lifecycle());
        }

        ContainerRequest restartPolicy(RestartPolicy restartPolicy) {
            return copy(
                    base.image(),
                    base.mounts(),
                    base.network(),
                    base.limits(),
                    base.hardening(),
                    new Lifecycle(restartPolicy, Optional.empty()));
        }

        private ContainerRequest copy(
                String image,
                List<Mount> mounts,
                NetworkAttachment network,
                ResourceLimits limits,
                Hardening hardening) {
            return copy(image, mounts, network, limits, hardening, base.lifecycle());
        }

        private ContainerRequest copy(
                String image,
                List<Mount> mounts,
                NetworkAttachment network,
                ResourceLimits limits,
                Hardening hardening,
                Lifecycle lifecycle) {
            return new ContainerRequest(
                    base.name(),
                    image,
                    base.user(),
                    base.command(),
                    base.environment(),
                    base.labels(),
                    mounts,
                    base.workingDirectory(),
                    network,
                    limits,
                    hardening,
                    lifecycle);
        }
    }
}
