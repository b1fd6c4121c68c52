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
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Exports a trace by OpenTelemetry's SDK, as OTLP over HTTP. */
final class OtlpTrace {

    /** Maximum number of spans of a request. */
    private static final int BATCH = 512;

    private static final int LIMIT_SECONDS = 15;

    private final OtlpSettings settings;

    OtlpTrace(OtlpSettings settings) {
        this.settings = settings;
    }

    /** Returns the reason why the trace was not exported; empty if it was. */
    Optional<String> export(FleetTrace trace) {
        List<SpanData> spans = spans(trace);
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint());
        settings.headers().forEach(builder::addHeader);
        try (SpanExporter exporter = builder.build()) {
            for (int from = 0; from < spans.size(); from += BATCH) {
                CompletableResultCode sent = exporter.export(spans.subList(from, Math.min(spans.size(), from + BATCH)))
                        .join(LIMIT_SECONDS, TimeUnit.SECONDS);
                if (!sent.isSuccess()) {
                    return Optional.of(settings.endpoint() + reason(sent));
                }
            }
        }
        return Optional.empty();
    }

    private static String reason(CompletableResultCode sent) {
        Throwable cause = sent.getFailureThrowable();
        if (cause != null) {
            return ": " + cause.getMessage();
        }
        return sent.isDone() ? ": the export failed" : ": no answer within " + LIMIT_SECONDS + " s";
    }

    private List<SpanData> spans(FleetTrace trace) {
        Collector collector = new Collector();
        GivenIds ids = new GivenIds(trace.id());
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", settings.service())
                        .build())
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
