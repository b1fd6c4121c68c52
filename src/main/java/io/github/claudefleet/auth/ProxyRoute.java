package io.github.claudefleet.auth;

import io.github.claudefleet.spec.CredentialVariables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Route of the CLI's requests, from its container's environment. Shown when no answer comes. */
final class ProxyRoute {

    /** Variables that determine the route. No value is shown whole, since that of a proxy may contain a password. */
    static final List<String> VARIABLES = Stream.concat(
                    CredentialVariables.PROVIDERS.stream().sorted(),
                    Stream.of(
                            "ANTHROPIC_BASE_URL",
                            "ANTHROPIC_BEDROCK_BASE_URL",
                            "ANTHROPIC_VERTEX_BASE_URL",
                            "ANTHROPIC_FOUNDRY_BASE_URL",
                            "ANTHROPIC_FOUNDRY_RESOURCE",
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
        if (uses("CLAUDE_CODE_USE_BEDROCK")) {
            return given("ANTHROPIC_BEDROCK_BASE_URL")
                    .orElse("bedrock-runtime." + environment.getOrDefault("AWS_REGION", "us-east-1")
                            + ".amazonaws.com");
        }
        if (uses("CLAUDE_CODE_USE_VERTEX")) {
            return given("ANTHROPIC_VERTEX_BASE_URL").orElseGet(this::vertexHost);
        }
        if (uses("CLAUDE_CODE_USE_FOUNDRY")) {
            return given("ANTHROPIC_FOUNDRY_BASE_URL")
                    .orElse(environment.getOrDefault("ANTHROPIC_FOUNDRY_RESOURCE", "") + ".services.ai.azure.com");
        }
        return given("ANTHROPIC_BASE_URL").orElse("api.anthropic.com");
    }

    private String vertexHost() {
        String region = environment.getOrDefault("CLOUD_ML_REGION", "global");
        return (region.equals("global") ? "" : region + "-") + "aiplatform.googleapis.com";
    }

    private boolean uses(String variable) {
        return CredentialVariables.isSet(environment.getOrDefault(variable, ""));
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
