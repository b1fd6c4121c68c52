package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.faults.FakeCliImage;
import io.github.claudefleet.faults.Fault;
import io.github.claudefleet.faults.Goal;
import io.github.claudefleet.it.ThrowawayKubernetes;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Injects faults into the calls of a start and a stop on a real cluster. The calls are those that a start and a stop make
 * without faults. Each run takes some of the faults of each call, and {@code bin/test --matrix} takes all of them.
 */
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+", disabledReason = "bin/test brings Kubernetes")
class KubernetesFaultsIT {

    /** Limit for one goal: some call limits in a row, each with the client's repetitions, on a busy machine. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static final int AT_ONCE = 4;

    /** A fault that passes, as by a restart of the API server: the client repeats calls by itself. */
    private static final int PASSING = 2;

    private static final int LASTING = Integer.MAX_VALUE;

    private static final boolean ALL = Boolean.getBoolean("matrix.all");
    /** One of this many cells is taken if not all are. */
    private static final int SHARE = Integer.getInteger("matrix.share", 25);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static ThrowawayKubernetes cluster;
    private static FakeCliImage image;
    private static List<Outcome> outcomes;

    @BeforeAll
    static void spoilEverything() throws Exception {
        image = FakeCliImage.build(Files.createDirectory(folder.resolve("image")));
        cluster = ThrowawayKubernetes.create();
        cluster.load(image.tag());
        cluster.createNamespace(KubernetesFixture.NAMESPACE);
        KubernetesFixture.grant(cluster, KubernetesFixture.NAMESPACE);
        outcomes = spoilAll(cells());
        Files.writeString(
                Path.of("target", "kubernetes-faults.txt"),
                outcomes.stream().map(Outcome::text).collect(Collectors.joining("\n", "", "\n")));
    }

