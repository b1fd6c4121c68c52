package io.github.claudefleet.plan;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.claude.FederationProfile;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FenceUse;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Environment variables of a fleet's containers. */
record ContainerEnvironment(ResolvedFleet fleet) {

    /** Variables by which programs find a company's proxy. */
    private static final Set<String> PROXY_VARIABLES =
            Set.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy");

    private static final String STAND_IN = "CLAUDE_FLEET_STAND_IN";
    private static final String LOOPBACK = "127.0.0.1";

    /** Certificates in the gateway's image, whose name is another one if they change. */
    private static final String GATEWAY_CA_BUNDLE = "/opt/claude-fleet-gateway/ca-bundle.pem";

    SortedMap<String, String> ofAuth() {
        return with(spec().containers().environment());
    }

    /** Returns the gateway's variables: a company's proxy and CA, if there are any. */
    SortedMap<String, String> ofGateway() {
        SortedMap<String, String> environment =
                new TreeMap<>(spec().containers().environment());
        environment.keySet().retainAll(PROXY_VARIABLES);
        if (spec().rehearsal().isPresent()) {
            passProxy(environment, standIn());
        }
        environment.put("CLAUDE_FLEET_GATEWAY_PRIVATE", fleet.key().privateName());
        if (!fleet.sharesVolumes()) {
            environment.put("CLAUDE_FLEET_GATEWAY_PORT", String.valueOf(GatewayPort.NUMBER));
        }
        spec().containers()
                .caBundle()
                .ifPresent(bundle -> environment.put(ClaudeEnvironment.EXTRA_CA_CERTIFICATES, GATEWAY_CA_BUNDLE));
        return environment;
    }

    SortedMap<String, String> of(AgentSpec agent) {
        SortedMap<String, String> environment = with(agent.environment());
        spec().rehearsal()
                .ifPresent(rehearsal ->
                        environment.put("CLAUDE_FLEET_REHEARSAL", agent.name().value()));
        if (agent.egress().isFenced()) {
            if (spec().rehearsal().isPresent()) {
                environment.put(ClaudeEnvironment.BASE_URL, "http://" + standIn() + ":" + Rehearsal.PORT);
                environment.remove(STAND_IN);
            }
            environment.keySet().removeAll(PROXY_VARIABLES);
            environment.putAll(FencedEnvironment.of(agent.egress().mode(), environment));
            environment.putAll(wayToGateway(agent));
        }
        if (spec().hidesCredential(agent)) {
            environment.put("CLAUDE_FLEET_SECRETS", ContainerPaths.PLACEHOLDER);
            environment.computeIfPresent(
                    ClaudeEnvironment.LOGIN_DIRECTORY, (name, value) -> ContainerPaths.PLACEHOLDER);
            environment.computeIfPresent(
                    ClaudeEnvironment.PROFILE, (name, value) -> FederationProfile.PLACEHOLDER.value());
        }
        mavenArguments().ifPresent(arguments -> environment.putIfAbsent("MAVEN_ARGS", arguments));
        if (agent.claude().repositorySettings()) {
            environment.put("CLAUDE_FLEET_REPOSITORY", "trusted");
        }
        if (!agent.claude().context().instructions().equals(ClaudeContext.DEFAULT.instructions())) {
            environment.put(
                    "CLAUDE_FLEET_INSTRUCTIONS",
                    String.join(" ", agent.claude().context().instructions()));
        }
        WorkspaceStrategy strategy = agent.workspace().strategy();
        if (strategy == WorkspaceStrategy.READONLY || strategy == WorkspaceStrategy.NONE) {
            environment.put("CLAUDE_FLEET_WORKSPACE", strategy.value());
        }
        return environment;
    }

