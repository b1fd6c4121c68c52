package io.github.claudefleet.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.it.MavenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills builds at eight points by five methods, on three Mavens, while another build beside them loses nothing. By
 * default every pair of point and method runs once, and each point and each method runs on every Maven.
 * {@code -Dmatrix.all=true} runs every method at every point on every Maven, {@code -Dit.part} a part of the pairs. Needs the plugin in the local repository:
 * {@code bin/test --ci}, {@code --all} and {@code --matrix} run it.
 */
class DeathMatrix {

    private static final List<String> MAVENS = List.of(
            System.getProperty("deaths.mavens", "3.6.3,3.9.16,4.0.0-rc-6").split(","));
    /** The machine has two processors, and a build waits for the engine as long as it computes. */
    private static final int AT_ONCE = 3;

    private static final Path WORK = Path.of("target", "deaths").toAbsolutePath();

    private record Cell(String maven, KillPoint point, KillMethod method) {

        String name() {
            return "d-%s-%s-%s"
                    .formatted(maven.charAt(2), point.name(), method.name())
                    .toLowerCase(Locale.ROOT);
        }
    }

    @Test
    @Timeout(value = 110, unit = TimeUnit.MINUTES)
    void nothingIsLeftOfABuildThatDies() throws Exception {
        deleteAll(WORK);
        List<String> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try {
            String part = System.getProperty("it.part", "");
            if (!part.isEmpty()) {
                round(pairs(Integer.parseInt(part)), rows, failures);
            } else if (Boolean.getBoolean("matrix.all")) {
                for (String maven : MAVENS) {
                    round(cells(Set.of(maven)), rows, failures);
                }
            } else {
                round(pairs(), rows, failures);
            }
        } finally {
            Files.write(Files.createDirectories(WORK).resolve("table.txt"), rows);
            rows.forEach(System.out::println);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aSecondCtrlCDoesNotWait() throws Exception {
        for (String maven : MAVENS) {
            try (KilledBuild build = KilledBuild.create(WORK.resolve("twice-" + maven.charAt(2)), home(maven))) {
                build.dieAtTheSecondInterrupt();
            }
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aJvmThatLivesOnKeepsNothingOfABuild() throws Exception {
        Path maven = home("3.9.16");
        try (KilledBuild build = KilledBuild.create(WORK.resolve("daemon"), maven);
                Daemon daemon = Daemon.start(maven, build.directory())) {
            for (int session = 0; session < 3; session++) {
                // The session ends before the phase of the goal that would stop the fleet.
                String said = daemon.session(build.arguments("pre-integration-test"));
                assertThat(said)
                        .contains("1 agent ready", "ends with this build")
                        .endsWith("session over: 0, threads of the plugin: []");
                assertThat(build.goneWithin(Duration.ofSeconds(30))).isNotNull();
            }
            assertThat(daemon.isAlive()).isTrue();
        }
    }

    private static List<Cell> cells(Collection<String> mavens) {
        return mavens.stream()
                .flatMap(maven -> Arrays.stream(KillPoint.values())
                        .flatMap(point ->
                                Arrays.stream(KillMethod.values()).map(method -> new Cell(maven, point, method))))
                .toList();
    }

    /** Returns each pair of point and method, with a Maven that varies with both. */
    private static List<Cell> pairs() {
        return cells(MAVENS).stream()
                .filter(cell -> cell.maven()
                        .equals(MAVENS.get(
                                (cell.point().ordinal() + cell.method().ordinal()) % MAVENS.size())))
                .toList();
    }

    /** Returns two methods at each point, and others in the next part. Five parts have all pairs. */
    private static List<Cell> pairs(int part) {
        int methods = KillMethod.values().length;
        return pairs().stream()
                .filter(cell -> (cell.method().ordinal() + cell.point().ordinal() + 2 * part) % methods < 2)
                .toList();
    }

    private void round(List<Cell> cells, List<String> rows, List<String> failures) throws Exception {
        String maven = cells.get(0).maven();
        try (KilledBuild bystander = KilledBuild.create(WORK.resolve("bystander-" + maven.charAt(2)), home(maven))) {
            MavenProcess alive = bystander.live();
            List<String> before = bystander.running();
            for (Future<String> row : all(cells)) {
                try {
                    rows.add(row.get());
                } catch (ExecutionException e) {
                    failures.add(String.valueOf(e.getCause()));
                    rows.add("FAILED " + e.getCause());
                }
            }
            assertThat(bystander.running())
                    .as("a build beside it")
                    .isEqualTo(before)
                    .hasSize(3);
            alive.signal("TERM").await();
            assertThat(bystander.goneWithin(Duration.ofSeconds(30))).isNotNull();
        }
    }

    private static List<Future<String>> all(List<Cell> cells) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            return threads.invokeAll(cells.stream()
                    .<Callable<String>>map(cell -> () -> row(cell))
                    .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static String row(Cell cell) throws Exception {
        try (KilledBuild build = KilledBuild.create(WORK.resolve(cell.name()), home(cell.maven()))) {
            Leftovers leftovers = build.die(cell.method(), cell.point());
            if (cell.point() == KillPoint.WORK
                    || cell.point() == KillPoint.COLLECTING
                    || cell.point() == KillPoint.STOPPING) {
                assertThat(leftovers.results()).as("results of " + cell).isPositive();
            }
            return "Maven %-10s %-38s %-30s gone %5d ms after its end, exit %3d, %d files of results"
                    .formatted(
                            cell.maven(),
                            cell.point(),
                            cell.method(),
                            leftovers.goneAfter().toMillis(),
                            leftovers.run().exitCode(),
                            leftovers.results());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(cell + ": " + e.getMessage(), e);
        }
    }

    private static Path home(String maven) {
        return Path.of("target", "mavens", "apache-maven-" + maven).toAbsolutePath();
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
