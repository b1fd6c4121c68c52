package io.github.claudefleet.gateway;

import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.InvalidSpecException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * Address of a service, from a variable of an agent.
 *
 * @param host name or address in lower case
 * @param port port, that of the scheme if the address has none
 * @param plain true without TLS
 */
record ServiceAddress(String host, int port, boolean plain) {

    /**
     * Returns the address in a variable; empty if it is not set.
     *
     * @throws InvalidSpecException if the value is no address
     */
    static Optional<ServiceAddress> in(Map<String, String> environment, String variable) {
        String text = environment.getOrDefault(variable, "").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(variable, text));
    }

    private static ServiceAddress parse(String variable, String text) {
        try {
            URI address = new URI(text);
            EgressRule rule = EgressRule.of(address).orElseThrow(() -> refused(variable, text));
            return new ServiceAddress(rule.host(), rule.port(), "http".equalsIgnoreCase(address.getScheme()));
        } catch (URISyntaxException e) {
            throw refused(variable, text);
        }
    }

    EgressRule toRule() {
        return EgressRule.of(host, port);
    }

    private static InvalidSpecException refused(String variable, String text) {
        return new InvalidSpecException(
                "environment",
                "has " + variable + " with \"" + text + "\", which is not an address of a service",
                "Write it as https://HOST or http://HOST:PORT.");
    }
}
