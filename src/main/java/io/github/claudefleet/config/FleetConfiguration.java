package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.NetworkSpec;
import io.github.claudefleet.spec.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All that a pom and the command line say of a fleet; null is what they are silent about. */
public class FleetConfiguration {

    private static final int DEFAULT_PARALLELISM = 4;
    /** A name and an address, IPv6 included, or Docker's word for its own host. */
    private static final Pattern HOST = Pattern.compile("[^\\s:]+:(?:[0-9a-fA-F.:]+|host-gateway)");

    private ImageConfiguration image = new ImageConfiguration();
    private AuthConfiguration auth = new AuthConfiguration();
    private HardeningConfiguration hardening = new HardeningConfiguration();
    private WorkspaceConfiguration workspace = new WorkspaceConfiguration();
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

    /** {@code <image>}; null leaves the default. */
    public FleetConfiguration image(ImageConfiguration value) {
        image = value == null ? image : value;
        return this;
    }

    /** {@code <auth>}; null leaves the default. */
    public FleetConfiguration auth(AuthConfiguration value) {
        auth = value == null ? auth : value;
        return this;
    }

    /** {@code <hardening>}; null leaves the default. */
    public FleetConfiguration hardening(HardeningConfiguration value) {
        hardening = value == null ? hardening : value;
        return this;
    }

    /** {@code <workspace>} of the agents that have none of their own; null leaves the default. */
    public FleetConfiguration workspace(WorkspaceConfiguration value) {
        workspace = value == null ? workspace : value;
        return this;
    }

    /**
     * {@code <java>}; null leaves the default.
     *
     * @param side what the Maven that runs this has to hand on
     */
    public FleetConfiguration java(JavaConfiguration value, JavaConfiguration.MavenSide side) {
        java = value == null ? java : value;
        maven = side;
        return this;
    }

    /** {@code <agents>}; null means none. */
    public FleetConfiguration agents(List<AgentConfiguration> value) {
        agents = value == null ? agents : value;
        return this;
    }

    /** What is said of all agents' work. */
    public FleetConfiguration work(WorkDefaults value) {
        work = value;
        return this;
    }

    /** What is said of all agents' context. */
    public FleetConfiguration context(ContextDefaults value) {
        context = value;
        return this;
    }

    /** {@code <environment>} of all containers; null means none. */
    public FleetConfiguration environment(Map<String, String> value) {
        environment = value == null ? environment : value;
        return this;
    }

    /** {@code <extraHosts>}; null means none. */
    public FleetConfiguration extraHosts(List<String> value) {
        extraHosts = value == null ? extraHosts : value;
        return this;
    }

    /** {@code <mounts>} of all containers; null means none. */
    public FleetConfiguration mounts(List<String> value) {
        mounts = value == null ? mounts : value;
        return this;
    }

    /** {@code workers}; null means none. */
    public FleetConfiguration workers(Integer value) {
        workers = value;
        return this;
    }

    /** {@code sharing}; null means {@code login}. */
    public FleetConfiguration sharing(String value) {
        sharing = value;
        return this;
    }

    /** {@code network}; null or blank means one of the fleet's own. */
    public FleetConfiguration network(String value) {
        network = value;
        return this;
    }

    /** {@code user}; null means the person who runs Maven, or 1000:1000 for root. */
    public FleetConfiguration user(String value) {
        user = value;
        return this;
    }

    /** {@code parallelism}; null means 4. */
    public FleetConfiguration parallelism(Integer value) {
        parallelism = value;
        return this;
    }

    /** {@code startTimeout}; null means a minute. */
    public FleetConfiguration startTimeout(String value) {
        startTimeout = value;
        return this;
    }

    /** {@code stopTimeout}; null means ten seconds. */
    public FleetConfiguration stopTimeout(String value) {
        stopTimeout = value;
        return this;
    }

    /** {@code overcommit}; whether the fleet is made even where it needs more than is free. */
    public FleetConfiguration overcommit(boolean value) {
        overcommit = value;
        return this;
    }

    /** Takes from properties what the pom is silent about. */
    public FleetConfiguration fillFrom(PropertySource properties) {
        image.fillFrom(properties);
        auth.fillFrom(properties);
        hardening.fillFrom(properties);
        workspace.fillFrom(properties);
        java.fillFrom(properties);
        return this;
    }

    /** How fast to go, which is all that {@code stop} needs to know. */
    public FleetTimeouts toTimeouts() {
        return new FleetTimeouts(
                parallelism == null ? DEFAULT_PARALLELISM : parallelism,
                Durations.parse("startTimeout", startTimeout == null ? "60s" : startTimeout),
                Durations.parse("stopTimeout", stopTimeout == null ? "10s" : stopTimeout));
    }

    /**
     * The fleet that all this asks for.
     *
     * @param invoker who the containers run as where the configuration doesn't say
     * @throws InvalidSpecException if something of it can't be
     */
    public FleetSpec toSpec(FleetId id, ConfigurationContext configurationContext, ContainerUser invoker) {
        LoginSpec login = auth.toSpec(configurationContext, sharing == null ? Sharing.LOGIN : Sharing.of(sharing));
        TaskQueues queues = new TaskQueues();
        List<AgentSpec> specs = toAgents(id.name(), configurationContext, login, queues);
        return new FleetSpec(
                id,
                image.toSpec(configurationContext.baseDirectory(), java.toImage()),
                login,
                specs,
                user == null ? invoker : ContainerUser.parse(user),
                network == null || network.isBlank() ? NetworkSpec.OWN : NetworkSpec.existing(network),
                extraHosts.stream().map(FleetConfiguration::checkHost).toList(),
                EnvironmentRules.check(new TreeMap<>(environment), login.mode()),
                new MountRules(configurationContext, login).parse(mounts),
                hardening.toSpec(),
                image.toCaBundle(configurationContext.baseDirectory()),
                java.toSpec(configurationContext.baseDirectory(), configurationContext.home(), maven),
                work.toSpec(queues.all(), login.quota()),
                toTimeouts(),
                overcommit);
    }

    private List<AgentSpec> toAgents(
            FleetName name, ConfigurationContext configurationContext, LoginSpec login, TaskQueues queues) {
        AgentDefaults defaults = new AgentDefaults(
                name, configurationContext, workspace, environment, login, work, context, java.isWanted());
        List<AgentSpec> specs = new ArrayList<>();
        agents.forEach(agent -> specs.addAll(agent.toSpecs(defaults, queues)));
        Optional.ofNullable(workers)
                .map(AgentConfiguration::workers)
                .ifPresent(kind -> specs.addAll(kind.toSpecs(defaults, queues)));
        return specs;
    }

    private static String checkHost(String line) {
        if (line == null || !HOST.matcher(line).matches()) {
            throw new InvalidSpecException(
                    "extraHosts", "\"" + line + "\" is not HOST:ADDRESS", "Write something like db:127.0.0.1.");
        }
        return line;
    }
}
