package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.NetworkSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Configuration of a fleet from the pom and the command line; null if not configured. */
public class FleetConfiguration {

    private ImageConfiguration image = new ImageConfiguration();
    private AuthConfiguration auth = new AuthConfiguration();
    private HardeningConfiguration hardening = new HardeningConfiguration();
    private WorkspaceConfiguration workspace = new WorkspaceConfiguration();
    private EgressConfiguration egress = new EgressConfiguration();
    private JavaConfiguration java = new JavaConfiguration();
    private JavaConfiguration.MavenSide maven = JavaConfiguration.NO_MAVEN;
    private WorkDefaults work = new WorkDefaults();
    private ContextDefaults context = ContextDefaults.NOTHING_SAID;
    private List<AgentConfiguration> agents = List.of();
    private Map<String, String> environment = Map.of();
    private List<String> extraHosts = List.of();
    private List<String> mounts = List.of();
    private Integer workers;
    private String sharing;
    private String network;
    private String user;
    private Integer parallelism;
    private String startTimeout;
    private String stopTimeout;
    private boolean overcommit;
    private boolean rehearsal;
    private String rehearsalScripts;

    /** Sets {@code <image>}; null keeps the default. */
    public FleetConfiguration image(ImageConfiguration value) {
        image = value == null ? image : value;
        return this;
    }

    /** Sets {@code <auth>}; null keeps the default. */
    public FleetConfiguration auth(AuthConfiguration value) {
        auth = value == null ? auth : value;
        return this;
    }

    /** Sets {@code <hardening>}; null keeps the default. */
    public FleetConfiguration hardening(HardeningConfiguration value) {
        hardening = value == null ? hardening : value;
        return this;
    }

    /** Sets {@code <workspace>} of the agents that have none of their own; null keeps the default. */
    public FleetConfiguration workspace(WorkspaceConfiguration value) {
        workspace = value == null ? workspace : value;
        return this;
    }

    /** Sets {@code <egress>} of the agents, each of which may add to it; null keeps the default. */
    public FleetConfiguration egress(EgressConfiguration value) {
        egress = value == null ? egress : value;
        return this;
    }

    /**
     * Sets {@code <java>}; null keeps the default.
     *
     * @param side local repository and settings of the Maven that runs this
     */
    public FleetConfiguration java(JavaConfiguration value, JavaConfiguration.MavenSide side) {
        java = value == null ? java : value;
        maven = side;
        return this;
    }

    /** Sets {@code <agents>}; null means none. */
    public FleetConfiguration agents(List<AgentConfiguration> value) {
        agents = value == null ? agents : value;
        return this;
    }

    /** Sets the defaults for the work of all agents. */
    public FleetConfiguration work(WorkDefaults value) {
        work = value;
        return this;
    }

    /** Sets the defaults for the context of all agents. */
    public FleetConfiguration context(ContextDefaults value) {
        context = value;
        return this;
    }

    /** Sets {@code <environment>} of all containers; null means none. */
    public FleetConfiguration environment(Map<String, String> value) {
        environment = value == null ? environment : value;
        return this;
    }

    /** Sets {@code <extraHosts>}; null means none. */
    public FleetConfiguration extraHosts(List<String> value) {
        extraHosts = value == null ? extraHosts : value;
        return this;
    }

    /** Sets {@code <mounts>} of all containers; null means none. */
    public FleetConfiguration mounts(List<String> value) {
        mounts = value == null ? mounts : value;
        return this;
    }

    /** Sets {@code workers}; null means none. */
    public FleetConfiguration workers(Integer value) {
        workers = value;
        return this;
    }

    /** Sets {@code sharing}; null means {@code login}. */
    public FleetConfiguration sharing(String value) {
        sharing = value;
        return this;
    }

    /** Sets {@code network}; null or blank means that the fleet creates its own. */
    public FleetConfiguration network(String value) {
        network = value;
        return this;
    }

    /** Sets {@code user}; null means the user who runs Maven, or 1000:1000 for root. */
    public FleetConfiguration user(String value) {
        user = value;
        return this;
    }

    /**
     * Sets {@code rehearsal}.
     *
     * @param scripts directory with the agents' scripts; null for {@code src/fleet}
     */
    public FleetConfiguration rehearsal(boolean value, String scripts) {
        rehearsal = value;
        rehearsalScripts = scripts;
        return this;
    }

