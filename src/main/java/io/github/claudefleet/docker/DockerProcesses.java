package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.command.LogContainerCmd;
import io.github.claudefleet.engine.ContainerLogs;
import io.github.claudefleet.engine.ContainerProcesses;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;
import java.util.Optional;

/** Operations on processes in an engine's containers: commands, exec sessions and logs. */
final class DockerProcesses implements ContainerProcesses, ContainerLogs {

    /** Time to wait for a refusal, which comes at once. Without output, the engine may delay its answer. */
    private static final Duration REFUSAL = Duration.ofSeconds(5);

    /** Label that no object has. */
    private static final String NEVER = "io.github.claudefleet.never";

    private static final Duration INSPECTION_PAUSE = Duration.ofMillis(20);

    /** Silence after which a log is checked. Active agents print more often; each check of an idle one costs a call. */
    private static final Duration QUIET = Duration.ofMinutes(3);

    /** Delay after which output counts as cut. The engine notices an exit slightly late, a busy one by seconds. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** Attempts to begin a command. One that the runtime could not begin has done nothing. */
    private static final int ATTEMPTS = 4;

    private static final Duration UNBEGUN_PAUSE = Duration.ofMillis(250);

    private final DockerClient client;
    private final TimedCalls calls;
    private final ErrorTranslator errors;
    private final Duration quiet;

    DockerProcesses(DockerClient client, TimedCalls calls, ErrorTranslator errors) {
        this(client, calls, errors, QUIET);
    }

    /** @param quiet silence after which the engine is asked why a followed log prints nothing */
    DockerProcesses(DockerClient client, TimedCalls calls, ErrorTranslator errors, Duration quiet) {
        this.client = client;
        this.calls = calls;
        this.errors = errors;
        this.quiet = quiet;
    }

    @Override
    public ExecResult run(ExecRequest request, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        ExecResult result = runOnce(request, limit, deadline);
        Optional<String> unbegun = UnbegunCommand.reason(result);
        for (int attempt = 1; attempt < ATTEMPTS && unbegun.isPresent() && System.nanoTime() < deadline; attempt++) {
            pause(call(request), UNBEGUN_PAUSE);
            result = runOnce(request, limit, deadline);
            unbegun = UnbegunCommand.reason(result);
        }
        if (unbegun.isPresent()) {
            throw UnbegunCommand.failure(call(request), unbegun.get());
        }
        return result;
    }

    private ExecResult runOnce(ExecRequest request, Duration limit, long deadline) {
        String call = call(request);
        String exec = create(call, request, false);
        try (ExecOutput output = new ExecOutput()) {
            client.execStartCmd(exec).exec(output);
            if (!output.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                throw timedOut(call, "it had not ended", limit);
            }
            throwFailure(call, output);
            long ended = System.nanoTime();
            int exitCode = exitCode(call, exec, limit, deadline);
            throwIfCut(call, Duration.ofNanos(System.nanoTime() - ended));
            return result(call, output, exitCode);
        } catch (InterruptedException e) {
            throw TimedCalls.interrupted(call, e);
        }
    }

    @Override
    public ExecSession open(ExecRequest request) {
        return open(request, Optional.empty());
    }

    @Override
    public ExecSession open(ExecRequest request, LineSink output) {
        return open(request, Optional.of(output));
    }

    /** @param output sink of the standard output; empty to collect it */
    private ExecSession open(ExecRequest request, Optional<LineSink> output) {
        String call = call(request);
        String exec = create(call, request, true);
        ExecConversation conversation = new ExecConversation(call, () -> exitCode(call, exec), output);
        try {
            client.execStartCmd(exec).withStdIn(conversation.input()).exec(conversation.callback());
            if (!awaitBegin(call, conversation.callback(), calls.limit())) {
                throw timedOut(call, "it had not begun", calls.limit());
            }
            return conversation;
        } catch (RuntimeException e) {
            conversation.close();
            throw e;
        }
    }

    @Override
    public LogStream read(LogRequest request, LineSink sink) {
        String call = "read the log of container " + ShortIds.shown(request.containerId());
        FollowedLog log = new FollowedLog(call, errors, sink, lookout(request), quiet);
        LogContainerCmd command = client.logContainerCmd(request.containerId())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(request.follow());
        request.tail().ifPresentOrElse(command::withTail, command::withTailAll);
        command.exec(log.callback());
        awaitAnswer(call, log);
        return log;
    }

