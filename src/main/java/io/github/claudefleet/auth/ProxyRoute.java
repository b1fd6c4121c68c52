package io.github.claudefleet.auth;

import io.github.claudefleet.claude.ClaudeEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Route of the CLI's requests, from its container's environment. Shown when no answer comes. */
final class ProxyRoute {

    /** Variables that determine the route. No value is shown whole, since that of a proxy may contain a password. */
    static final List<String> VARIABLES = Stream.concat(
                    ClaudeEnvironment.PROVIDERS.stream().sorted(),
                    Stream.of(
                            ClaudeEnvironment.BASE_URL,
                            ClaudeEnvironment.BEDROCK_BASE_URL,
                            ClaudeEnvironment.VERTEX_BASE_URL,
                            ClaudeEnvironment.FOUNDRY_BASE_URL,
                            ClaudeEnvironment.FOUNDRY_RESOURCE,
                            "AWS_REGION",
                            "CLOUD_ML_REGION",
                            "HTTPS_PROXY",
                            "https_proxy",
                            "HTTP_PROXY",
                            "http_proxy"))
            .toList();

    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy");

    private final Map<String, String> environment;

    /** @param environment variables of {@link #VARIABLES} that are set */
    ProxyRoute(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Describes the route, such as {@code tried api.anthropic.com, HTTPS_PROXY is proxy:3128}. */
    String text() {
        String proxy = PROXIES.stream()
                .filter(environment::containsKey)
                .findFirst()
                .map(name -> ", " + name + " is " + host(environment.get(name)))
                .orElse("");
        return "tried " + host() + proxy;
    }

    private String host() {
        if (uses(ClaudeEnvironment.USE_BEDROCK)) {
            return given(ClaudeEnvironment.BEDROCK_BASE_URL)
                    .orElse("bedrock-runtime." + environment.getOrDefault("AWS_REGION", "us-east-1")
                            + ".amazonaws.com");
        }
        if (uses(ClaudeEnvironment.USE_VERTEX)) {
            return given(ClaudeEnvironment.VERTEX_BASE_URL).orElseGet(this::vertexHost);
        }
        if (uses(ClaudeEnvironment.USE_FOUNDRY)) {
            return given(ClaudeEnvironment.FOUNDRY_BASE_URL)
                    .orElse(environment.getOrDefault(ClaudeEnvironment.FOUNDRY_RESOURCE, "")
                            + ".services.ai.azure.com");
        }
        return given(ClaudeEnvironment.BASE_URL).orElse("api.anthropic.com");
    }

    private String vertexHost() {
        String region = environment.getOrDefault("CLOUD_ML_REGION", "global");
        return (region.equals("global") ? "" : region + "-") + "aiplatform.googleapis.com";
    }

    private boolean uses(String variable) {
        return ClaudeEnvironment.isSet(environment.getOrDefault(variable, ""));
    }

    private Optional<String> given(String variable) {
        return Optional.ofNullable(environment.get(variable)).map((Function<String, String>) ProxyRoute::host);
    }

    /**
     * Returns host and port of an address. The part before an at sign may hold a password, and the path is not needed.
     */
    private static String host(String address) {
        return address.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "")
                .replaceFirst("[/?#].*$", "")
                .replaceFirst("^.*@", "");
    }
}
