package io.github.claudefleet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.FleetSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures, round by round, the start and stop of a fleet behind its gateway and of one without a gateway. */
public final class GatewayBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ContainerEngine engine;
    private final BaselineEngine baseline;
    private final Samples megabytes = new Samples();
    private final Fleet fleet;
    private final Side fenced;
    private final Side open;

    private GatewayBenchmark(BenchProject project, ContainerEngine engine, BaselineEngine baseline) {
        this.engine = engine;
        this.baseline = baseline;
        this.fleet = BenchFleet.on(engine, project);
        this.fenced = new Side(project.spec(Map.of("egress.mode", "allow")), new Samples(), new Samples());
        this.open = new Side(project.spec(Map.of("egress.mode", "open")), new Samples(), new Samples());
    }

    /** A fleet, and the times that it took. */
    private record Side(FleetSpec spec, Samples up, Samples down) {}

    /** @param arguments not used */
    public static void main(String... arguments) throws Exception {
        Options options = Options.fromSystemProperties();
        try (BenchProject project = BenchProject.create(options);
                ContainerEngine engine =
                        DockerEngines.connect(Optional.of("unix://" + options.socket()), Map.of(), HostUser.home())) {
            new GatewayBenchmark(project, engine, new BaselineEngine(options.socket())).run(options);
        }
    }

    private void run(Options options) throws Exception {
        try {
            for (Side side : List.of(fenced, open)) {
                fleet.start(side.spec());
                stop(side);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                // The other one first in each second round, so that neither gains by its place.
                for (Side side : round % 2 == 0 ? List.of(fenced, open) : List.of(open, fenced)) {
                    measure(side);
                }
                BenchFleet.progress("round " + round + " of " + options.rounds());
            }
            print(options);
        } finally {
            stop(fenced);
        }
    }

    /** Both begin with an auth container and a proved login, so that the gateway is all that differs. */
    private void measure(Side side) throws Exception {
        fleet.auth(side.spec());
        side.up().time(() -> fleet.start(side.spec()));
        if (side == fenced) {
            megabytes.add(memory() / 1048576.0);
        }
        side.down().time(() -> stop(side));
    }

    private long memory() throws Exception {
        String gateway = engine.containers().list(LabelSelector.of(fenced.spec().id())).stream()
                .filter(container -> container.name().endsWith("-gateway"))
                .map(ContainerObservation::id)
                .findFirst()
                .orElseThrow();
        return KeeperAtRest.memory(JSON.readTree(baseline.stats(gateway)));
    }

    private void stop(Side side) throws InterruptedException {
        fleet.stop(
                new FleetSelector(side.spec().id(), false, false),
                side.spec().timeouts(),
                Path.of("target", "results"));
    }

    private void print(Options options) {
        System.out.printf("%n%d agents, %d rounds%n%n", options.containers(), options.rounds());
        System.out.println("| what | without a gateway | behind the gateway | difference | ratio |");
        System.out.println("|---|---|---|---|---|");
        row("`Fleet.start`, until all are ready", open.up(), fenced.up());
        row("`Fleet.stop`", open.down(), fenced.down());
        System.out.println("Gateway: " + megabytes.text() + " MiB");
    }

    private static void row(String what, Samples without, Samples behind) {
        System.out.printf(
                "| %s | %s | %s | %s | %s |%n",
                what,
                without.text(),
                behind.text(),
                behind.minus(without).text(),
                behind.over(without).text());
    }
}