    /** Sets {@code parallelism}; null means 4. */
    public FleetConfiguration parallelism(Integer value) {
        parallelism = value;
        return this;
    }

    /** Sets {@code startTimeout}; null means a minute. */
    public FleetConfiguration startTimeout(String value) {
        startTimeout = value;
        return this;
    }

    /** Sets {@code stopTimeout}; null means ten seconds. */
    public FleetConfiguration stopTimeout(String value) {
        stopTimeout = value;
        return this;
    }

    /** Sets {@code overcommit}: true creates the fleet even if it needs more than is free. */
    public FleetConfiguration overcommit(boolean value) {
        overcommit = value;
        return this;
    }

    /** Reads from properties the parameters that the pom does not configure. */
    public FleetConfiguration fillFrom(PropertySource properties) {
        image.fillFrom(properties);
        auth.fillFrom(properties);
        hardening.fillFrom(properties);
        workspace.fillFrom(properties);
        egress.fillFrom(properties);
        java.fillFrom(properties);
        return this;
    }

    /** Returns the parallelism and the timeouts, which are all that {@code stop} needs. */
    public FleetTimeouts toTimeouts() {
        FleetTimeouts standard = FleetTimeouts.DEFAULT;
        return new FleetTimeouts(
                parallelism == null ? standard.parallelism() : parallelism,
                startTimeout == null ? standard.startTimeout() : Durations.parse("startTimeout", startTimeout),
                stopTimeout == null ? standard.stopTimeout() : Durations.parse("stopTimeout", stopTimeout));
    }

    /**
     * Converts the configuration to the specification of a fleet.
     *
     * @param invoker user of the containers if the configuration names none
     * @throws InvalidSpecException if a value is invalid
     */
    public FleetSpec toSpec(FleetId id, ConfigurationContext configurationContext, ContainerUser invoker) {
        LoginSpec login = auth.toSpec(configurationContext, sharing, rehearsal);
        TaskQueues queues = new TaskQueues();
        List<AgentSpec> specs = toAgents(id.name(), configurationContext, login, queues);
        FleetSpec fleet = new FleetSpec(
                id,
                image.toSpec(configurationContext.baseDirectory(), java.toImage()),
                image.toGateway(configurationContext.baseDirectory(), egress.base(), egress.image()),
                login,
                specs,
                toContainers(configurationContext, invoker, login),
                java.toSpec(configurationContext.baseDirectory(), configurationContext.home(), maven),
                work.toSpec(queues.all(), queues.groups(), login.quota(), configurationContext),
                toTimeouts(),
                overcommit,
                Optional.empty());
        return rehearsal ? fleet.rehearsed(toScripts(configurationContext.baseDirectory())) : fleet;
    }

    private Path toScripts(Path baseDirectory) {
        String scripts = rehearsalScripts == null || rehearsalScripts.isBlank() ? "src/fleet" : rehearsalScripts;
        return baseDirectory.resolve(scripts).normalize();
    }

    private ContainerSpec toContainers(
            ConfigurationContext configurationContext, ContainerUser invoker, LoginSpec login) {
        return new ContainerSpec(
                user == null ? invoker : ContainerUser.parse(user),
                network == null || network.isBlank() ? NetworkSpec.OWN : NetworkSpec.existing(network),
                extraHosts,
                EnvironmentRules.check(new TreeMap<>(environment), login.mode()),
                new MountRules(configurationContext, login).parse(mounts),
                hardening.toSpec(),
                image.toCaBundle(configurationContext.baseDirectory()));
    }

    private List<AgentSpec> toAgents(
            FleetName name, ConfigurationContext configurationContext, LoginSpec login, TaskQueues queues) {
        AgentDefaults defaults = new AgentDefaults(
                name,
                configurationContext,
                workspace,
                environment,
                login,
                work,
                context,
                egress,
                maven,
                java.isWanted());
        List<AgentSpec> specs = new ArrayList<>();
        agents.stream()
                .flatMap(agent -> agent.judgeOf().stream())
                .forEach(judge -> queues.addJudge(judge.getKey(), judge.getValue()));
        agents.forEach(agent -> specs.addAll(agent.toSpecs(defaults, queues)));
        Optional.ofNullable(workers)
                .map(AgentConfiguration::workers)
                .ifPresent(kind -> specs.addAll(kind.toSpecs(defaults, queues)));
        return specs;
    }
}
