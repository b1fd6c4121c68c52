package io.github.claudefleet.mojo;

import io.github.claudefleet.config.AgentConfiguration;
import io.github.claudefleet.config.ContextDefaults;
import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.config.WorkDefaults;
import io.github.claudefleet.config.WorkspaceConfiguration;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have that know the agents. */
abstract class AbstractAgentsMojo extends AbstractLoginMojo {

    /** The agents; see docs/configuration.md for what an {@code <agent>} has. */
    @Parameter
    private List<AgentConfiguration> agents;

    /** So many identical agents beside those of the pom, named {@code worker-1} and so on; for the command line. */
    @Parameter(property = "claude-fleet.workers")
    private Integer workers;

    /**
     * Where agents work that have no {@code <workspace>} of their own: a directory, mounted read-write at
     * {@code /workspace}. By default the project's.
     */
    @Parameter
    private WorkspaceConfiguration workspace;

    /** How many tasks may be worked on at once. By default as many as there are agents for them. */
    @Parameter(property = "claude-fleet.maxConcurrent")
    private Integer maxConcurrent;

    /** The least time between the begin of two tasks, such as {@code 2s}. By default none. */
    @Parameter(property = "claude-fleet.stagger")
    private String stagger;

    /**
     * What all tasks may cost together, in US dollars as the CLI counts them: no task is begun, and those that run are
     * stopped, once it is reached. By default there is no limit.
     */
    @Parameter(property = "claude-fleet.maxCost")
    private String maxCost;

    /** How long a task may take, such as {@code 1h}, which is the default, or {@code none}; an agent may have its own. */
    @Parameter(property = "claude-fleet.taskTimeout")
    private String taskTimeout;

    /**
     * How long a task may be without a word, such as {@code 15m}, which is the default, or {@code none}; an agent may
     * have its own.
     */
    @Parameter(property = "claude-fleet.idleTimeout")
    private String idleTimeout;

    /**
     * How long a command or subagent that a task has in the background may go on after the task's result before it is
     * stopped and the task called {@code unfinished}, such as {@code 15m}, which is the default, or {@code none}; an
     * agent may have its own.
     */
    @Parameter(property = "claude-fleet.backgroundTimeout")
    private String backgroundTimeout;

    /**
     * How long the CLI waits for a command before it lets it go on in the background, such as {@code 10m}, which is the
     * default with {@code <java>}; otherwise it is the CLI's own, 2 minutes. An agent may have its own.
     */
    @Parameter(property = "claude-fleet.bashTimeout")
    private String bashTimeout;

    /**
     * How long the CLI may take to end after its result, and after each signal that asks it to, such as {@code 10s},
     * which is the default; an agent may have its own.
     */
    @Parameter(property = "claude-fleet.endTimeout")
    private String endTimeout;

    /**
     * Instructions of the repository that agents get: {@code CLAUDE.md} (with its imports and {@code .claude/rules}), which is the
     * default, {@code AGENTS.md}, both separated by a comma, or {@code none}; an agent may have its own.
     */
    @Parameter(property = "claude-fleet.instructions")
    private String instructions;

    /**
     * A directory that is laid out like {@code ~/.claude}: its {@code CLAUDE.md}, {@code rules}, {@code skills}, {@code commands},
     * {@code agents} and {@code output-styles} are every agent's, to read. By default none; an agent may have its own.
     */
    @Parameter(property = "claude-fleet.claudeDirectory")
    private String claudeDirectory;

    /** Plugins of Claude Code for all agents, directories or .zip files ({@code claude --plugin-dir}); an agent may have its own. */
    @Parameter(property = "claude-fleet.pluginDirs")
    private List<String> pluginDirs;

    @Override
    FleetConfiguration configuration() {
        return super.configuration()
                .agents(agents)
                .workers(workers)
                .workspace(workspace)
                .work(work())
                .context(new ContextDefaults(instructions, claudeDirectory, pluginDirs));
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
                .taskTimeout(taskTimeout)
                .idleTimeout(idleTimeout)
                .backgroundTimeout(backgroundTimeout)
                .bashTimeout(bashTimeout)
                .endTimeout(endTimeout);
    }
}
