package io.github.claudefleet.plan;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Command of an agent's container: its entrypoint, its mode and the options of the CLI. */
final class AgentCommand {

    private AgentCommand() {}

    static List<String> of(AgentSpec agent) {
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
        command.addAll(claude.arguments());
        return command;
    }

    /** Returns the contents of the files that the command names. */
    static List<String> files(AgentSpec agent) {
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