    /** Returns the variables by which the relay finds the gateway. */
    private Map<String, String> wayToGateway(AgentSpec agent) {
        if (fleet.sharesVolumes()) {
            return Map.of("CLAUDE_FLEET_GATEWAY_SOCKET", fleet.key().socket(agent.name()));
        }
        Map<String, String> way = new TreeMap<>();
        way.put("CLAUDE_FLEET_GATEWAY_KEY", ContainerPaths.GATEWAY_KEY_FILE);
        way.put("CLAUDE_FLEET_RELAY", ContainerPaths.RELAY_COPY);
        if (agent.egress().fence() == FenceUse.OPTIONAL) {
            way.put("CLAUDE_FLEET_FENCE", FenceUse.OPTIONAL.value());
        }
        return way;
    }

    /** Adds the CLI's variables, which override the pom's. The login's location depends on the sharing. */
    private SortedMap<String, String> with(SortedMap<String, String> own) {
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put(ClaudeEnvironment.NO_NONESSENTIAL_TRAFFIC, "1");
        environment.put(ClaudeEnvironment.NO_AUTOUPDATER, "1");
        environment.putAll(own);
        String home = home();
        environment.put("HOME", home);
        environment.put("CLAUDE_FLEET_LOGIN", spec().login().mode().value());
        boolean sharesAll = spec().login().sharesAll();
        environment.put(
                ClaudeEnvironment.CONFIG_DIRECTORY,
                sharesAll ? ContainerPaths.LOGIN : home + "/" + ClaudeFiles.CONFIG_DIRECTORY);
        if (spec().login().mode() == LoginMode.TOKEN) {
            environment.put(ClaudeEnvironment.LOGIN_DIRECTORY, ContainerPaths.SECRETS);
        } else if (spec().login().mode() == LoginMode.LOGIN && !sharesAll) {
            environment.put(ClaudeEnvironment.LOGIN_DIRECTORY, ContainerPaths.LOGIN);
        } else if (spec().login().mode() == LoginMode.FEDERATION) {
            environment.put(ClaudeEnvironment.PROFILE_DIRECTORY, ContainerPaths.FEDERATION);
            environment.put(ClaudeEnvironment.PROFILE, FederationProfile.ACCESS.value());
        }
        caBundle(environment);
        rehearsal(environment);
        return environment;
    }

    /** Leads the CLI to the stand-in of a rehearsal, through a relay: not every engine resolves containers' names. */
    private void rehearsal(SortedMap<String, String> environment) {
        if (spec().rehearsal().isPresent()) {
            environment.put(STAND_IN, ContainerPaths.STAND_IN);
            environment.put(ClaudeEnvironment.BASE_URL, "http://" + LOOPBACK + ":" + Rehearsal.PORT);
            passProxy(environment, LOOPBACK);
        }
    }

    /** A company's proxy does not know the stand-in. */
    private static void passProxy(SortedMap<String, String> environment, String host) {
        for (String name : List.of("NO_PROXY", "no_proxy")) {
            environment.merge(name, host, (others, own) -> others + "," + own);
        }
    }

    /** Returns the name of the stand-in for the gateway, which knows its address. */
    private String standIn() {
        return new ResourceNames(spec().id()).standIn();
    }

    private void caBundle(SortedMap<String, String> environment) {
        spec().containers()
                .caBundle()
                .ifPresent(
                        bundle -> environment.put(ClaudeEnvironment.EXTRA_CA_CERTIFICATES, ContainerPaths.CA_BUNDLE));
    }

    private FleetSpec spec() {
        return fleet.spec();
    }

    /** Returns MAVEN_ARGS (Maven 3.9 or later): reads the host's repository, and writes one in the home. */
    private Optional<String> mavenArguments() {
        List<String> arguments = new ArrayList<>();
        if (spec().java().repository().isPresent()) {
            arguments.add("-Dmaven.repo.local=" + home() + "/.m2/repository");
            arguments.add("-Dmaven.repo.local.tail=" + ContainerPaths.REPOSITORY);
            arguments.add("-Dmaven.repo.local.tail.ignoreAvailability=true");
        }
        if (spec().java().settings().isPresent()) {
            arguments.addAll(List.of("--settings", ContainerPaths.SETTINGS));
        }
        return arguments.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", arguments));
    }

    private String home() {
        return new WritableDirectories(fleet.image()).home();
    }
}
