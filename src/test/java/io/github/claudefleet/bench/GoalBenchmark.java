package io.github.claudefleet.bench;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.host.HostUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures the goals as complete processes: against Docker Compose and fabric8's plugin, against {@code mvn validate},
 * and with many agents against one. The order of a round's measurements changes from round to round.
 */
public final class GoalBenchmark {

    /** Goals whose cost without any fleet is measured. */
    private static final List<String> ALONE = List.of("help", "status", "stop", "doctor");

    private final Options options;
    private final ContainerEngine engine;
    private final Path scratch;
    private final GoalMeasurements measured = new GoalMeasurements();

    private GoalBenchmark(Options options, ContainerEngine engine, Path scratch) {
        this.options = options;
        this.engine = engine;
        this.scratch = scratch;
    }

    /** @param arguments directory for the output of processes */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromSystemProperties();
        Optional<String> address = Optional.of("unix://" + options.socket());
        try (ContainerEngine engine = DockerEngines.connect(address, Map.of(), HostUser.home())) {
            Path scratch = Path.of(arguments[0]).toAbsolutePath();
            GoalBenchmark benchmark = new GoalBenchmark(options, engine, scratch);
            benchmark.compare();
            benchmark.measured.printComparison(System.out, options);
            benchmark.scale();
            benchmark.measured.printScale(System.out, options);
        }
    }

    private void compare() throws Exception {
        try (BenchGoals open = goals("open", options.containers(), BenchProject.OPEN);
                BenchGoals fenced = goals("fenced", options.containers(), Map.of());
                BenchGoals none = goals("none", 1, Map.of())) {
            try {
                ContainerRequest agent = open.warmUp();
                fenced.warmUp();
                inTurn(List.of(
                        composed(agent),
                        fabric8(agent),
                        () -> proved(open, measured.open),
                        () -> cold(open, measured.open),
                        () -> proved(fenced, measured.fenced),
                        () -> cold(fenced, measured.fenced),
                        () -> alone(none)));
            } finally {
                open.remove();
                fenced.remove();
            }
        }
    }

    /** Runs all tasks in each round, each time beginning with another one. */
    private void inTurn(List<Samples.Task> tasks) throws Exception {
        List<Samples.Task> turn = new ArrayList<>(tasks);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Samples.Task task : turn) {
                task.run();
            }
            Collections.rotate(turn, -1);
            BenchFleet.progress("goals: round " + round + " of " + options.rounds());
        }
    }

    private Samples.Task composed(ContainerRequest agent) throws IOException {
        ComposePeer compose = ComposePeer.create(options, peer(agent), scratch);
        return () -> {
            measured.composeUp.time(compose::up);
            checkPeers();
            measured.composeDown.time(compose::down);
        };
    }

    private Samples.Task fabric8(ContainerRequest agent) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("fabric8"));
        Fabric8Peer fabric8 = Fabric8Peer.create(options, peer(agent), directory);
        return () -> {
            measured.fabric8Start.time(fabric8::start);
            checkPeers();
            measured.fabric8Stop.time(fabric8::stop);
        };
    }

    private PeerContainer peer(ContainerRequest agent) throws IOException {
        return new PeerContainer(agent, engine.info().cpus(), Files.createDirectories(scratch.resolve("mounted")));
    }

    /** Fails unless all containers that are compared run. */
    private void checkPeers() throws IOException, InterruptedException {
        String running = new MeasuredCommand(scratch, scratch.resolve("docker.log"))
                .run(
                        List.of(
                                "docker",
                                "ps",
                                "--quiet",
                                "--filter",
                                "label=" + options.peers().label()),
                        Map.of("DOCKER_HOST", "unix://" + options.socket()));
        if (running.lines().count() != options.containers()) {
            throw new IllegalStateException("not " + options.containers() + " containers run, but:\n" + running);
        }
    }

    private static void proved(BenchGoals goals, GoalMeasurements.FleetTimes times) throws Exception {
        goals.prove();
        times.proved().time(() -> goals.run("claude-fleet:start"));
        times.stop().time(() -> goals.run("claude-fleet:stop"));
    }

    private static void cold(BenchGoals goals, GoalMeasurements.FleetTimes times) throws Exception {
        times.cold().time(() -> goals.run("claude-fleet:start"));
        goals.remove();
    }

    private void alone(BenchGoals goals) throws Exception {
        measured.validate.time(() -> goals.run("validate"));
        for (String goal : ALONE) {
            measured.alone(goal).time(() -> goals.run("claude-fleet:" + goal));
        }
    }

    private void scale() throws Exception {
        try (BenchGoals one = goals("one", 1, Map.of());
                BenchGoals many = goals("many", options.peers().many(), Map.of("overcommit", "true"))) {
            try {
                for (int round = 1; round <= options.rounds(); round++) {
                    one.run("claude-fleet:start");
                    many.run("claude-fleet:start");
                    measureScale(one, many);
                    BenchFleet.progress("many agents: round " + round + " of " + options.rounds());
                }
            } finally {
                one.remove();
                many.remove();
            }
        }
    }

    private void measureScale(BenchGoals one, BenchGoals many) throws Exception {
        for (Map.Entry<String, String> goal : List.of(
                Map.entry("second `start`", "start"), Map.entry("`status`", "status"), Map.entry("`stop`", "stop"))) {
            measured.ofOne(goal.getKey()).time(() -> one.run("claude-fleet:" + goal.getValue()));
            measured.ofMany(goal.getKey()).time(() -> many.run("claude-fleet:" + goal.getValue()));
        }
    }

    private BenchGoals goals(String name, int workers, Map<String, String> more) throws IOException {
        Map<String, String> parameters = new TreeMap<>(more);
        parameters.put("workers", String.valueOf(workers));
        return BenchGoals.create(options, engine, scratch, name, parameters);
    }
}
