package io.github.claudefleet.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the export in OpenTelemetry's own environment variables.
 *
 * @param endpoint address of the traces' receiver
 * @param protocol protocol of the receiver
 * @param headers headers of each request, such as for authentication
 * @param service name of the service to which the spans belong
 */
record OtlpSettings(String endpoint, String protocol, Map<String, String> headers, String service) {

    private static final String HTTP = "http/protobuf";

    /** Returns the settings; empty if no export is asked for. */
    static Optional<OtlpSettings> of(Map<String, String> environment) {
        boolean off = "true".equalsIgnoreCase(environment.get("OTEL_SDK_DISABLED"))
                || "none".equals(environment.get("OTEL_TRACES_EXPORTER"));
        return get(environment, "OTEL_EXPORTER_OTLP_ENDPOINT")
                .filter(endpoint -> !off)
                .map(endpoint -> new OtlpSettings(
                        endpoint.replaceFirst("/+$", "") + "/v1/traces",
                        get(environment, "OTEL_EXPORTER_OTLP_PROTOCOL").orElse(HTTP),
                        headers(environment.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", "")),
                        get(environment, "OTEL_SERVICE_NAME").orElse("claude-fleet")));
    }

    boolean isHttp() {
        return protocol.equals(HTTP);
    }

    /** Hides the headers' values, which can be credentials. */
    @Override
    public String toString() {
        return "OtlpSettings[" + endpoint + ", " + protocol + ", " + headers.keySet() + ", " + service + "]";
    }

    private static Optional<String> get(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int middle = pair.indexOf('=');
            if (middle > 0) {
                headers.put(
                        pair.substring(0, middle).strip(),
                        decoded(pair.substring(middle + 1).strip()));
            }
        }
        return headers;
    }

    /** Decodes percent signs; a plus stands for itself. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
