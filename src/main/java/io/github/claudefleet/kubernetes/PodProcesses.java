package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.TtyExecOutputErrorable;
import io.github.claudefleet.engine.ContainerProcesses;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.LineSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Commands in a fleet's pods. The API server's audit log may have their arguments, and variables that a request adds are
 * arguments of {@code env}: neither may be secret.
 */
final class PodProcesses implements ContainerProcesses {

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;

    PodProcesses(ClusterConnection connection) {
        this.client = connection.client();
        this.namespace = connection.namespace();
        this.errors = connection.errors();
    }

    @Override
    public ExecResult run(ExecRequest request, Duration limit) {
        return result(request, Optional.empty(), limit);
    }

    /**
     * Runs a command that reads as many bytes of its standard input as it needs, which has no end.
     *
     * @param input at most 16 MB, which a message can have
     */
    ExecResult feed(ExecRequest request, byte[] input, Duration limit) {
        return result(request, Optional.of(input), limit);
    }

    private ExecResult result(ExecRequest request, Optional<byte[]> input, Duration limit) {
        String call = call(request);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream failures = new ByteArrayOutputStream();
        try (ExecWatch watch = exec(request, input.isPresent(), output, failures)) {
            if (input.isPresent()) {
                // One message: the JDK's WebSocket refuses a second one while the first is on its way.
                watch.getInput().write(input.get());
                watch.getInput().flush();
            }
            return new ExecResult(exitCode(call, watch, limit), text(output), text(failures));
        } catch (KubernetesClientException e) {
            // The client throws it for input that it could not send.
            throw errors.translate(call, e);
        } catch (IOException e) {
            throw new EngineException(Kind.UNREACHABLE, call, "the connection ended", "", e);
        }
    }

    @Override
    public ExecSession open(ExecRequest request) {
        return open(request, Optional.empty());
    }

    @Override
    public ExecSession open(ExecRequest request, LineSink sink) {
        return open(request, Optional.of(sink));
    }

    private ExecSession open(ExecRequest request, Optional<LineSink> sink) {
        String call = call(request);
        ExecTranscript transcript = new ExecTranscript();
        OutputStream output = sink.<OutputStream>map(LineStream::new).orElse(transcript);
        return new PodConversation(call, exec(request, true, output, transcript), transcript);
    }

    private ExecWatch exec(ExecRequest request, boolean fed, OutputStream output, OutputStream failures) {
        TtyExecOutputErrorable streams = fed ? container(request).redirectingInput() : container(request);
        return errors.call(
                call(request),
                () -> streams.writingOutput(output).writingError(failures).exec(command(request)));
    }

    private int exitCode(String call, ExecWatch watch, Duration limit) {
        try {
            Integer code = watch.exitCode().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return checked(call, code);
        } catch (TimeoutException e) {
            throw new EngineException(
                    Kind.TIMED_OUT, call, "it had not ended after " + limit.toSeconds() + " s", "", e);
        } catch (ExecutionException e) {
            throw failure(call, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.FAILED, call, "interrupted", "", e);
        }
    }

    private EngineException failure(String call, Throwable cause) {
        return cause instanceof KubernetesClientException refused
                ? errors.translate(call, refused)
                : errors.translate(call, new KubernetesClientException(String.valueOf(cause.getMessage()), cause));
    }

    /** Returns the exit code. The client has none, or a negative one, if the connection ended first. */
    static int checked(String call, Integer code) {
        if (code == null || code < 0) {
            throw new EngineException(
                    Kind.UNREACHABLE, call, "the connection ended before the command's exit code came", "", null);
        }
        return code;
    }

    private ContainerResource container(ExecRequest request) {
        PodPart part = PodPart.of(request.containerId());
        return client.pods().inNamespace(namespace).withName(part.pod()).inContainer(part.container());
    }

    private static String[] command(ExecRequest request) {
        List<String> command = new ArrayList<>();
        if (!request.environment().isEmpty()) {
            command.add("env");
            request.environment().forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(request.command());
        return command.toArray(String[]::new);
    }

    private static String call(ExecRequest request) {
        return "run " + request.command().get(0) + " in pod " + request.containerId();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
