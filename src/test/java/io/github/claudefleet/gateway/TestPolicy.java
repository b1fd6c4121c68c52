package io.github.claudefleet.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Policy file of the tests' gateway, with the agents that they have. */
final class TestPolicy {

    static final String CREDENTIAL_FILE = "/credential/key";
    private static final Map<String, Integer> POLICIES = Map.of("attacker", 0, "guarded", 1, "auditor", 2, "walled", 3);

    private final Map<String, String> sockets = new LinkedHashMap<>();
    private final List<Object> allow = new ArrayList<>(List.of(
            Map.of("host", "allowed.test"),
            Map.of("host", "paths.allowed.test", "methods", List.of("GET"), "path", "/public/"),
            Map.of("host", "*.wild.test"),
            Map.of("host", "loop.allowed.test"),
            Map.of("host", "meta.allowed.test"),
            Map.of("host", "self.allowed.test")));

    TestPolicy() {
        POLICIES.keySet().stream().sorted().forEach(agent -> sockets.put(agent, secretName()));
    }

    /** Returns a name that nobody guesses. */
    static String secretName() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Allows a further host and port. */
    void allow(String host, int port) {
        allow.add(Map.of("host", host, "port", port));
    }

    /** Returns the path of an agent's socket. */
    String socket(String agent) {
        return "/claude-fleet/gateway/agents/" + sockets.get(agent) + "/proxy.sock";
    }

    /** Returns the file's text. */
    String text(String exposure) {
        return text(exposure, "");
    }

    /** Returns the file's text without one of the agents. */
    String textWithout(String agent) {
        return text("gateway", agent);
    }

    private String text(String exposure, String except) {
        return Json.write(Map.of(
                "version", 1,
                "api", Map.of("host", "api.anthropic.com", "port", 443),
                "credential", Map.of("exposure", exposure, "kind", "apiKey", "file", CREDENTIAL_FILE),
                "policies",
                        List.of(
                                Map.of("mode", "allow", "allow", allow),
                                Map.of("mode", "allow", "models", List.of("claude-haiku-*"), "maxRequests", 3),
                                Map.of("mode", "audit"),
                                Map.of("mode", "none")),
                "agents",
                        sockets.entrySet().stream()
                                .filter(agent -> !agent.getKey().equals(except))
                                .map(agent -> Map.of(
                                        "name", agent.getKey(),
                                        "socket", agent.getValue(),
                                        "policy", POLICIES.get(agent.getKey())))
                                .toList()));
    }
}
