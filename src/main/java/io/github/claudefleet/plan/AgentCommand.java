package io.github.claudefleet.plan;

import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands of a fleet's containers. An agent's has its entrypoint, its mode and the options of the CLI. */
final class AgentCommand {

    private static final List<String> AWAIT_KIT = KitResources.inlined("await-kit.sh", ContainerPaths.KIT);
    private static final List<String> GATEWAY = List.of("/bin/sh", "/opt/claude-fleet-gateway/start.sh");

    private AgentCommand() {}

    static List<String> ofAuth() {
        return AWAIT_KIT;
    }

    static List<String> ofGateway() {
        return GATEWAY;
    }

    static List<String> of(AgentSpec agent) {
        return of(agent, EgressNote.addTo(agent.claude().arguments(), agent.egress()));
    }

    /** Returns what distinguishes an agent's command. Hosts do not: the gateway changes them while the agent works. */
    static List<String> identity(AgentSpec agent) {
        return Stream.concat(of(agent, agent.claude().arguments()).stream(), files(agent).stream())
                .toList();
    }

    private static List<String> of(AgentSpec agent, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh", ContainerPaths.KIT + "/agent.sh", agent.name().value(), mode(agent)));
        ClaudeOptions claude = agent.claude();
        command.addAll(List.of("--permission-mode", claude.permissionMode()));
        if (claude.mcpServers().isPresent()) {
            command.addAll(List.of("--mcp-config", ContainerPaths.KIT + "/mcp/" + agent.name() + ".json"));
        }
        if (claude.settings().isPresent()) {
            command.addAll(List.of("--settings", ContainerPaths.KIT + "/settings/" + agent.name() + ".json"));
        }
        command.addAll(claude.context().arguments());
        command.addAll(arguments);
        return command;
    }

    /** Returns the contents of the files that the command names. */
    private static List<String> files(AgentSpec agent) {
        return Stream.of(agent.claude().mcpServers(), agent.claude().settings())
                .flatMap(Optional::stream)
                .toList();
    }

    private static String mode(AgentSpec agent) {
        if (agent.takesTasks()) {
            return "serve";
        }
        return agent.prompt().isPresent() ? "work" : "wait";
    }
}
