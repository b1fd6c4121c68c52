package io.github.claudefleet.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Policy of a gateway, as the JSON file that its program reads: which agent may reach what. */
public final class GatewayPolicy {

    /** Name of the file. */
    public static final String FILE = "policy.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ServiceAddress ANTHROPIC = new ServiceAddress("api.anthropic.com", EgressRule.HTTPS, false);
    /** Host at which the CLI renews a login that agents share read-write. */
    private static final EgressRule RENEWAL =
            new EgressRule("platform.claude.com", EgressRule.HTTPS, List.of("POST"), Optional.of("/v1/oauth/token"));

    private final ResolvedFleet fleet;
    private final List<Map<String, Object>> policies = new ArrayList<>();

    private GatewayPolicy(ResolvedFleet fleet) {
        this.fleet = fleet;
    }

    /** Returns the file's content for a fleet. */
    public static byte[] of(ResolvedFleet fleet) {
        try {
            return JSON.writeValueAsBytes(new GatewayPolicy(fleet).toMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts can always be written as JSON", e);
        }
    }

    private Map<String, Object> toMap() {
        FleetSpec spec = fleet.spec();
        List<Map<String, Object>> agents = spec.agents().stream()
                .filter(agent -> agent.egress().isFenced())
                .map(this::agent)
                .toList();
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("version", 1);
        policy.put("credential", credential(spec.login()));
        policy.put("policies", policies);
        policy.put("agents", agents);
        // The trust store is made anew with the policy.
        spec.containers()
                .caBundle()
                .map(CaBundle::pem)
                .ifPresent(pem -> policy.put("trust", new Sha256().add(pem).shortHex()));
        return policy;
    }

    private Map<String, Object> agent(AgentSpec agent) {
        Map<String, Object> policy = policy(agent);
        int index = policies.indexOf(policy);
        if (index < 0) {
            index = policies.size();
            policies.add(policy);
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", agent.name().value());
        entry.put("socket", fleet.key().socketDirectory(agent.name()));
        entry.put("policy", index);
        return entry;
    }

    private Map<String, Object> policy(AgentSpec agent) {
        EgressSpec egress = agent.egress();
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("mode", mode(egress).value());
        api(agent.environment()).ifPresent(api -> policy.put("api", api));
        List<EgressRule> rules = new ArrayList<>(egress.mode() == EgressMode.NONE ? List.of() : egress.allow());
        if (fleet.spec().login().mode() == LoginMode.PROVIDER) {
            rules.addAll(ProviderHosts.of(agent.environment()));
        }
        if (fleet.spec().login().sharesAll()) {
            rules.add(RENEWAL);
        }
        policy.put("allow", rules.stream().map(GatewayPolicy::rule).toList());
        if (egress.mode() == EgressMode.ALLOW && !egress.presets().isEmpty()) {
            policy.put(
                    "presets",
                    egress.presets().stream().map(EgressPreset::value).toList());
        }
        if (!egress.models().isEmpty()) {
            policy.put("models", egress.models());
        }
        egress.maxRequests().ifPresent(most -> policy.put("maxRequests", most));
        return policy;
    }

    /** Returns the mode for the gateway, to which a provider's hosts and the login's renewal are hosts like others. */
    private EgressMode mode(EgressSpec egress) {
        boolean needsHosts = fleet.spec().login().mode() == LoginMode.PROVIDER
                || fleet.spec().login().sharesAll();
        return egress.mode() == EgressMode.NONE && needsHosts ? EgressMode.ALLOW : egress.mode();
    }

    /** Returns the API's host; empty with a provider, which has an API of its own. */
    private Optional<Map<String, Object>> api(SortedMap<String, String> environment) {
        if (fleet.spec().login().mode() == LoginMode.PROVIDER) {
            return Optional.empty();
        }
        ServiceAddress address = fleet.spec().rehearsal().isPresent()
                ? new ServiceAddress(new ResourceNames(fleet.spec().id()).standIn(), Rehearsal.PORT, true)
                : ServiceAddress.in(environment, ClaudeEnvironment.BASE_URL).orElse(ANTHROPIC);
        Map<String, Object> api = new LinkedHashMap<>();
        api.put("host", address.host());
        api.put("port", address.port());
        if (address.plain()) {
            api.put("plain", true);
        }
        if (fleet.spec().rehearsal().isPresent()) {
            api.put("standIn", true);
        }
        return Optional.of(api);
    }

    private static Map<String, Object> credential(LoginSpec login) {
        Map<String, Object> credential = new LinkedHashMap<>();
        credential.put("exposure", login.exposure().value());
        switch (login.mode()) {
            case API_KEY -> put(credential, "apiKey", ContainerPaths.SECRETS + "/api-key");
            // A token is stored in the form of a login.
            case TOKEN -> put(credential, "login", ContainerPaths.SECRETS + "/" + ClaudeFiles.CREDENTIALS);
            case LOGIN -> put(credential, "login", ContainerPaths.LOGIN + "/" + ClaudeFiles.CREDENTIALS);
            case FEDERATION -> put(credential, "federation", ContainerPaths.ACCESS_TOKEN);
            default -> credential.put("kind", "none");
        }
        return credential;
    }

    private static void put(Map<String, Object> credential, String kind, String file) {
        credential.put("kind", kind);
        credential.put("file", file);
    }

    private static Map<String, Object> rule(EgressRule rule) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("host", rule.host());
        entry.put("port", rule.port());
        if (!rule.methods().isEmpty()) {
            entry.put("methods", rule.methods());
        }
        rule.path().ifPresent(path -> entry.put("path", path));
        return entry;
    }
}
