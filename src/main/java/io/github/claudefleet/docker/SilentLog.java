package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import io.github.claudefleet.engine.EngineException;

/** Distinguishes a log without output from a dead connection, which the network may not report. */
final class SilentLog {

    private final DockerClient client;
    private final TimedCalls calls;
    private final String containerId;

    SilentLog(DockerClient client, TimedCalls calls, String containerId) {
        this.client = client;
        this.calls = calls;
        this.containerId = containerId;
    }

    /**
     * Returns true if output or the end is missing, and false if not, or if the engine cannot be asked.
     *
     * @param heard last of the output received so far
     */
    boolean isDead(OutputTail heard) throws InterruptedException {
        try {
            return !isRunning() || !heard.endWith(last());
        } catch (EngineException e) {
            return false;
        }
    }

    private boolean isRunning() {
        return calls.control("inspect container " + ShortIds.shown(containerId), () -> {
            try {
                return Boolean.TRUE.equals(client.inspectContainerCmd(containerId)
                        .exec()
                        .getState()
                        .getRunning());
            } catch (NotFoundException e) {
                return false;
            }
        });
    }

    private OutputTail last() throws InterruptedException {
        OutputTail last = new OutputTail();
        try (StreamCallback<Frame> reader = new StreamCallback<>() {
            @Override
            void take(Frame frame) {
                last.write(frame.getPayload());
            }
        }) {
            client.logContainerCmd(containerId)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(1)
                    .exec(reader);
            boolean known = reader.awaitEnd(calls.limit()) && reader.failure().isEmpty();
            return known ? last : new OutputTail();
        }
    }
}
