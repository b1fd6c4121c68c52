package io.github.claudefleet.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the export in OpenTelemetry's own environment variables. Those for traces alone come first.
 *
 * @param endpoint address of the traces' receiver
 * @param protocol protocol of the receiver
 * @param headers headers of each request, such as for authentication
 * @param certificate file with the certificates to trust, in PEM; empty for those that Java trusts
 * @param limit maximum time of a whole export, which delays the build
 * @param resource attributes of the service to which the spans belong, its name among them
 */
record OtlpSettings(
        String endpoint,
        String protocol,
        Map<String, String> headers,
        Optional<String> certificate,
        Duration limit,
        Map<String, String> resource) {

    private static final String HTTP = "http/protobuf";
    private static final long LONGEST_MILLIS = 5_000;
    /** Shorter values are no secrets, and parts of other words. */
    private static final int SHORTEST_SECRET = 6;

    private static final String SERVICE = "service.name";

    /** Returns the settings; empty if no export is asked for. */
    static Optional<OtlpSettings> of(Map<String, String> environment) {
        return endpoint(environment)
                .filter(endpoint -> isOn(environment))
                .map(endpoint -> new OtlpSettings(
                        endpoint,
                        otlp(environment, "PROTOCOL").orElse(HTTP),
                        pairs(otlp(environment, "HEADERS").orElse("")),
                        otlp(environment, "CERTIFICATE"),
                        limit(otlp(environment, "TIMEOUT").orElse("")),
                        resource(environment)));
    }

    private static boolean isOn(Map<String, String> environment) {
        boolean off = get(environment, "OTEL_SDK_DISABLED")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        List<String> exporters =
                List.of(get(environment, "OTEL_TRACES_EXPORTER").orElse("otlp").split("\\s*,\\s*"));
        return !off && exporters.contains("otlp");
    }

    private static Optional<String> endpoint(Map<String, String> environment) {
        return get(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
                .or(() -> get(environment, "OTEL_EXPORTER_OTLP_ENDPOINT")
                        .map(endpoint -> endpoint.replaceFirst("/+$", "") + "/v1/traces"));
    }

    /** @param millis time limit in milliseconds; any other text stands for the longest one */
    private static Duration limit(String millis) {
        return Duration.ofMillis(
                millis.matches("[1-9]\\d{0,9}") ? Math.min(LONGEST_MILLIS, Long.parseLong(millis)) : LONGEST_MILLIS);
    }

    private static Map<String, String> resource(Map<String, String> environment) {
        Map<String, String> resource = new LinkedHashMap<>(Map.of(SERVICE, "claude-fleet"));
        resource.putAll(pairs(environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "")));
        get(environment, "OTEL_SERVICE_NAME").ifPresent(name -> resource.put(SERVICE, name));
        return resource;
    }

    boolean isHttp() {
        return protocol.equals(HTTP);
    }

    /** Returns the endpoint without the credentials that it can have. */
    String shownEndpoint() {
        return endpoint.replaceFirst("//[^/]*@", "//");
    }

    /** Returns a text without the headers' values and the endpoint's credentials. */
    String withoutSecrets(String text) {
        String shown = text.replace(endpoint, shownEndpoint());
        for (String value : headers.values()) {
            shown = value.length() < SHORTEST_SECRET ? shown : shown.replace(value, "…");
        }
        return shown;
    }

    /** Hides the headers' values, which can be credentials. */
    @Override
    public String toString() {
        return "OtlpSettings[" + shownEndpoint() + ", " + protocol + ", " + headers.keySet() + ", " + resource + "]";
    }

    private static Optional<String> otlp(Map<String, String> environment, String name) {
        return get(environment, "OTEL_EXPORTER_OTLP_TRACES_" + name)
                .or(() -> get(environment, "OTEL_EXPORTER_OTLP_" + name));
    }

    private static Optional<String> get(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int middle = pair.indexOf('=');
            if (middle > 0) {
                pairs.put(
                        pair.substring(0, middle).strip(),
                        decoded(pair.substring(middle + 1).strip()));
            }
        }
        return pairs;
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
