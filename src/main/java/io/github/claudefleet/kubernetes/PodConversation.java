package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Running command in a pod, with a dialogue. */
final class PodConversation implements ExecSession {

    private final String call;
    private final ExecWatch watch;
    private final ExecTranscript transcript;

    /** @param transcript receives the command's output */
    PodConversation(String call, ExecWatch watch, ExecTranscript transcript) {
        this.call = call;
        this.watch = watch;
        this.transcript = transcript;
        watch.exitCode().whenComplete((code, failure) -> transcript.end());
    }

    @Override
    public String output() {
        return transcript.text();
    }

    /** Returns the exit code; empty also if the connection ended before it came. */
    @Override
    public Optional<Integer> exitCode() {
        return watch.exitCode().isDone() && !watch.exitCode().isCompletedExceptionally()
                ? Optional.ofNullable(watch.exitCode().getNow(null)).filter(code -> code >= 0)
                : Optional.empty();
    }

    @Override
    public void send(String line) {
        if (watch.exitCode().isDone()) {
            throw new EngineException(Kind.CONFLICT, call, "the conversation is over", "", null);
        }
        try {
            OutputStream input = watch.getInput();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException | KubernetesClientException e) {
            throw new EngineException(Kind.UNREACHABLE, call, "the connection ended", "", e);
        }
    }

    @Override
    public boolean awaitChange(Duration limit) throws InterruptedException {
        return transcript.awaitChange(limit);
    }

    @Override
    public void close() {
        watch.close();
        transcript.end();
    }
}
