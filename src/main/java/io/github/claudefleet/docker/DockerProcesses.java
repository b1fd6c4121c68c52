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

    private static final Duration INSPECTION_PAUSE = Duration.ofMillis(20);

    private final DockerClient client;
    private final Calls calls;
    private final Errors errors;

    DockerProcesses(DockerClient client, Calls calls, Errors errors) {
        this.client = client;
        this.calls = calls;
        this.errors = errors;
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
            return result(call, output, exitCode(call, exec, limit, deadline));
        } catch (InterruptedException e) {
            throw Calls.interrupted(call, e);
        }
    }

    ExecSession open(ExecRequest request) {
        String call = call(request);
        String exec = create(call, request, true);
        ExecConversation conversation = new ExecConversation(call, () -> exitCode(call, exec));
        client.execStartCmd(exec).withStdIn(conversation.input()).exec(conversation.callback());
        if (!awaitBegin(call, conversation.callback(), calls.limit())) {
            conversation.close();
            throw timedOut(call, "it had not begun", calls.limit());
        }
        return conversation;
    }

    LogStream logs(LogRequest request, LineSink sink) {
        String call = "read the log of container " + Ids.shown(request.containerId());
        FollowedLog log = new FollowedLog(call, errors, sink);
        LogContainerCmd command = client.logContainerCmd(request.containerId())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(request.follow());
        request.tail().ifPresentOrElse(command::withTail, command::withTailAll);
        command.exec(log.callback());
        awaitAnswer(call, log);
        return log;
    }

    private String create(String call, ExecRequest request, boolean input) {
        return calls.control(call, () -> {
            ExecCreateCmd command = client.execCreateCmd(request.containerId())
                    .withCmd(request.command().toArray(String[]::new))
                    .withEnv(ContainerRequests.environment(request.environment()))
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
            throw Calls.interrupted(call, e);
        }
    }

    private boolean awaitBegin(String call, StreamCallback<?> stream, Duration limit) {
        try {
            boolean begun = stream.awaitBegin(limit);
            throwFailure(call, stream);
            return begun;
        } catch (InterruptedException e) {
            stream.close();
            throw Calls.interrupted(call, e);
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
        return "run \"" + shown + "\" in container " + Ids.shown(request.containerId());
    }
}
