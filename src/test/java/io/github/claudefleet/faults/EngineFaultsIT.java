package io.github.claudefleet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * Injects faults into the calls of a start and a stop: docs/engine-faults.md. Each run takes every call with a third of
 * the faults, and every fault with a third of the calls. {@code bin/test --matrix} takes all cells of the table.
 */
class EngineFaultsIT {

    /**
     * Limit for one goal: 90 s for the end of the auth container, a few call timeouts, and a reserve for a busy
     * machine.
     */
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    private static final int AT_ONCE = 8;
    /** The HTTP client repeats some calls once by itself. */
    private static final int IN_A_ROW = 2;
    /** Maximum number of attempts for a cell that a busy machine may have spoiled; repeated attempts run alone. */
    private static final int TRIES = 4;

    private static final boolean ALL = Boolean.getBoolean("matrix.all");
    /** One of this many cells is taken if not all are. */
    private static final int SHARE = 3;

    private static final Path DOCUMENT = Path.of("docs", "engine-faults.md");

    @TempDir
    private static Path folder;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static ContainerEngine engine;
    private static FakeCliImage image;
    private static List<Outcome> outcomes;
    private static List<String> duplicates;

    @BeforeAll
    static void spoilEverything() throws Exception {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), HomeDirectory.at(folder));
        image = FakeCliImage.build(Files.createDirectory(folder.resolve("image")));
        try (DuplicateContainerWatch watch = DuplicateContainerWatch.watch(prefix())) {
            outcomes = spoilAll();
            duplicates = watch.seen();
        }
        Files.writeString(
                Path.of("target", "engine-faults.txt"),
                outcomes.stream().map(Outcome::text).collect(Collectors.joining("\n", "", "\n")));
    }

    @AfterAll
    static void removeTheImage() throws IOException {
        image.close();
        engine.close();
    }

    @Test
    void everyCallThatIsMadeIsInTheTable() throws Exception {
        try (FaultyFleet faulty = faultyFleet()) {
            faulty.start();
            List<String> start = faulty.proxy().heard();
            faulty.stop();
            List<String> all = faulty.proxy().heard();

            assertThat(start).allMatch(call -> Row.all().stream().anyMatch(row -> row.includes("start", call)));
            assertThat(all.subList(start.size(), all.size()))
                    .allMatch(call -> Row.all().stream().anyMatch(row -> row.includes("stop", call)));
        }
    }

    @Test
    void everyGoalEndsInTime() {
        assertThat(outcomes).allMatch(outcome -> outcome.took().compareTo(DEADLINE) < 0);
    }

    @Test
    void everyFailureNamesWhatTheGoalWasAt() {
        assertThat(outcomes.stream().filter(outcome -> !outcome.namesTheCall()).map(Outcome::text))
                .isEmpty();
    }

    /** Where the proxy denies the removal of a container that exists, a stop removes it. */
    @Test
    void aStartThatFailsLeavesNothing() {
        assertThat(outcomes.stream()
                        .filter(outcome -> outcome.row().goal().equals("start"))
                        .filter(outcome -> !outcome.row().call().equals("DELETE /containers/ID"))
                        .filter(outcome -> !outcome.left().isEmpty())
                        .map(Outcome::text))
                .isEmpty();
    }

    @Test
    void oneMoreStopRemovesWhatAStopHasLeft() {
        assertThat(outcomes.stream()
                        .filter(outcome -> !outcome.leftAtLast().isEmpty())
                        .map(Outcome::text))
                .isEmpty();
    }

    @Test
    void noAgentEverHasTwoContainers() {
        assertThat(duplicates).isEmpty();
    }

    /** {@code -Dupdate=true -Dmatrix.all=true} writes the outcomes into the document. */
    @Test
    void theDocumentTellsWhatCameOut() throws IOException {
        if (ALL && Boolean.getBoolean("update")) {
            Files.writeString(DOCUMENT, FaultsDocument.with(Files.readString(DOCUMENT), outcomes));
        }
        String document = Files.readString(DOCUMENT);

        assertThat(outcomes)
                .filteredOn(outcome -> !FaultsDocument.has(document, outcome))
                .extracting(Outcome::text)
                .isEmpty();
        assertThat(FaultsDocument.calls(document))
                .isEqualTo(Row.all().stream().map(Row::call).toList());
    }

    private record Cell(Row row, Fault fault) {

        static Stream<Cell> ofThisRun() {
            return Row.all().stream()
                    .flatMap(row -> Fault.ofEngines().stream().map(fault -> new Cell(row, fault)))
                    .filter(cell -> ALL || (Row.all().indexOf(cell.row) + cell.fault.ordinal()) % SHARE == 0);
        }

        /** Returns true for cells that mostly wait. They are started first. */
        boolean isLong() {
            return fault == Fault.STALLED || fault == Fault.LOST;
        }
    }

    /** Returns the outcomes by row, in the order of the faults. */
    private static List<Outcome> spoilAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Outcome>> futures = Cell.ofThisRun()
                    .sorted(Comparator.comparing(Cell::isLong).reversed())
                    .map(cell -> threads.submit(() -> spoil(cell.row(), cell.fault())))
                    .toList();
            List<Outcome> all = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                all.add(future.get(20, TimeUnit.MINUTES));
            }
            String document = Files.readString(DOCUMENT);
            for (int tries = 1; tries < TRIES; tries++) {
                trySomeAnew(all, document);
            }
            all.sort(Comparator.comparing((Outcome outcome) -> Row.all().indexOf(outcome.row()))
                    .thenComparing(Outcome::fault));
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    /** A changed behaviour shows again when the cell runs alone; an answer that was late on a busy machine does not. */
    private static void trySomeAnew(List<Outcome> all, String document) throws Exception {
        for (int index = 0; index < all.size(); index++) {
            Outcome outcome = all.get(index);
            if (outcome.isOfABusyMachine() || !FaultsDocument.has(document, outcome)) {
                System.out.println("Again, alone: " + outcome.text());
                all.set(index, spoil(outcome.row(), outcome.fault()));
            }
        }
    }

    private static Outcome spoil(Row row, Fault fault) throws Exception {
        try (FaultyFleet faulty = faultyFleet()) {
            boolean stops = row.goal().equals("stop");
            if (stops) {
                faulty.pretend(engine);
            }
            faulty.proxy().inject(fault, row.calls()).after(row.spared()).times(IN_A_ROW);
            long begin = System.nanoTime();
            Goal goal = stops ? faulty::stop : faulty::start;
            String failure = goal.failure();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            faulty.proxy().mend();
            List<String> left = stops || !failure.isEmpty() ? left(faulty.fleet()) : List.of();
            faulty.stop();
            return new Outcome(row, fault, failure, took, left, left(faulty.fleet()));
        }
    }

    private static List<String> left(FleetName fleet) {
        LabelSelector ours = new LabelSelector(Labels.FLEET, Optional.of(fleet.value()));
        return Stream.of(
                        engine.containers().list(ours).stream().map(container -> "container " + container.name()),
                        engine.networks().list(ours).stream().map(network -> "network " + network.name()),
                        engine.volumes().list(ours).stream().map(volume -> "volume " + volume.name()))
                .flatMap(things -> things)
                .toList();
    }

    private static FaultyFleet faultyFleet() throws IOException {
        String name = prefix() + NUMBER.incrementAndGet();
        return FaultyFleet.of(name, image.tag(), engine.info().address(), folder);
    }

    private static String prefix() {
        return "faults-" + ProcessHandle.current().pid() + "-";
    }
}
