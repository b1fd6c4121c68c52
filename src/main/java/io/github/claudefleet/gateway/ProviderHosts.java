package io.github.claudefleet.gateway;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.spec.EgressRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Hosts of the provider that serves the model, as the variables of an agent choose it. They are those of the CLI's
 * documentation for Bedrock, Vertex and Foundry.
 */
final class ProviderHosts {

    private static final String DEFAULT_AWS_REGION = "us-east-1";

    private ProviderHosts() {}

    static List<EgressRule> of(Map<String, String> environment) {
        List<EgressRule> rules = new ArrayList<>();
        if (uses(environment, ClaudeEnvironment.USE_BEDROCK)) {
            String region = environment.getOrDefault("AWS_REGION", DEFAULT_AWS_REGION);
            Stream.of("bedrock-runtime", "bedrock", "sts", "oidc", "portal.sso")
                    .forEach(service -> rules.add(https(service + "." + region + ".amazonaws.com")));
            rules.add(https("sts.amazonaws.com"));
        }
        if (uses(environment, ClaudeEnvironment.USE_VERTEX)) {
            String region = environment.getOrDefault("CLOUD_ML_REGION", "global");
            rules.add(https(
                    region.equals("global") ? "aiplatform.googleapis.com" : region + "-aiplatform.googleapis.com"));
            Stream.of("oauth2.googleapis.com", "sts.googleapis.com", "iamcredentials.googleapis.com")
                    .forEach(host -> rules.add(https(host)));
        }
        if (uses(environment, ClaudeEnvironment.USE_FOUNDRY)) {
            String resource = environment.getOrDefault(ClaudeEnvironment.FOUNDRY_RESOURCE, "");
            if (!resource.isBlank()) {
                rules.add(https(resource + ".services.ai.azure.com"));
            }
            rules.add(https("login.microsoftonline.com"));
        }
        Stream.of(
                        ClaudeEnvironment.BASE_URL,
                        ClaudeEnvironment.BEDROCK_BASE_URL,
                        ClaudeEnvironment.VERTEX_BASE_URL,
                        ClaudeEnvironment.FOUNDRY_BASE_URL)
                .flatMap(name -> ServiceAddress.in(environment, name).stream())
                .forEach(address -> rules.add(address.toRule()));
        return rules;
    }

    private static boolean uses(Map<String, String> environment, String variable) {
        return ClaudeEnvironment.isSet(environment.getOrDefault(variable, ""));
    }

    private static EgressRule https(String host) {
        return EgressRule.of(host, EgressRule.HTTPS);
    }
}
