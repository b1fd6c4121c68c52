package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sends tasks and signals to an agent, by {@code task.sh} and {@code signal.sh} in its container. */
final class TaskChannel {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SENT_BEFORE = 3;
    private static final int ATTEMPTS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Maximum number of failures while the engine restarts. A repeated call is safe: a task is not begun twice. */
    private static final int MOST_ABSENCES = (int) EngineWatch.LONGEST.toSeconds();

    private final ContainerEngine engine;
    private final Scheduling.Pause pause;

    TaskChannel(ContainerEngine engine, Scheduling.Pause pause) {
        this.engine = engine;
        this.pause = pause;
    }

    /**
     * Task that was sent to an agent.
     *
     * @param ended true if the attempt has ended
     */
    record Known(TaskId task, int attempt, boolean ended) {}

    /**
     * Makes the agent begin a task. The agent records its tasks and begins none twice, so that a call can be repeated
     * if its response was lost.
     *
     * @return reason why the agent did not accept the task; empty if it did
     * @throws EngineException if it is unknown whether the agent accepted the task
     */
    Optional<String> send(String containerId, TaskId task, int attempt, List<String> arguments) {
        List<String> command = new ArrayList<>(script("task.sh"));
        command.addAll(List.of("send", task.toString(), String.valueOf(attempt)));
        command.addAll(arguments);
        ExecResult result = persistently(() -> exec(containerId, command));
        return result.exitCode() == 0 || result.exitCode() == SENT_BEFORE
                ? Optional.empty()
                : Optional.of("its agent did not take it (status " + result.exitCode() + ") "
                        + result.errors().strip());
    }

    /** Returns the tasks that were sent to the agent so far, by any process. */
    List<Known> known(String containerId) {
        List<String> command =
                Stream.concat(script("task.sh").stream(), Stream.of("list")).toList();
        return persistently(() -> exec(containerId, command))
                .output()
                .lines()
                .map(TaskChannel::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Sends a signal to the CLI that works on the task, or to all processes of the task. */
    void signal(String containerId, TaskId task, String signal, boolean all) {
        List<String> command = new ArrayList<>(script("signal.sh"));
        command.addAll(List.of(task.toString(), signal));
        if (all) {
            command.add("all");
        }
        exec(containerId, command);
    }

    /** Performs a call that may be repeated, also while the engine is away for a short time. */
    <T> T persistently(Supplier<T> call) {
        int absences = 0;
        for (int attempt = 1; ; ) {
            try {
                return call.get();
            } catch (EngineException e) {
                boolean away = e.kind() == EngineException.Kind.UNREACHABLE && absences++ < MOST_ABSENCES;
                if (!away && attempt++ >= ATTEMPTS || away && !pause()) {
                    throw e;
                }
            }
        }
    }

    /** Pauses before the next call. Returns false if the thread was interrupted. */
    private boolean pause() {
        try {
            pause.sleep(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ExecResult exec(String containerId, List<String> command) {
        return engine.processes().run(ExecRequest.of(containerId, command.toArray(String[]::new)), LIMIT);
    }

    private static List<String> script(String name) {
        return List.of("/bin/sh", ContainerPaths.KIT + "/" + name);
    }

    private static Optional<Known> parse(String line) {
        String[] words = line.split(" ");
        try {
            return words.length == 3
                    ? Optional.of(
                            new Known(TaskId.parse(words[1]), Integer.parseInt(words[2]), words[0].equals("ended")))
                    : Optional.empty();
        } catch (InvalidSpecException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
