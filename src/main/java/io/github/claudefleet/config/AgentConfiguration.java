package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.AgentSpec.ClaudeOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.codehaus.plexus.util.cli.CommandLineUtils;

/** {@code <agent>}: one agent, or several of a kind. */
public class AgentConfiguration {

    private static final int MOST_REPLICAS = 500;
    private static final int MOST_TURNS = 100_000;

    private String name;
    private Integer replicas;
    private String prompt;
    private String promptFile;
    private WorkspaceConfiguration workspace;
    private Map<String, String> environment;
    private String model;
    private Integer maxTurns;
    private String permissionMode;
    private String claudeArguments;
    private String memory;
    private String cpus;
    private Integer pids;

    /** So many identical agents {@code worker-1}, {@code worker-2} … for the command line. */
    static AgentConfiguration workers(int number) {
        AgentConfiguration workers = new AgentConfiguration();
        workers.name = "worker";
        workers.replicas = Numbers.within("workers", number, 1, MOST_REPLICAS);
        return workers;
    }

    /** The agents that this stands for, one for each replica. */
    List<AgentSpec> toSpecs(AgentDefaults defaults) {
        AgentName agentName = new AgentName(name);
        AgentSpec first = toSpec(agentName, defaults);
        if (replicas == null) {
            return List.of(first);
        }
        return IntStream.rangeClosed(1, Numbers.within("agent.replicas", replicas, 1, MOST_REPLICAS))
                .mapToObj(number -> first.withName(agentName.replica(number)))
                .toList();
    }

    private AgentSpec toSpec(AgentName agentName, AgentDefaults defaults) {
        Path baseDirectory = defaults.baseDirectory();
        return new AgentSpec(
                agentName,
                toPrompt(baseDirectory),
                (workspace == null ? defaults.workspace() : workspace).toSpec(baseDirectory),
                EnvironmentRules.check(merged(defaults.environment()), defaults.mode()),
                toOptions(),
                toLimits());
    }

    private Optional<Prompt> toPrompt(Path baseDirectory) {
        if (prompt != null && promptFile != null) {
            throw new InvalidSpecException(
                    "agent.prompt", "is set beside agent.promptFile (agent " + name + ")", "Keep one of them.");
        }
        if (promptFile != null) {
            return Optional.of(readPrompt(baseDirectory.resolve(promptFile)));
        }
        return Optional.ofNullable(prompt).map(Prompt::new);
    }

    private Prompt readPrompt(Path file) {
        try {
            String text = Files.readString(file);
            if (text.isBlank()) {
                throw new InvalidSpecException(
                        "agent.promptFile",
                        file + " is empty (agent " + name + ")",
                        "Write what the agent shall do into it, or leave it out for an idle agent.");
            }
            return new Prompt(text);
        } catch (IOException e) {
            throw new InvalidSpecException(
                    "agent.promptFile",
                    file + " can't be read (agent " + name + ")",
                    "Name a text file in UTF-8, relative to the project.");
        }
    }

    private SortedMap<String, String> merged(Map<String, String> fleetWide) {
        SortedMap<String, String> merged = new TreeMap<>(fleetWide);
        if (environment != null) {
            merged.putAll(environment);
        }
        return merged;
    }

    private ClaudeOptions toOptions() {
        Optional<Integer> turns =
                Optional.ofNullable(maxTurns).map(value -> Numbers.within("agent.maxTurns", value, 1, MOST_TURNS));
        String permissions = permissionMode == null ? ClaudeOptions.DEFAULT.permissionMode() : permissionMode;
        return new ClaudeOptions(Optional.ofNullable(model), turns, permissions, arguments());
    }

    private List<String> arguments() {
        try {
            return List.of(CommandLineUtils.translateCommandline(claudeArguments));
        } catch (Exception e) { // declared so by plexus-utils, which means unbalanced quotes
            throw new InvalidSpecException(
                    "agent.claudeArguments",
                    "\"" + claudeArguments + "\" can't be split into arguments (agent " + name + ")",
                    "Close every quote.");
        }
    }

    private ResourceLimits toLimits() {
        ResourceLimits standard = ResourceLimits.DEFAULT;
        return new ResourceLimits(
                memory == null ? standard.memory() : MemorySize.parse("agent.memory", memory),
                Optional.ofNullable(cpus).map(AgentConfiguration::parseCpus),
                pids == null ? standard.pids() : pids);
    }

    private static double parseCpus(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidSpecException(
                    "agent.cpus", "\"" + text + "\" is not a number", "Use a number of processors such as 0.5 or 2.");
        }
    }
}
