package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.command.LogContainerCmd;
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

/** What runs in an engine's containers: commands that are run or talked to, and output that is read. */
final class DockerProcesses {

    /** An engine that has nothing to say yet may hold its answer back; refusals come at once. */
    private static final Duration REFUSAL = Duration.ofSeconds(5);

    /** A label that nothing has. */
    private static final String NEVER = "io.github.claudefleet.never";

    private static final Duration INSPECTION_PAUSE = Duration.ofMillis(20);

    /** Agents at work are heard of more often; idle ones cost a question each time. */
    private static final Duration QUIET = Duration.ofMinutes(3);

    /** The engine learns of a command's end a moment late; a busy one takes seconds. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final DockerClient client;
    private final TimedCalls calls;
    private final ErrorTranslator errors;
    private final Duration quiet;

    DockerProcesses(DockerClient client, TimedCalls calls, ErrorTranslator errors) {
        this(client, calls, errors, QUIET);
    }

    /** @param quiet how long a log is followed in silence until the engine is asked for the reason */
    DockerProcesses(DockerClient client, TimedCalls calls, ErrorTranslator errors, Duration quiet) {
        this.client = client;
        this.calls = calls;
        this.errors = errors;
        this.quiet = quiet;
    }

    ExecResult run(ExecRequest request, Duration limit) {
        String call = call(request);
        long deadline = System.nanoTime() + limit.toNanos();
        String exec = create(call, request, false);
        try (ExecOutput output = new ExecOutput()) {
            client.execStartCmd(exec).exec(output);
            if (!output.awaitEnd(limit)) {
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

    ExecSession open(ExecRequest request) {
        String call = call(request);
        String exec = create(call, request, true);
        ExecConversation conversation = new ExecConversation(call, () -> exitCode(call, exec));
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

    LogStream logs(LogRequest request, LineSink sink) {
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
        String call = "hold a line to the engine";
        EngineConnectionMonitor line = new EngineConnectionMonitor(call, errors);
        client.eventsCmd().withLabelFilter(NEVER).exec(line.callback());
        awaitBegin(call, line.callback(), REFUSAL);
        return line;
    }

    /** Who wants none of the old lines can't be told by them. */
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

    /** Only what the engine says counts here: a reader may fail at the first line, before this thread looks. */
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

    /** The output may end before the command does, and the engine learns of a command's end a moment late. */
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

    /** Output that ends long before its command is most likely not whole. */
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

    /** The first words are enough to know a command by; scripts given as arguments would fill the screen. */
    private static String call(ExecRequest request) {
        String words = String.join(" ", request.command()).replaceAll("\\s+", " ");
        String shown = words.length() > 60 ? words.substring(0, 57) + "..." : words;
        return "run \"" + shown + "\" in container " + ShortIds.shown(request.containerId());
    }
}
