package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builder of a fleet for callers other than Maven, such as a JUnit extension or another build tool. A value that is not
 * set has the default of the pom's parameter.
 *
 * <pre>{@code
 * Path project = Path.of("").toAbsolutePath();
 * FleetId id = new FleetId(
 *         new FleetName("shop"),
 *         ProcessIdentity.project(project),
 *         Lifetime.BUILD,
 *         ProcessIdentity.buildIdentity(Instant.now()));
 * FleetSpec spec = FleetBuilder.of(id, HostUser.containerUser(), HostUser.home())
 *         .agent(AgentBuilder.named("reviewer", project).prompt("Review the last commit."))
 *         .maxCost(Usd.parse("maxCost", "2.50"))
 *         .toSpec();
 * }</pre>
 *
 * <p>The specs refuse impossible values when they are created, with an {@link InvalidSpecException} that names the
 * parameter as in a pom. Unlike a pom's configuration, a builder reads no file and does not check variables: paths must
 * be absolute, and no variable may hold a credential, as {@code docker inspect} shows it.
 */
public final class FleetBuilder {

    private final FleetId id;
    private final ContainerUser user;
    private final List<AgentBuilder> agents = new ArrayList<>();
    private final List<TaskQueue> queues = new ArrayList<>();
    private final List<CandidateGroup> groups = new ArrayList<>();
    private Optional<ImageSpec> image = Optional.empty();
    private Path workspaceRoot;
    private LoginSpec login;
    private NetworkSpec network = NetworkSpec.OWN;
    private List<String> extraHosts = List.of();
    private Map<String, String> environment = Map.of();
    private List<MountSpec> mounts = List.of();
    private Hardening hardening = Hardening.DEFAULT;
    private Optional<CaBundle> caBundle = Optional.empty();
    private JavaTools java = JavaTools.NONE;
    private Optional<Integer> maxConcurrent = Optional.empty();
    private Duration stagger = Duration.ZERO;
    private Optional<Usd> maxCost = Optional.empty();
    private Optional<DailyLimit> daily = Optional.empty();
    private FleetTimeouts timeouts = FleetTimeouts.DEFAULT;
    private boolean overcommit;
    private EgressSpec egress = EgressSpec.DEFAULT;
    private Optional<String> gatewayBase = Optional.empty();
    private Optional<ImageSpec> gatewayImage = Optional.empty();
    private Optional<Path> rehearsal = Optional.empty();

    private FleetBuilder(FleetId id, ContainerUser user, Path files) {
        this.id = id;
        this.user = user;
        this.workspaceRoot = files.resolve("workspaces");
        this.login = LoginSpec.in(files.resolve("login"));
    }

    /**
     * Creates a builder of a fleet without agents.
     *
     * @param id identity of the fleet
     * @param user user that the containers' processes run as, usually {@code HostUser.containerUser()}
     * @param home home directory, in which {@code .claude-fleet} has the login and the agents' own workspaces
     * @throws InvalidSpecException if there is no home directory
     */
    public static FleetBuilder of(FleetId id, ContainerUser user, HomeDirectory home) {
        return new FleetBuilder(id, user, home.require().resolve(".claude-fleet"));
    }

    /** Adds an agent. */
    public FleetBuilder agent(AgentBuilder agent) {
        agents.add(agent);
        return this;
    }

    /** Adds tasks that several agents share, in addition to the agents' own. */
    public FleetBuilder queue(TaskQueue queue) {
        queues.add(queue);
        return this;
    }

    /** Sets the image; by default the bundled one. */
    public FleetBuilder image(ImageSpec value) {
        image = Optional.of(value);
        return this;
    }

    /** Sets the directory for the agents' own workspaces. */
    public FleetBuilder workspaceRoot(Path value) {
        workspaceRoot = value;
        return this;
    }

    /** Sets all of the login: mode, credential, directory, sharing, limits and the settings of a sign-in. */
    public FleetBuilder login(LoginSpec value) {
        login = value;
        return this;
    }

    /** Sets the directory in which a person's login is kept. */
    public FleetBuilder loginDirectory(Path value) {
        login = login.withDirectory(value);
        return this;
    }

    /**
     * Sets the credential, in place of a person's login.
     *
     * @param mode {@link LoginMode#TOKEN} or {@link LoginMode#API_KEY}
     * @throws InvalidSpecException if the mode takes no credential
     */
    public FleetBuilder credential(LoginMode mode, LoginSpec.Credential value) {
        login = login.withMode(mode, Optional.of(value));
        return this;
    }

    /** Leaves the login to another provider, whose credential is in the environment or the mounts. */
    public FleetBuilder provider() {
        login = login.withMode(LoginMode.PROVIDER, Optional.empty());
        return this;
    }

    /** Sets the part of the CLI's state that agents share. */
    public FleetBuilder sharing(Sharing value) {
        login = login.withSharing(value);
        return this;
    }

    /** Sets the behaviour when the account's quota is used up; by default tasks fail. */
    public FleetBuilder quota(LoginSpec.Quota value) {
        login = login.withQuota(value);
        return this;
    }

