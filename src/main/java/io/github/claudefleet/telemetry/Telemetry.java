package io.github.claudefleet.telemetry;

import io.github.claudefleet.fleet.RunListener;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    public Optional<String> newTrace() {
        return OtlpSettings.of(environment)
                .map(settings -> UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public void runEnded(FleetId fleet, FleetReport report, List<AttemptReport> attempts) {
        Optional<OtlpSettings> settings = OtlpSettings.of(environment);
        if (settings.isEmpty() || report.tasks().isEmpty()) {
            return;
        }
        export(settings.get(), new FleetTrace(fleet, report, attempts))
                .map(settings.get()::withoutSecrets)
                .ifPresent(warnings);
    }

    /** Returns the reason why the trace was not exported; empty if it was. */
    private static Optional<String> export(OtlpSettings settings, FleetTrace trace) {
        if (!settings.isHttp()) {
            return Optional.of("OTEL_EXPORTER_OTLP_PROTOCOL is " + settings.protocol()
                    + ", and the plugin speaks http/protobuf only, usually on port 4318");
        }
        try {
            Class.forName(EXPORTER, false, Telemetry.class.getClassLoader());
            return new OtlpTrace(settings).export(trace).map(reason -> settings.endpoint() + ": " + reason);
        } catch (IOException e) {
            return Optional.of("OTEL_EXPORTER_OTLP_CERTIFICATE names "
                    + settings.certificate().orElse("") + ", which can't be read: " + FileProblem.of(e));
        } catch (RuntimeException e) {
            return Optional.of(settings.endpoint() + ": " + e.getMessage());
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("the plugin lacks OpenTelemetry's classes. Add"
                    + " io.opentelemetry:opentelemetry-exporter-otlp and"
                    + " io.opentelemetry:opentelemetry-exporter-sender-jdk to the <dependencies> of the plugin, as"
                    + " docs/results.md shows");
        }
    }
}
