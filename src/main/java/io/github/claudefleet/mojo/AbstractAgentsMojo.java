package io.github.claudefleet.mojo;

import io.github.claudefleet.config.AgentConfiguration;
import io.github.claudefleet.config.ContextDefaults;
import io.github.claudefleet.config.EgressConfiguration;
import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.config.WorkDefaults;
import io.github.claudefleet.config.WorkspaceConfiguration;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** Parameters and configuration of the goals that need the agents. */
abstract class AbstractAgentsMojo extends AbstractLoginMojo {

    /** Agents of the fleet. docs/configuration.md lists the elements of an {@code <agent>}. */
    @Parameter
    private List<AgentConfiguration> agents;

    /**
     * Number of identical agents in addition to those of the pom, named {@code worker-1}, {@code worker-2} and so on.
     * This is meant for the command line. By default there are none.
     */
    @Parameter(property = "claude-fleet.workers")
    private Integer workers;

    /**
     * Workspace of the agents that have no {@code <workspace>} of their own: a directory, mounted read-write at
     * {@code /workspace}. The default is the project's directory.
     */
    @Parameter
    private WorkspaceConfiguration workspace;

    /**
     * Hosts that agents may reach: {@code <mode>} {@code allow} (only the model's API and each {@code <allow>}),
     * {@code none} (only the API), {@code audit} (all, and each is reported) or {@code open} (all, without a gateway).
     * The default is {@code allow}. An agent may add its own. See docs/egress.md. Each element has a property, such as
     * {@code claude-fleet.egress.mode}.
     */
    @Parameter
    private EgressConfiguration egress;

    /** Maximum number of tasks that run at the same time. By default it is the number of agents that have tasks. */
    @Parameter(property = "claude-fleet.maxConcurrent")
    private Integer maxConcurrent;

    /** Minimum time between the starts of two tasks, such as {@code 2s}. By default there is none. */
    @Parameter(property = "claude-fleet.stagger")
    private String stagger;

    /**
     * Maximum cost of all tasks together, in US dollars as the CLI counts them. Once it is reached, no further task
     * starts and the running ones are stopped. By default there is no limit.
     */
    @Parameter(property = "claude-fleet.maxCost")
    private String maxCost;

    /**
     * Maximum cost of all fleets of the project on this machine in one day, in US dollars as the CLI counts them. The
     * day is that of the machine's time zone. Once it is reached, no further task starts and the running ones are
     * stopped. By default there is no limit.
     */
    @Parameter(property = "claude-fleet.maxCostPerDay")
    private String maxCostPerDay;

    /**
     * Directory of this machine with the costs of each day, which {@code maxCostPerDay} needs. Builds that share a limit
     * must have the same directory. The default is {@code ~/.claude-fleet/costs}.
     */
    @Parameter(property = "claude-fleet.costDirectory")
    private String costDirectory;

    /**
     * Maximum duration of a task, such as {@code 30m}, or {@code none}. The default is {@code 1h}. An agent may set its
     * own.
     */
    @Parameter(property = "claude-fleet.taskTimeout")
    private String taskTimeout;

    /**
     * Maximum time that a task may run without output, such as {@code 5m}, or {@code none}. The default is {@code 15m}.
     * An agent may set its own.
     */
    @Parameter(property = "claude-fleet.idleTimeout")
    private String idleTimeout;

    /**
     * Maximum time that a background command or subagent of a task may continue after the task's result, such as
     * {@code 5m}, or {@code none}. After it, the command is stopped and the task's outcome is {@code unfinished}. The
     * default is {@code 15m}. An agent may set its own.
     */
    @Parameter(property = "claude-fleet.backgroundTimeout")
    private String backgroundTimeout;

    /**
     * Time that the CLI waits for a command before it lets the command continue in the background, such as {@code 5m}.
     * The default is {@code 10m} with {@code <java>}, otherwise the CLI's own, 2 minutes. An agent may set its own.
     */
    @Parameter(property = "claude-fleet.bashTimeout")
    private String bashTimeout;

    /**
     * Maximum time for the CLI to exit after its result, and after each signal that asks it to exit, such as
     * {@code 30s}. The default is {@code 10s}. An agent may set its own.
     */
    @Parameter(property = "claude-fleet.endTimeout")
    private String endTimeout;

    /**
     * Instructions of the repository that agents receive: {@code CLAUDE.md} (with its imports and
     * {@code .claude/rules}), {@code AGENTS.md}, both separated by a comma, or {@code none}. The default is
     * {@code CLAUDE.md}. An agent may set its own.
     */
    @Parameter(property = "claude-fleet.instructions")
    private String instructions;

    /**
     * Directory with the layout of {@code ~/.claude}. Every agent can read its {@code CLAUDE.md}, {@code rules},
     * {@code skills}, {@code commands}, {@code agents} and {@code output-styles}. By default there is none. An agent
     * may set its own.
     */
    @Parameter(property = "claude-fleet.claudeDirectory")
    private String claudeDirectory;

    /**
     * Plugins of Claude Code for all agents, as directories or .zip files ({@code claude --plugin-dir}). By default
     * there are none. An agent may set its own.
     */
    @Parameter(property = "claude-fleet.pluginDirs")
    private List<String> pluginDirs;

    /**
     * Skills for all agents, as directories with a {@code SKILL.md}, of the project or your own, such as
     * {@code ~/.claude/skills/NAME}. Each one is a user's own skill {@code /NAME} to them. By default there are none.
     * An agent may set its own.
     */
    @Parameter(property = "claude-fleet.skills")
    private List<String> skills;

    @Override
    FleetConfiguration configuration() {
        return super.configuration()
                .agents(agents)
                .workers(workers)
                .workspace(workspace)
                .egress(egress)
                .work(work())
                .context(new ContextDefaults(instructions, claudeDirectory, pluginDirs, skills));
    }

    @Override
    public boolean hasWork() {
        return !fleetSpec().work().isNone();
    }

    private WorkDefaults work() {
        return new WorkDefaults()
                .maxConcurrent(maxConcurrent)
                .stagger(stagger)
                .maxCost(maxCost)
                .maxCostPerDay(maxCostPerDay)
                .costDirectory(costDirectory)
                .taskTimeout(taskTimeout)
                .idleTimeout(idleTimeout)
                .backgroundTimeout(backgroundTimeout)
                .bashTimeout(bashTimeout)
                .endTimeout(endTimeout);
    }
}