    LogStream monitor() {
        String call = "watch the connection to the engine";
        EngineConnectionMonitor line = new EngineConnectionMonitor(call, errors);
        client.eventsCmd().withLabelFilter(NEVER).exec(line.callback());
        awaitBegin(call, line.callback(), REFUSAL);
        return line;
    }

    /** Returns the check of a log. It cannot compare the log's end if old lines were not requested. */
    private FollowedLog.Lookout lookout(LogRequest request) {
        boolean compares = request.follow() && request.tail().orElse(1) > 0;
        SilentLog log = new SilentLog(client, calls, request.containerId());
        return heard -> compares && log.isDead(heard);
    }

    private String create(String call, ExecRequest request, boolean input) {
        return calls.control(call, () -> {
            ExecCreateCmd command = client.execCreateCmd(request.containerId())
                    .withCmd(request.command().toArray(String[]::new))
                    .withEnv(CreateContainerCommands.environment(request.environment()))
                    .withAttachStdin(input)
                    .withAttachStdout(true)
                    .withAttachStderr(true);
            return command.exec().getId();
        });
    }

    /** Throws the engine's refusal only. The reader may already have failed at the first line. */
    private void awaitAnswer(String call, FollowedLog log) {
        try {
            log.awaitBegin(REFUSAL);
            log.engineFailure().ifPresent(failure -> {
                throw errors.translate(call, failure);
            });
        } catch (InterruptedException e) {
            log.close();
            throw TimedCalls.interrupted(call, e);
        }
    }

    private boolean awaitBegin(String call, StreamCallback<?> stream, Duration limit) {
        try {
            boolean begun = stream.awaitBegin(limit);
            throwFailure(call, stream);
            return begun;
        } catch (InterruptedException e) {
            throw TimedCalls.interrupted(call, e);
        }
    }

    private void throwFailure(String call, StreamCallback<?> stream) {
        if (stream.failure().isPresent()) {
            throw errors.translate(call, stream.failure().get());
        }
    }

    /**
     * Waits for the exit code. The output may end before the command, and the engine notices the exit slightly late.
     */
    private int exitCode(String call, String exec, Duration limit, long deadline) throws InterruptedException {
        Optional<Integer> code = exitCode(call, exec);
        while (code.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(INSPECTION_PAUSE.toMillis());
            code = exitCode(call, exec);
        }
        return code.orElseThrow(() -> timedOut(call, "it had not ended", limit));
    }

    private Optional<Integer> exitCode(String call, String exec) {
        InspectExecResponse response =
                calls.control(call, () -> client.inspectExecCmd(exec).exec());
        boolean running = Boolean.TRUE.equals(response.isRunning());
        return running
                ? Optional.empty()
                : Optional.ofNullable(response.getExitCodeLong()).map(Math::toIntExact);
    }

    /** Throws if the output ended long before the command, as it is then most likely incomplete. */
    private void throwIfCut(String call, Duration late) {
        if (late.compareTo(LATE) > 0) {
            throw new EngineException(
                    Kind.UNREACHABLE,
                    call,
                    "the connection to the engine at " + errors.address()
                            + " was lost while it ran, and what it said with it",
                    "See whether the engine runs (docker info), then run the goal again.",
                    null);
        }
    }

    private static void pause(String call, Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw TimedCalls.interrupted(call, e);
        }
    }

    private static ExecResult result(String call, ExecOutput output, int exitCode) {
        if (output.overflowed()) {
            throw new EngineException(
                    Kind.FAILED, call, "it printed more than " + (ExecOutput.MOST >> 20) + " MiB", "", null);
        }
        return output.result(exitCode);
    }

    private static EngineException timedOut(String call, String what, Duration limit) {
        return new EngineException(Kind.TIMED_OUT, call, what + " after " + Durations.toText(limit), "", null);
    }

    /** Returns the call for error messages. The first words identify the command; scripts in arguments are too long. */
    private static String call(ExecRequest request) {
        String words = String.join(" ", request.command()).replaceAll("\\s+", " ");
        String shown = words.length() > 60 ? words.substring(0, 57) + "..." : words;
        return "run \"" + shown + "\" in container " + ShortIds.shown(request.containerId());
    }
}
