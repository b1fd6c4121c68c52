package io.github.claudefleet.fleet;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.host.FileTail;
import io.github.claudefleet.host.ShellCommand;
import io.github.claudefleet.plan.CheckRequest;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.task.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Run of a check in a place that the agent could not prepare. */
record IndependentCheck(ContainerEngine engine, FleetSpec spec, ObservedFleet observed) {

    private static final Duration DEFAULT_LIMIT = Duration.ofHours(1);
    private static final int MOST_LINES = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int MOST_LOOKS = 300;

    /** Exit status of a command that was killed at its limit, as {@code timeout} has it. */
    private static final int TIMED_OUT = 124;

    /**
     * Runs the check.
     *
     * @param directory new directory with the agent's files
     */
    Inspection run(AgentSpec agent, CheckSpec check, Path directory) throws InterruptedException {
        Duration limit = check.timeout().orElse(DEFAULT_LIMIT);
        try {
            return check.place() == CheckPlace.BUILD
                    ? onThisMachine(agent, check, directory, limit)
                    : inContainer(agent, check, directory, limit);
        } catch (IOException e) {
            return Inspection.failed("its check can't be run: " + FileProblem.of(e));
        }
    }

    private Inspection onThisMachine(AgentSpec agent, CheckSpec check, Path directory, Duration limit)
            throws IOException, InterruptedException {
        Path working = PathText.resolve(directory, agent.workspace().workingDirectoryBelow());
        Path output = Files.createTempFile("claude-fleet-check-", ".txt");
        try {
            OptionalInt exitCode = new ShellCommand(
                            check.command(),
                            working,
                            variables -> variables.keySet().removeIf(this::isCredential))
                    .run(limit, output, output);
            String last = FileTail.read(output);
            return exitCode.isPresent() ? ended(exitCode.getAsInt(), last) : timedOut(last, limit);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private boolean isCredential(String variable) {
        return ClaudeEnvironment.isCredential(variable)
                || spec.login()
                        .federation()
                        .filter(federation -> federation.reads(variable))
                        .isPresent();
    }

    private Inspection inContainer(AgentSpec agent, CheckSpec check, Path directory, Duration limit)
            throws InterruptedException {
        ImageObservation image = observed.agent(agent.name())
                .map(ContainerObservation::imageId)
                .flatMap(engine.images()::find)
                .orElseThrow(() ->
                        new IllegalStateException("the container of agent " + agent.name() + " or its image is gone"));
        ContainerRequest request = CheckRequest.of(spec, agent, image, directory, check.command());
        // A killed build may have left one.
        engine.containers()
                .find(request.name())
                .ifPresent(old -> engine.containers().remove(old.id()));
        String id = engine.containers().create(request);
        try {
            engine.containers().start(id);
            Deque<String> lines = new ArrayDeque<>();
            boolean inTime;
            try (LogStream log = engine.logs().read(LogRequest.follow(id), line -> keep(lines, line))) {
                inTime = log.awaitEnd(limit);
            }
            String output = String.join("\n", List.copyOf(lines));
            return inTime ? ended(exitCode(id), output) : timedOut(output, limit);
        } finally {
            Uninterruptibly.run(() -> engine.containers().remove(id));
        }
    }

    private static void keep(Deque<String> lines, String line) {
        lines.add(line);
        if (lines.size() > MOST_LINES) {
            lines.remove();
        }
    }

    /** Returns the exit status. A busy engine may end the output some time before it knows that. */
    private int exitCode(String id) throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<Integer> exitCode = engine.containers()
                    .find(id)
                    .orElseThrow(() -> new IllegalStateException("the container of the check is gone"))
                    .exitCode();
            if (exitCode.isPresent()) {
                return exitCode.get();
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        throw new IllegalStateException("the engine doesn't tell how the container of the check has ended");
    }

    private static Inspection ended(int exitCode, String output) {
        return new Inspection(List.of(), OptionalInt.of(exitCode), output, "");
    }

    private static Inspection timedOut(String output, Duration limit) {
        return new Inspection(
                List.of(),
                OptionalInt.of(TIMED_OUT),
                output + "\nThe check took longer than " + Durations.toText(limit) + ".",
                "");
    }
}
