package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fleet named shop, as configured by a minimal pom; a test sets everything else. */
public final class SampleFleet {

    /** Project of these fleets; names on the engine contain the first eight digits. */
    public static final Project PROJECT = new Project("c0ffee00c0ff", "/home/ann/shop");

    private FleetId id = idOf("shop");

    private JavaTools java = JavaTools.NONE;
    public static final Path LOGIN_DIRECTORY = Path.of("/home/ann/.claude-fleet/login");

    /** Sign-in settings of a pom that configures none. */
    public static final SignInSpec SIGN_IN =
            new SignInSpec(false, false, Optional.empty(), Unattended.WAIT, Duration.ofMinutes(15), Optional.empty());

    private final List<AgentSpec> agents = new ArrayList<>();
    private final List<TaskQueue> queues = new ArrayList<>();
    private Optional<Integer> maxConcurrent = Optional.empty();
    private Duration stagger = Duration.ZERO;
    private Optional<Usd> maxCost = Optional.empty();
    private LoginSpec.Quota quota = LoginSpec.Quota.DEFAULT;
    private ImageSpec image = new ImageSpec.Named("acme/agent:1", PullPolicy.MISSING);
    private LoginMode mode = LoginMode.LOGIN;
    private Path directory = LOGIN_DIRECTORY;
    private Optional<LoginSpec.Credential> credential = Optional.empty();
    private Sharing sharing = Sharing.LOGIN;
    private SignInSpec signIn = SIGN_IN;
    private ContainerUser user = new ContainerUser(1000, 1000);
    private NetworkSpec network = NetworkSpec.OWN;
    private List<String> extraHosts = List.of();
    private Map<String, String> environment = Map.of();
    private List<MountSpec> mounts = List.of();
    private Hardening hardening = Hardening.DEFAULT;
    private Optional<CaBundle> caBundle = Optional.empty();
    private FleetTimeouts timeouts = new FleetTimeouts(4, Duration.ofSeconds(60), Duration.ofSeconds(10));

    private boolean overcommit;

    private SampleFleet() {}

    /** Creates a fleet of idle agents with these names. */
    public static SampleFleet of(String... agents) {
        SampleFleet fleet = new SampleFleet();
        for (String agent : agents) {
            fleet.agent(SampleAgent.named(agent));
        }
        return fleet;
    }

    public SampleFleet agent(SampleAgent agent) {
        agents.add(agent.spec());
        return this;
    }

    public SampleFleet image(ImageSpec value) {
        image = value;
        return this;
    }

    public SampleFleet directory(Path value) {
        directory = value;
        return this;
    }

    /** Sets mode {@code token} or {@code apiKey}. */
    public SampleFleet credential(LoginMode value, String secret) {
        mode = value;
        credential = Optional.of(new LoginSpec.Credential(Secret.of(secret), "environment variable KEY"));
        return this;
    }

    /** Sets mode {@code provider}. */
    public SampleFleet provider() {
        mode = LoginMode.PROVIDER;
        return this;
    }

    public SampleFleet mounts(MountSpec... value) {
        mounts = List.of(value);
        return this;
    }

    public SampleFleet sharing(Sharing value) {
        sharing = value;
        return this;
    }

    public SampleFleet signIn(Unattended unattended) {
        signIn = new SignInSpec(false, false, Optional.empty(), unattended, Duration.ofMinutes(15), Optional.empty());
        return this;
    }

    /** Sets the code of a sign-in. */
    public SampleFleet code(String code) {
        signIn = new SignInSpec(
                false, false, Optional.empty(), Unattended.WAIT, Duration.ofMinutes(15), Optional.of(Secret.of(code)));
        return this;
    }

    public SampleFleet user(ContainerUser value) {
        user = value;
        return this;
    }

    public SampleFleet network(String existing) {
        network = NetworkSpec.existing(existing);
        return this;
    }

    public SampleFleet extraHosts(String... lines) {
        extraHosts = List.of(lines);
        return this;
    }

    public SampleFleet environment(Map<String, String> value) {
        environment = value;
        return this;
    }

    public SampleFleet hardening(Hardening value) {
        hardening = value;
        return this;
    }

    public SampleFleet caBundle(String pem) {
        caBundle = Optional.of(new CaBundle(pem));
        return this;
    }

    public SampleFleet timeouts(FleetTimeouts value) {
        timeouts = value;
        return this;
    }

    /** Adds a queue, in addition to the prompts of the agents themselves. */
    public SampleFleet queue(TaskQueue queue) {
        queues.add(queue);
        return this;
    }

    public SampleFleet maxConcurrent(int tasks) {
        maxConcurrent = Optional.of(tasks);
        return this;
    }

    public SampleFleet stagger(Duration value) {
        stagger = value;
        return this;
    }

    /** Limits the cost of all tasks together. */
    public SampleFleet maxCost(Usd value) {
        maxCost = Optional.of(value);
        return this;
    }

    /** Lets tasks wait for the account's quota, for at most this time. */
    public SampleFleet waitsForQuota(Duration timeout) {
        quota = new LoginSpec.Quota(QuotaPolicy.WAIT, timeout);
        return this;
    }

    private WorkSpec work() {
        List<TaskQueue> all = new ArrayList<>(queues);
        agents.forEach(agent -> agent.prompt().ifPresent(prompt -> all.add(atOnce(agent, prompt))));
        return new WorkSpec(all, maxConcurrent, stagger, maxCost, quota);
    }

    private static TaskQueue atOnce(AgentSpec agent, Prompt prompt) {
        Task task = new Task(TaskId.of(agent.name()), prompt);
        return new TaskQueue(
                agent.name(),
                List.of(task),
                List.of(agent.name()),
                true,
                List.of(),
                TaskTimeouts.DEFAULT,
                Optional.empty(),
                TaskQueue.DEFAULT_RETRIES,
                Optional.empty());
    }

    public SampleFleet overcommit() {
        overcommit = true;
        return this;
    }

    public SampleFleet java(JavaTools value) {
        java = value;
        return this;
    }

    /** Makes this a fleet of the build with this id. */
    public SampleFleet ofBuild(String build) {
        id = idOf("shop", Lifetime.BUILD, build);
        return this;
    }

    /** Id of a fleet of the project, with an owner whose liveness cannot be determined. */
    public static FleetId idOf(String name, Lifetime lifetime, String build) {
        return new FleetId(new FleetName(name), PROJECT, lifetime, new BuildIdentity(build, "somebody"));
    }

    /** Id of the project's detached fleet. */
    public static FleetId idOf(String name) {
        return idOf(name, Lifetime.DETACHED, "b0b0b0b0b0b0");
    }

    public FleetSpec spec() {
        return new FleetSpec(
                id,
                image,
                new LoginSpec(
                        mode,
                        directory,
                        credential,
                        sharing,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        LoginSpec.Quota.DEFAULT,
                        signIn),
                agents,
                user,
                network,
                extraHosts,
                new TreeMap<>(environment),
                mounts,
                hardening,
                caBundle,
                java,
                work(),
                timeouts,
                overcommit);
    }
}
