package io.github.claudefleet.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Exports a trace by OpenTelemetry's SDK, as OTLP over HTTP. */
final class OtlpTrace {

    /** Maximum number of spans of a request. */
    private static final int BATCH = 512;

    /** One repetition, soon: with the SDK's own policy a receiver that refuses the connection takes many seconds. */
    private static final RetryPolicy RETRIES = RetryPolicy.builder()
            .setMaxAttempts(2)
            .setInitialBackoff(Duration.ofMillis(500))
            .build();

    /** Time in which the SDK ends a request at its limit by itself; it would log an interruption. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** The SDK's own log, which repeats the reason, with the value of a header that can't be sent. */
    private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

    private final OtlpSettings settings;

    OtlpTrace(OtlpSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the reason why the trace was not exported; empty if it was.
     *
     * @throws IOException if the certificates to trust can't be read
     */
    Optional<String> export(FleetTrace trace) throws IOException {
        List<SpanData> spans = spans(trace);
        OtlpHttpSpanExporter exporter = exporter();
        Level before = SDK_LOG.getLevel();
        SDK_LOG.setLevel(Level.OFF);
        try {
            long end = System.nanoTime() + settings.limit().plus(GRACE).toNanos();
            for (int from = 0; from < spans.size(); from += BATCH) {
                CompletableResultCode sent = exporter.export(spans.subList(from, Math.min(spans.size(), from + BATCH)))
                        .join(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (!sent.isSuccess()) {
                    return Optional.of(reason(sent));
                }
            }
        } finally {
            // Not close(), which waits for a request that has no answer.
            exporter.shutdown();
            SDK_LOG.setLevel(before);
        }
        return Optional.empty();
    }

    private OtlpHttpSpanExporter exporter() throws IOException {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint())
                .setTimeout(settings.limit())
                .setConnectTimeout(settings.limit())
                .setRetryPolicy(RETRIES);
        settings.headers().forEach(builder::addHeader);
        if (settings.certificate().isPresent()) {
            builder.setTrustedCertificates(
                    Files.readAllBytes(Path.of(settings.certificate().get())));
        }
        return builder.build();
    }

    private String reason(CompletableResultCode sent) {
        Throwable cause = sent.getFailureThrowable();
        if (!sent.isDone() || isTimeout(cause)) {
            return "no answer within " + settings.limit().toMillis() + " ms";
        }
        return cause == null ? "the export failed" : textOf(cause);
    }

    private static boolean isTimeout(Throwable cause) {
        return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .anyMatch(HttpTimeoutException.class::isInstance);
    }

    /** Returns a text, also for the exceptions of Java's client, many of which have no message. */
    private static String textOf(Throwable cause) {
        Throwable last = cause;
        for (int depth = 0; last.getMessage() == null && last.getCause() != null && depth < 10; depth++) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    private List<SpanData> spans(FleetTrace trace) {
        Collector collector = new Collector();
        GivenIds ids = new GivenIds(trace.id());
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(resource())
                .addSpanProcessor(collector)
                .build()) {
            Tracer tracer = provider.get("io.github.claudefleet");
            Map<String, Context> contexts = new HashMap<>();
            for (FleetTrace.Span span : trace.spans()) {
                ids.next = span.id();
                Context parent = span.parent().map(contexts::get).orElse(Context.root());
                contexts.put(span.id(), parent.with(record(tracer, span, parent)));
            }
        }
        return collector.spans;
    }

    private Resource resource() {
        ResourceBuilder builder = Resource.getDefault().toBuilder();
        settings.resource().forEach(builder::put);
        return builder.build();
    }

    private static Span record(Tracer tracer, FleetTrace.Span span, Context parent) {
        SpanBuilder builder = tracer.spanBuilder(span.name()).setParent(parent).setStartTimestamp(span.began());
        span.attributes().forEach((name, value) -> set(builder, name, value));
        Span begun = builder.startSpan();
        span.error().ifPresent(error -> begun.setStatus(StatusCode.ERROR, error));
        begun.end(span.ended());
        return begun;
    }

    private static void set(SpanBuilder builder, String name, Object value) {
        if (value instanceof Long number) {
            builder.setAttribute(AttributeKey.longKey(name), number);
        } else if (value instanceof Double number) {
            builder.setAttribute(AttributeKey.doubleKey(name), number);
        } else {
            builder.setAttribute(AttributeKey.stringKey(name), value.toString());
        }
    }

    /** Generator of the ids that the trace already has. */
    private static final class GivenIds implements IdGenerator {

        private final String trace;
        private String next = "";

        private GivenIds(String trace) {
            this.trace = trace;
        }

        @Override
        public String generateSpanId() {
            return next;
        }

        @Override
        public String generateTraceId() {
            return trace;
        }
    }

    /** Processor that keeps all ended spans, because a batch processor drops spans of a large fleet. */
    private static final class Collector implements SpanProcessor {

        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            // Only ended spans count.
        }

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
