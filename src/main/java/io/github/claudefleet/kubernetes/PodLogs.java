package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.github.claudefleet.engine.ContainerLogs;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Output of a fleet's pods. A cluster does not tell standard error from standard output. */
final class PodLogs implements ContainerLogs {

    private final KubernetesClient client;
    private final String namespace;
    private final ApiErrors errors;

    PodLogs(ClusterConnection connection) {
        this.client = connection.client();
        this.namespace = connection.namespace();
        this.errors = connection.errors();
    }

    @Override
    public LogStream read(LogRequest request, LineSink sink) {
        String call = "read the log of pod " + request.containerId();
        if (errors.call(call, () -> one(request.containerId()).get()) == null) {
            throw new EngineException(Kind.NOT_FOUND, call, "there is no such pod", "", null);
        }
        long skipped = request.tail().isPresent() ? errors.call(call, () -> linesBefore(request)) : 0;
        return FollowedPodLog.start(new OnePod(request), request.follow(), sink, skipped);
    }

    /**
     * Counts the lines before those to begin with. A node would count each 16 KiB of a long line as a line, and only from
     * its beginning can a log be continued after a cut.
     */
    private long linesBefore(LogRequest request) {
        String text = text(container(request.containerId()));
        long ends = text.chars().filter(letter -> letter == '\n').count();
        long lines = text.isEmpty() || text.endsWith("\n") ? ends : ends + 1;
        return Math.max(0, lines - request.tail().getAsInt());
    }

    private static String text(Loggable log) {
        try {
            return log.getLog();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
                // The container has not begun, and so has no log yet.
                return "";
            }
            throw e;
        }
    }

    private ContainerResource container(String id) {
        return one(id).inContainer(PodFactory.CONTAINER);
    }

    private PodResource one(String id) {
        return client.pods().inNamespace(namespace).withName(ObjectNames.name(id));
    }

    /** Log of one pod, from its beginning or its last lines on. */
    private final class OnePod implements FollowedPodLog.Source {

        private final LogRequest request;

        OnePod(LogRequest request) {
            this.request = request;
        }

        @Override
        public State state() throws IOException {
            try {
                Optional<Pod> pod =
                        Optional.ofNullable(one(request.containerId()).get());
                return pod.map(found -> PodObservations.isOver(found) ? State.OVER : State.GOING_ON)
                        .orElse(State.GONE);
            } catch (KubernetesClientException e) {
                throw new IOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            try {
                return request.follow() ? followed() : last();
            } catch (KubernetesClientException e) {
                throw new IOException(e);
            }
        }

        private InputStream followed() {
            return new LogInput(container(request.containerId()).watchLog());
        }

        private InputStream last() {
            return new ByteArrayInputStream(
                    text(container(request.containerId())).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Input whose end also ends the client's request. */
    private static final class LogInput extends FilterInputStream {

        private final LogWatch watch;

        LogInput(LogWatch watch) {
            super(watch.getOutput());
            this.watch = watch;
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
