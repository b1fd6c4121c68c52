package io.github.claudefleet.telemetry;

import io.github.claudefleet.fleet.RunListener;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Exports each run as a trace, if the environment asks for it. The classes of OpenTelemetry's SDK are loaded only then.
 * A trace that can't be exported is a warning.
 */
public final class Telemetry implements RunListener {

    /** Class of the optional dependency whose absence is reported. */
    private static final String EXPORTER = "io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter";

    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    /**
     * @param environment Maven's environment variables
     * @param warnings consumer of the reason why a trace can't be exported
     */
    public Telemetry(Map<String, String> environment, Consumer<String> warnings) {
        this.environment = Map.copyOf(environment);
        this.warnings = warnings;
    }

    @Override
    public void runEnded(FleetId fleet, FleetReport report, List<AttemptReport> attempts) {
        Optional<OtlpSettings> settings = OtlpSettings.of(environment);
        if (settings.isEmpty() || report.tasks().isEmpty()) {
            return;
        }
        try {
            export(settings.get(), new FleetTrace(fleet, report, attempts)).ifPresent(warnings);
        } catch (RuntimeException e) {
            warnings.accept(settings.get().endpoint() + ": " + e.getMessage());
        }
    }

    /** Returns the reason why the trace was not exported; empty if it was. */
    private static Optional<String> export(OtlpSettings settings, FleetTrace trace) {
        if (!settings.isHttp()) {
            return Optional.of("OTEL_EXPORTER_OTLP_PROTOCOL is " + settings.protocol()
                    + ", and the plugin speaks http/protobuf only, usually on port 4318");
        }
        try {
            Class.forName(EXPORTER, false, Telemetry.class.getClassLoader());
            return new OtlpTrace(settings).export(trace);
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("the plugin lacks OpenTelemetry's classes. Add"
                    + " io.opentelemetry:opentelemetry-exporter-otlp and"
                    + " io.opentelemetry:opentelemetry-exporter-sender-jdk to the <dependencies> of the plugin, as"
                    + " docs/results.md shows");
        }
    }
}
