package io.github.claudefleet.bench;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.Labels;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures, round by round on one machine, the bare engine, the fleet and the Maven goals; prints a table. */
public final class StartBenchmark {

    private final Options options;
    private final BenchProject project;
    private final ContainerEngine engine;
    private final MavenTimes maven;
    private final FleetSpec spec;
    private final PrintStream out = System.out;

    private final Measurements measured = new Measurements();

    private StartBenchmark(Options options, BenchProject project, ContainerEngine engine, Path scratch) {
        this.options = options;
        this.project = project;
        this.engine = engine;
        this.maven = new MavenTimes(project, scratch);
        this.spec = project.spec();
    }

    /** @param arguments directory for Maven's output */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromSystemProperties();
        HomeDirectory home = HostUser.home();
        Optional<String> address = Optional.of("unix://" + options.socket());
        try (BenchProject project = BenchProject.create(options);
                ContainerEngine engine = DockerEngines.connect(address, Map.of(), home)) {
            new StartBenchmark(options, project, engine, Path.of(arguments[0]).toAbsolutePath()).run();
        }
    }

    private void run() throws Exception {
        try {
            List<ContainerRequest> agents = warmUp();
            for (int round = 1; round <= options.rounds(); round++) {
                measure(agents);
                BenchFleet.progress("round " + round + " of " + options.rounds());
            }
            measured.print(out, options, engine.info());
            new KeeperAtRest(baselineEngine(), keeper()).print(out);
        } finally {
            fleet(engine)
                    .stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), Path.of("target", "results"));
        }
    }

    /** Builds or pulls the image, loads the classes, and returns the fleet's requests for the agents' containers. */
    private List<ContainerRequest> warmUp() throws InterruptedException {
        RecordingEngine recording = new RecordingEngine(engine);
        Fleet fleet = fleet(recording.asEngine());
        fleet.start(spec);
        fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), Path.of("target", "results"));
        BenchFleet.progress("warmed up");
        return recording.requests().stream()
                .filter(request -> request.labels().containsKey(Labels.AGENT))
                .toList();
    }

    /** Measures one round; values that are compared are measured directly one after the other. */
    private void measure(List<ContainerRequest> agents) throws Exception {
        int cpus = engine.info().cpus();
        BaselineFleet alike = BaselineFleet.alike(baselineEngine(), options.atOnce(), agents, cpus);
        BaselineFleet plain = BaselineFleet.plain(baselineEngine(), options.atOnce(), agents, cpus);
        Fleet fleet = fleet(engine);
        fleet.auth(spec);
        measured.plainUp.time(plain::up);
        plain.down();
        measureFleet(fleet, alike);
        measureMaven(fleet, alike);
    }

    /**
     * Measures start and stop of a fleet. The stop also removes the auth container, so each round needs a new one with
     * a proved login.
     */
    private void measureFleet(Fleet fleet, BaselineFleet alike) throws Exception {
        measured.engineUp.time(alike::up);
        measured.engineDown.time(alike::down);
        measured.fleetUp.time(() -> fleet.start(spec));
        measured.fleetDown.time(() ->
                fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), Path.of("target", "results")));
    }

    private void measureMaven(Fleet fleet, BaselineFleet alike) throws Exception {
        for (MavenSamples flavour : List.of(measured.maven, measured.mavenFirstCompiler)) {
            fleet.auth(spec);
            flavour.engineUp().time(alike::up);
            flavour.engineDown().time(alike::down);
            flavour.measure(maven);
        }
    }

    private String keeper() throws InterruptedException {
        fleet(engine).auth(spec);
        return engine.containers().list(LabelSelector.of(spec.id())).stream()
                .map(ContainerObservation::id)
                .findFirst()
                .orElseThrow();
    }

    private BaselineEngine baselineEngine() {
        return new BaselineEngine(options.socket());
    }

    private Fleet fleet(ContainerEngine on) {
        return BenchFleet.on(on, project);
    }
}
