package io.github.claudefleet.bench;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Goals of one project, each in a Maven of its own with the default options of its JVM.
 *
 * @param project project of the fleet
 * @param engine engine for what is not measured
 * @param scratch directory for Maven's output
 */
record BenchGoals(BenchProject project, ContainerEngine engine, Path scratch) implements AutoCloseable {

    /** Creates a project with its fleet's parameters. */
    static BenchGoals create(
            Options options, ContainerEngine engine, Path scratch, String name, Map<String, String> parameters)
            throws IOException {
        return new BenchGoals(BenchProject.create(options, name, parameters), engine, scratch);
    }

    void run(String goal) throws IOException, InterruptedException {
        new MeasuredCommand(project.directory(), scratch.resolve("maven.log"))
                .run(project.maven(goal), Map.of("MAVEN_OPTS", ""));
    }

    /** Starts the auth container and proves the login, as {@code auth} does. */
    void prove() throws InterruptedException {
        BenchFleet.on(engine, project).auth(project.spec());
    }

    void remove() throws InterruptedException {
        remove(BenchFleet.on(engine, project), project.spec());
    }

    /** Starts and removes the fleet, so that its images exist, and returns the request for one of its agents. */
    ContainerRequest warmUp() throws InterruptedException {
        RecordingEngine recording = new RecordingEngine(engine);
        Fleet fleet = BenchFleet.on(recording.asEngine(), project);
        fleet.start(project.spec());
        remove(fleet, project.spec());
        return recording.requests().stream()
                .filter(request -> request.labels().containsKey(Labels.AGENT))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        project.close();
    }

    private void remove(Fleet fleet, FleetSpec spec) throws InterruptedException {
        fleet.stop(new FleetSelector(spec.id(), false, false), spec.timeouts(), scratch.resolve("results"));
    }
}