    @AfterAll
    static void close() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        image.close();
    }

    @Test
    void everyGoalEndsInTime() {
        assertThat(outcomes)
                .isNotEmpty()
                .allSatisfy(
                        outcome -> assertThat(outcome.took()).as(outcome.text()).isLessThan(DEADLINE));
    }

    @Test
    void everyFailureNamesWhatTheGoalWasAt() {
        assertThat(texts(outcomes.stream()
                        .filter(outcome -> !outcome.isDone())
                        .filter(outcome -> !outcome.namesTheCall())))
                .isEmpty();
    }

    @Test
    void aFailureOfTheApiServerThatPassesFailsNoGoal() {
        assertThat(texts(outcomes.stream().filter(Outcome::mustBeDone).filter(outcome -> !outcome.isDone())))
                .isEmpty();
    }

    /** Where the calls of a removal fail for good, or the proxy denies what exists, a stop removes the rest. */
    @Test
    void aStartThatFailsLeavesNothing() {
        assertThat(texts(outcomes.stream()
                        .filter(outcome -> outcome.cell().isPassing()
                                || !outcome.cell().call().isOfRemovals())
                        .filter(outcome -> outcome.cell().fault() != Fault.NOT_FOUND)
                        .filter(outcome -> !outcome.left().isEmpty())))
                .isEmpty();
    }

    @Test
    void oneMoreStopRemovesEverything() {
        assertThat(texts(outcomes.stream()
                        .filter(outcome -> !outcome.leftAtLast().isEmpty())))
                .isEmpty();
    }

    private static List<String> texts(Stream<Outcome> some) {
        return some.map(Outcome::text).toList();
    }

    /**
     * Call of a goal.
     *
     * @param path regular expression for the path and the query
     */
    private record Call(String goal, String method, String path) {

        /** @param heard method and path of a call of a fleet */
        static Call of(String goal, String heard) {
            String[] parts = heard.split(" ", 2);
            String[] target = parts[1].split("\\?", 2);
            String path = target[0].replaceAll(
                    "claude-fleet-faults-\\d+-(anchor-)?[0-9a-f]{8}", "claude-fleet-faults-[^/]*$1");
            if (target.length == 1) {
                return new Call(goal, parts[0], path);
            }
            return new Call(
                    goal,
                    parts[0],
                    path + "\\?" + (target[1].contains("watch=true") ? ".*watch=true.*" : "(?!.*watch=true).*"));
        }

        /** Returns true for a call that a removal makes as well. */
        boolean isOfRemovals() {
            return Set.of("GET", "DELETE").contains(method);
        }

        boolean isCommand() {
            return path.contains("/exec");
        }
    }

    private record Cell(Call call, Fault fault, int times) {

        boolean isPassing() {
            return times == PASSING;
        }
    }

    /**
     * Outcome of a goal with a fault in one of its calls.
     *
     * @param failure message of the failure; empty if the goal succeeded
     * @param left objects that a start has left that failed
     * @param leftAtLast objects that were left after one more stop
     */
    private record Outcome(Cell cell, String failure, Duration took, String left, String leftAtLast) {

        boolean isDone() {
            return failure.isEmpty();
        }

        boolean namesTheCall() {
            return failure.matches("(?s).*(connect|pod|pods|secret|secrets|job|log|login|agent|auth container)\\b.*")
                    && !failure.contains("Exception");
        }

        /** A command is never repeated: it may have done its work. */
        boolean mustBeDone() {
            return cell.isPassing()
                    && !cell.call().isCommand()
                    && Set.of(Fault.BROKEN, Fault.BUSY, Fault.SLOW).contains(cell.fault());
        }

        String text() {
            String first = failure.lines().findFirst().orElse("done");
            return "%-5s  %-6s %s  %-12s %s  %5.1f s  %s%s%s"
                    .formatted(
                            cell.call().goal(),
                            cell.call().method(),
                            cell.call().path(),
                            cell.fault(),
                            cell.isPassing() ? "passing" : "lasting",
                            took.toMillis() / 1000.0,
                            first,
                            left.isEmpty() ? "" : "  LEFT " + left,
                            leftAtLast.isEmpty() ? "" : "  LEFT AT LAST " + leftAtLast);
        }
    }

    private static List<Cell> cells() throws Exception {
        List<Call> calls = calls();
        List<Cell> cells = new ArrayList<>();
        for (Call call : calls) {
            for (Fault fault : Fault.values()) {
                cells.add(new Cell(call, fault, PASSING));
                cells.add(new Cell(call, fault, LASTING));
            }
        }
        List<Cell> some = new ArrayList<>();
        // Another fault of each call, as a row of the table has one cell less.
        for (int index = 0; index < cells.size(); index += ALL ? 1 : SHARE) {
            some.add(cells.get(index));
        }
        return some;
    }

    /** Returns the calls of a start and a stop without faults. */
    private static List<Call> calls() throws Exception {
        try (FaultyCluster fleet = fleet()) {
            fleet.start();
            List<String> start = fleet.proxy().heard();
            fleet.stop();
            List<String> all = fleet.proxy().heard();
            Set<Call> calls = new LinkedHashSet<>();
            start.forEach(heard -> calls.add(Call.of("start", heard)));
            all.subList(start.size(), all.size()).forEach(heard -> calls.add(Call.of("stop", heard)));
            return List.copyOf(calls);
        }
    }

    private static List<Outcome> spoilAll(List<Cell> cells) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Outcome>> futures = cells.stream()
                    .map(cell -> threads.submit(() -> spoil(cell)))
                    .toList();
            List<Outcome> all = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                all.add(future.get(90, TimeUnit.MINUTES));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome spoil(Cell cell) throws Exception {
        try (FaultyCluster fleet = fleet()) {
            boolean stops = cell.call().goal().equals("stop");
            if (stops) {
                fleet.start();
            }
            fleet.proxy()
                    .inject(cell.fault(), cell.call().method(), cell.call().path())
                    .times(cell.times());
            long begin = System.nanoTime();
            Goal goal = stops ? fleet::stop : fleet::start;
            String failure = goal.failure();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            fleet.proxy().mend();
            String left = stops || failure.isEmpty() ? "" : left(fleet.spec().id());
            fleet.stop();
            Outcome outcome =
                    new Outcome(cell, failure, took, left, left(fleet.spec().id()));
            System.out.println("kubernetes faults: " + outcome.text());
            return outcome;
        }
    }

    /** Returns the objects that the fleet has for longer than a removal takes. */
    private static String left(FleetId fleet) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        String left = objects(fleet);
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(500);
            left = objects(fleet);
        }
        return left;
    }

    /** Returns the fleet's objects, but for those that are ending. */
    private static String objects(FleetId fleet) throws IOException, InterruptedException {
        return cluster.kubectl(
                        "get",
                        "jobs,pods,secrets",
                        "--namespace=" + KubernetesFixture.NAMESPACE,
                        "--selector=" + Labels.FLEET + "=" + fleet.name(),
                        "--output=jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.deletionTimestamp}{'\\n'}{end}")
                .lines()
                .filter(line -> line.endsWith(" "))
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }

    private static FaultyCluster fleet() throws IOException {
        return FaultyCluster.of(
                "faults-" + NUMBER.incrementAndGet(),
                image.tag(),
                cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER),
                folder);
    }
}