    /** Sets the settings of a person's sign-in. */
    public FleetBuilder signIn(SignInSpec value) {
        login = login.withSignIn(value);
        return this;
    }

    /** Sets an existing network that the containers join, in place of one of their own. */
    public FleetBuilder network(String existing) {
        network = NetworkSpec.existing(existing);
        return this;
    }

    /** Sets the {@code HOST:ADDRESS} lines of the containers' hosts files. */
    public FleetBuilder extraHosts(String... lines) {
        extraHosts = List.of(lines);
        return this;
    }

    /** Sets the environment of all containers. */
    public FleetBuilder environment(Map<String, String> value) {
        environment = value;
        return this;
    }

    /** Sets the files and directories of the host that all containers see. */
    public FleetBuilder mounts(MountSpec... value) {
        mounts = List.of(value);
        return this;
    }

    /** Sets the restrictions of all containers. */
    public FleetBuilder hardening(Hardening value) {
        hardening = value;
        return this;
    }

    /** Sets certificates that the CLI trusts besides the public ones; the build of the default image trusts them too. */
    public FleetBuilder caBundle(CaBundle value) {
        caBundle = Optional.of(value);
        return this;
    }

    /** Sets the Maven files of agents that build with Maven. */
    public FleetBuilder java(JavaTools value) {
        java = value;
        return this;
    }

    /**
     * Adds candidates, of which one is chosen. Each is an agent with a prompt. A judge is an agent with a queue of its
     * name that depends on the end of each candidate.
     */
    public FleetBuilder candidates(CandidateGroup group) {
        groups.add(group);
        return this;
    }

    /** Sets the maximum number of tasks at once; by default there are as many as agents. */
    public FleetBuilder maxConcurrent(int value) {
        maxConcurrent = Optional.of(value);
        return this;
    }

    /** Sets the minimum time between the starts of two tasks; by default there is none. */
    public FleetBuilder stagger(Duration value) {
        stagger = value;
        return this;
    }

    /** Sets the maximum cost of all tasks together; by default there is none. */
    public FleetBuilder maxCost(Usd value) {
        maxCost = Optional.of(value);
        return this;
    }

    /** Sets the maximum cost of all fleets of the project in a day; by default there is no limit. */
    public FleetBuilder daily(DailyLimit value) {
        daily = Optional.of(value);
        return this;
    }

    /** Sets the parallelism and the time limits for the work on containers. */
    public FleetBuilder timeouts(FleetTimeouts value) {
        timeouts = value;
        return this;
    }

    /** Sets the connections and requests that agents may make; by default those to the model's API. */
    public FleetBuilder egress(EgressSpec value) {
        egress = value;
        return this;
    }

    /** Sets an existing image of the gateway, for engines that build none. */
    public FleetBuilder gatewayImage(ImageSpec.Named value) {
        gatewayImage = Optional.of(value);
        return this;
    }

    /** Sets the base of the gateway's image; by default that of the bundled image. */
    public FleetBuilder gatewayBase(String value) {
        gatewayBase = Optional.of(value);
        return this;
    }

    /** Creates the fleet even if it needs more resources than are free. */
    public FleetBuilder overcommit() {
        overcommit = true;
        return this;
    }

    /**
     * Makes it a rehearsal of the fleet, which is a fleet of its own: its name ends with {@code -rehearsal}.
     *
     * @param scripts directory with the agents' scripts; one that does not exist has none
     */
    public FleetBuilder rehearsal(Path scripts) {
        rehearsal = Optional.of(scripts);
        return this;
    }

    /**
     * Returns the fleet. The builder can change and be used again.
     *
     * @throws InvalidSpecException if two agents have one name, or an agent has a prompt beside tasks
     */
    public FleetSpec toSpec() {
        List<TaskQueue> work = new ArrayList<>();
        agents.forEach(
                agent -> agent.queue(isPaced() || isCandidate(agent.name())).ifPresent(work::add));
        work.addAll(queues);
        ImageSpec own =
                image.orElseGet(() -> ImageSpec.bundled(new ImageSpec.BuildOptions(caBundle, Optional.empty())));
        FleetSpec fleet = new FleetSpec(
                id,
                own,
                gatewayImage.orElseGet(() -> ImageSpec.gateway(own, gatewayBase, caBundle)),
                login,
                agents.stream()
                        .map(agent -> agent.toSpec(work, environment, workspaceRoot, egress))
                        .map(agent -> isCandidate(agent.name()) ? agent.ofCandidate() : agent)
                        .toList(),
                new ContainerSpec(user, network, extraHosts, new TreeMap<>(environment), mounts, hardening, caBundle),
                java,
                new WorkSpec(work, groups, maxConcurrent, stagger, maxCost, daily, login.quota()),
                timeouts,
                overcommit,
                Optional.empty());
        return rehearsal.map(fleet::rehearsed).orElse(fleet);
    }

    private boolean isCandidate(AgentName name) {
        return groups.stream().anyMatch(group -> group.candidates().contains(name));
    }

    /** Checks whether tasks may begin only while their number and cost are watched. */
    private boolean isPaced() {
        return maxConcurrent.isPresent() || !stagger.isZero() || maxCost.isPresent() || daily.isPresent();
    }
}
