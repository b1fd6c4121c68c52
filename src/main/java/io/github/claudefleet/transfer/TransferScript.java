package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.TransferProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Operations of {@code transfer.sh} in a container. A call whose connection is lost is repeated; the script does nothing
 * twice.
 */
record TransferScript(ContainerEngine engine, String container) {

    /** Time limit of an operation; a large repository takes minutes to pack. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** Pauses between attempts: half a minute in total, in which an engine restarts. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15));

    /** Returns the request to run an operation. */
    ExecRequest request(String operation, String... arguments) {
        return new ExecRequest(container, TransferProgram.call(operation, List.of(arguments)), new TreeMap<>());
    }

    /** Runs an operation that may be repeated, and returns its output. */
    String run(String operation, String... arguments) {
        return repeated(() -> runNow(operation, arguments));
    }

    /** Runs an operation, without another attempt. */
    String runNow(String operation, String... arguments) {
        return output(engine.processes().run(request(operation, arguments), LIMIT));
    }

    /** Runs an operation exactly once, however often the connection is lost. */
    String runOnce(String operation, String... arguments) {
        List<String> once = new ArrayList<>(List.of(UUID.randomUUID().toString(), operation));
        once.addAll(List.of(arguments));
        return run("once", once.toArray(String[]::new));
    }

    private static String output(ExecResult result) {
        if (!result.succeeded()) {
            String errors = result.errors().strip();
            throw new TransferFailedException(
                    errors.isEmpty() ? "exit status " + result.exitCode() : errors.replaceAll("\\s*\\n\\s*", "; "));
        }
        return result.output();
    }

    /** Repeats a call while the engine does not answer. */
    static <T> T repeated(Supplier<T> call) {
        for (Duration pause : PAUSES) {
            try {
                return call.get();
            } catch (EngineException e) {
                if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.CONFLICT || !slept(pause)) {
                    throw e;
                }
            }
        }
        return call.get();
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
