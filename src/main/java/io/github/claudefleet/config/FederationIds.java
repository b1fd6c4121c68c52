package io.github.claudefleet.config;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Map;
import java.util.Optional;

/**
 * Ids of workload identity federation: from the pom, or from the variables of Maven's environment that the CLI and the
 * SDKs read.
 */
record FederationIds(Map<String, String> environment) {

    String rule(String configured) {
        return required("auth.federationRule", configured, ClaudeEnvironment.FEDERATION_RULE);
    }

    String organization(String configured) {
        return required("auth.organization", configured, ClaudeEnvironment.ORGANIZATION);
    }

    Optional<String> serviceAccount(String configured) {
        return optional(configured, ClaudeEnvironment.SERVICE_ACCOUNT);
    }

    Optional<String> workspace(String configured) {
        return optional(configured, ClaudeEnvironment.WORKSPACE);
    }

    private String required(String parameter, String configured, String variable) {
        return optional(configured, variable)
                .orElseThrow(() -> new InvalidSpecException(
                        parameter,
                        "is missing, which auth.mode federation needs",
                        "Set it, or the variable " + variable
                                + " where Maven is started; the Claude Console shows it."));
    }

    private Optional<String> optional(String configured, String variable) {
        return Optional.ofNullable(configured)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .map(String::strip)
                .filter(id -> !id.isEmpty());
    }
}
