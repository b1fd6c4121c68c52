package io.github.claudefleet.deaths;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.faults.FaultProxy;
import io.github.claudefleet.faults.Gate;
import io.github.claudefleet.it.ItProject;
import io.github.claudefleet.it.MavenProcess;
import io.github.claudefleet.it.MavenRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Build of a separate project. It starts a fleet of one agent, awaits it and stops it, unless it is killed before. */
final class KilledBuild implements AutoCloseable {

    static final String PROMPT = "Take your time";

    /**
     * Generous limit: machines are busy, and an engine takes its time for each container. The table has the actual
     * times.
     */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ItProject project;
    private final String account;

    private KilledBuild(ItProject project, String account) {
        this.project = project;
        this.account = account;
    }

    /** @param maven home of the Maven that builds it */
    static KilledBuild create(Path directory, Path maven) throws IOException {
        Files.createDirectories(directory.resolve(".mvn"));
        // Each of these JVMs lives only for seconds.
        Files.writeString(directory.resolve(".mvn/jvm.config"), "-XX:+UseSerialGC");
        Files.writeString(
                directory.resolve("pom.xml"), pom(directory.getFileName().toString()));
        Path settings = Path.of("src", "it", "settings.xml").toAbsolutePath();
        Path repository = Path.of(System.getProperty("localRepository"));
        ItProject project =
                ItProject.of(directory.toFile(), maven.toString(), settings.toString(), repository.toFile());
        // The stand-in still has the requests of an earlier run's account.
        String account = directory.getFileName() + "-" + System.nanoTime();
        project.logIn(account).handOver();
        return new KilledBuild(project, account);
    }

    /** Kills the build and returns what it left, with the time until nothing was left on the engine. */
    Leftovers die(KillMethod method, KillPoint point) throws IOException, InterruptedException {
        project.standIn().scripts(account, point.script());
        try (FaultProxy engine = FaultProxy.before("unix:///var/run/docker.sock")) {
            Optional<Gate> gate = point.gate(this, engine);
            MavenProcess maven = start(engine, point.arguments());
            point.reach(this, maven, gate);
            method.kill(maven);
            gate.ifPresent(Gate::open);
            MavenRun run = maven.await();
            Duration took = project.goneWithin(LIMIT);
            return new Leftovers(took, readableResults(), run);
        }
    }

    /**
     * Sends Ctrl-C twice. The engine blocks the stop after the first. The second ends the JVM, and the watchdog
     * completes the stop.
     */
    void dieAtTheSecondInterrupt() throws IOException, InterruptedException {
        project.standIn().scripts(account, KillPoint.WORK.script());
        try (FaultProxy engine = FaultProxy.before("unix:///var/run/docker.sock")) {
            Gate gate = gateAtStop(engine);
            MavenProcess maven = start(engine, List.of());
            awaitRequest(PROMPT);
            maven.signal("INT");
            if (!gate.awaitReached(LIMIT)) {
                throw new AssertionError("the first Ctrl-C stopped nothing: " + maven.output());
            }
            Instant second = Instant.now();
            maven.signal("INT");
            MavenRun run = maven.await();
            if (run.exitCode() != 130 || Instant.now().isAfter(second.plusSeconds(5))) {
                throw new AssertionError("the second Ctrl-C waited, or was not heard: " + run);
            }
            gate.open();
            project.goneWithin(LIMIT);
        }
    }

    /** Holds the stop of the build's own containers, but not of those that it removes for another killed build. */
    Gate gateAtStop(FaultProxy engine) {
        return engine.gate(
                "POST",
                ".*/containers/.*/stop.*",
                target -> project.containers().stream().anyMatch(container -> target.contains(container.id())));
    }

    Path directory() {
        return project.directory();
    }

    /** Returns Maven's arguments for some of its phases. */
    List<String> arguments(String... phases) throws IOException {
        project.standIn().scripts(account, KillPoint.WORK.script());
        return project.mavenArguments(phases);
    }

    /** Starts the build, whose agent then works for an hour. */
    MavenProcess live() throws IOException, InterruptedException {
        project.standIn().scripts(account, KillPoint.WORK.script());
        MavenProcess maven = project.startMavenApart("-B", "verify");
        awaitRequest(PROMPT);
        return maven;
    }

    /** Returns the ids of its fleet's running containers. */
    List<String> running() {
        return project.running().stream().map(container -> container.id()).toList();
    }

    Duration goneWithin(Duration limit) throws InterruptedException {
        return project.goneWithin(limit);
    }

    /** Waits until the stand-in has received a request with this prompt. */
    void awaitRequest(String prompt) throws IOException, InterruptedException {
        await(
                "nobody asked \"" + prompt + "\" of " + account,
                () -> project.standIn().requests(account).stream()
                        .anyMatch(request -> String.valueOf(request.note()).contains(prompt)));
    }

    /** Waits until there are results of its agent. */
    void awaitResults() throws IOException, InterruptedException {
        await(
                "nobody wrote what the agent of " + account + " did",
                () -> !results().isEmpty());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String failure, Condition condition) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(failure);
            }
            Thread.sleep(50);
        }
    }

    /** Returns a script of the stand-in whose answer takes an hour. */
    static String slow(String prompt) {
        return "{\"match\": \"" + prompt + "\", \"turns\": [{\"text\": \"done\"}], \"delayMillis\": 3600000}";
    }

    private MavenProcess start(FaultProxy engine, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-B", "verify", "-Dclaude-fleet.engine=" + engine.address()));
        arguments.addAll(more);
        return project.startMavenApart(arguments.toArray(String[]::new));
    }

    /** Returns the number of result files. Throws if one cannot be parsed. */
    private int readableResults() throws IOException {
        List<Path> written = results();
        for (Path file : written) {
            read(file);
        }
        return written.size();
    }

    private List<Path> results() throws IOException {
        Path results = project.directory().resolve("target/claude-fleet");
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> file.toString().matches(".*\\.jsonl?")).toList();
        }
    }

    /** Parses a file of results. The last line may be incomplete, since its writer was killed. */
    private static void read(Path file) throws IOException {
        String text = Files.readString(file);
        if (file.toString().endsWith(".json")) {
            JSON.readTree(text);
        } else {
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                JSON.readTree(line);
            }
        }
    }

    private static String pom(String name) throws IOException {
        String own = Files.readString(Path.of("pom.xml"));
        String version = own.substring(own.indexOf("<version>") + "<version>".length(), own.indexOf("</version>"));
        return Files.readString(Path.of("src", "test", "resources", "io", "github", "claudefleet", "deaths", "pom.xml"))
                .replace("@name@", name)
                .replace("@version@", version);
    }

    @Override
    public void close() {
        project.cleanUp();
        project.close();
    }
}
