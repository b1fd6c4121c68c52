package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.NetworkSpec;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.QuotaPolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.SignInSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetConfigurationTest {

    private static final Path HOME = Path.of("/home/ann");
    private static final ContainerUser ANN = new ContainerUser(1001, 1001);
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    @TempDir
    private Path project;

    // ---- empty configuration

    @Test
    void aSilentPomIsAFleetWithTheDefaults() {
        FleetSpec spec = toSpec(new FleetConfiguration());

        assertThat(spec.name()).hasToString("shop");
        assertThat(spec.image())
                .isEqualTo(new ImageSpec.Bundled(
                        "node:22-bookworm-slim",
                        ImageSpec.DEFAULT_CLAUDE_VERSION,
                        PullPolicy.MISSING,
                        new BuildOptions(Optional.empty(), Optional.empty())));
        assertThat(spec.login())
                .isEqualTo(new LoginSpec(
                        LoginMode.LOGIN,
                        Path.of("/home/ann/.claude-fleet/login"),
                        Optional.empty(),
                        Optional.empty(),
                        Sharing.LOGIN,
                        Exposure.AGENT,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        new LoginSpec.Quota(QuotaPolicy.FAIL, Duration.ofHours(6)),
                        SignInSpec.DEFAULT));
        assertThat(spec.agents()).isEmpty();
        assertThat(spec.containers().mounts()).isEmpty();
        assertThat(spec.user()).isEqualTo(ANN);
        assertThat(spec.containers().network()).isEqualTo(NetworkSpec.OWN);
        assertThat(spec.containers().extraHosts()).isEmpty();
        assertThat(spec.containers().environment()).isEmpty();
        assertThat(spec.containers().hardening()).isEqualTo(Hardening.DEFAULT);
        assertThat(spec.containers().caBundle()).isEmpty();
        assertThat(spec.timeouts()).isEqualTo(new FleetTimeouts(4, Duration.ofSeconds(60), Duration.ofSeconds(10)));
    }

    @Test
    void anAgentThatHasOnlyANameIsIdleInTheProjectsDirectory() {
        AgentSpec agent = onlyAgent(new FleetConfiguration().agents(List.of(agent(Map.of()))));

        assertThat(agent.name()).isEqualTo(new AgentName("tester"));
        assertThat(agent.prompt()).isEmpty();
        assertThat(agent.workspace().directory()).isEqualTo(project);
        assertThat(agent.environment()).isEmpty();
        assertThat(agent.claude()).isEqualTo(ClaudeOptions.DEFAULT);
        assertThat(agent.limits()).isEqualTo(ResourceLimits.DEFAULT);
    }

    @Test
    void whatStopNeedsIsKnownWithoutAFleet() {
        assertThat(new FleetConfiguration().stopTimeout("3s").toTimeouts().stopTimeout())
                .isEqualTo(Duration.ofSeconds(3));
    }

    // ---- parameters of the pom

    @Test
    void whatThePomSaysOfTheFleetReachesTheSpec() {
        FleetSpec spec = toSpec(new FleetConfiguration()
                .sharing("all")
                .network("backend")
                .user("1002:50")
                .environment(Map.of("LANG", "C.UTF-8"))
                .extraHosts(List.of("db:10.0.0.1", "v6:::1"))
                .parallelism(8)
                .startTimeout("2m")
                .stopTimeout("500ms"));

        assertThat(spec.login().sharing()).isEqualTo(Sharing.ALL);
        assertThat(spec.containers().network()).isEqualTo(NetworkSpec.existing("backend"));
        assertThat(spec.user()).isEqualTo(new ContainerUser(1002, 50));
        assertThat(spec.containers().environment()).containsExactly(Map.entry("LANG", "C.UTF-8"));
        assertThat(spec.containers().extraHosts()).containsExactly("db:10.0.0.1", "v6:::1");
        assertThat(spec.timeouts()).isEqualTo(new FleetTimeouts(8, Duration.ofMinutes(2), Duration.ofMillis(500)));
    }

    @Test
    void whatThePomSaysOfAnAgentReachesTheSpec() {
        AgentSpec agent = onlyAgent(new FleetConfiguration()
                .environment(Map.of("A", "of all", "B", "of all"))
                .agents(List.of(agent(Map.of(
                        "prompt", "Test",
                        "environment", Map.of("B", "own"),
                        "model", "opus",
                        "maxTurns", 7,
                        "permissionMode", "plan",
                        "claudeArguments", "--add-dir '/data sets' --debug",
                        "memory", "1g",
                        "cpus", "0.5",
                        "pids", 100)))));

        assertThat(agent.prompt()).contains(new Prompt("Test"));
        assertThat(agent.environment()).containsExactly(Map.entry("A", "of all"), Map.entry("B", "own"));
        assertThat(agent.claude())
                .isEqualTo(new ClaudeOptions(
                        "plan",
                        List.of("--model", "opus", "--max-turns", "7", "--add-dir", "/data sets", "--debug"),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        ClaudeContext.DEFAULT));
        assertThat(agent.limits()).isEqualTo(new ResourceLimits(new MemorySize(1L << 30), Optional.of(0.5), 100));
    }

    @Test
    void aPromptCanBeAFileOfTheProject() throws IOException {
        Files.writeString(project.resolve("tester.md"), "Prüfe alles\n");

        assertThat(onlyAgent(new FleetConfiguration().agents(List.of(agent(Map.of("promptFile", "tester.md")))))
                        .prompt())
                .contains(new Prompt("Prüfe alles\n"));
    }

    // ---- number of agents

    @Test
    void replicasAreNumberedAndOtherwiseAlike() {
        FleetSpec spec = toSpec(new FleetConfiguration()
                .agents(List.of(
                        agent(Map.of("replicas", 3, "model", "opus")), Beans.agent(Map.of("name", "reviewer")))));

        assertThat(namesOf(spec)).containsExactly("tester-1", "tester-2", "tester-3", "reviewer");
        assertThat(spec.agents().subList(0, 3))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("name")
                .containsOnly(spec.agents().get(0));
    }

    @Test
    void oneReplicaIsNumberedTooSoThatMoreOfThemLeaveItAlone() {
        assertThat(namesOf(toSpec(new FleetConfiguration().agents(List.of(agent(Map.of("replicas", 1)))))))
                .containsExactly("tester-1");
    }

    @Test
    void workersComeBesideTheAgentsOfThePom() {
        assertThat(namesOf(toSpec(new FleetConfiguration()
                        .agents(List.of(agent(Map.of())))
                        .workers(2))))
                .containsExactly("tester", "worker-1", "worker-2");
    }

    @Test
    void workersWorkWhereThePomSaysThatAgentsDo() throws IOException {
        Files.createDirectory(project.resolve("sandbox"));
        WorkspaceConfiguration workspace = new WorkspaceConfiguration();
        workspace.set("sandbox");

        AgentSpec worker = toSpec(
                        new FleetConfiguration().workers(1).workspace(workspace).environment(Map.of("A", "1")))
                .agents()
                .get(0);

        assertThat(worker.workspace().directory()).isEqualTo(project.resolve("sandbox"));
        assertThat(worker.environment()).containsExactly(Map.entry("A", "1"));
        assertThat(worker.prompt()).isEmpty();
    }

    @Test
    void anAgentsOwnWorkspaceGoesBeforeTheFleets() throws IOException {
        Files.createDirectories(project.resolve("sandbox"));
        Files.createDirectories(project.resolve("a/b"));
        WorkspaceConfiguration fleets = new WorkspaceConfiguration();
        fleets.set("sandbox");
        WorkspaceConfiguration own =
                Beans.fill(new WorkspaceConfiguration(), Map.of("directory", "a/./b/../b", "strategy", "bind"));

        assertThat(onlyAgent(new FleetConfiguration()
                                .workspace(fleets)
                                .agents(List.of(agent(Map.of("workspace", own)))))
                        .workspace()
                        .directory())
                .isEqualTo(project.resolve("a/b"));
    }

    // ---- properties

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource
    void aPropertySpeaksWhereThePomIsSilent(
            String property, String value, Function<FleetSpec, Object> read, Object expected) {
        assertThat(read.apply(toSpec(new FleetConfiguration().fillFrom(properties(property, value)))))
                .isEqualTo(expected);
    }

    static Stream<Arguments> aPropertySpeaksWhereThePomIsSilent() {
        return Stream.of(
                property("image.name", "acme/agent:1", spec -> named(spec).name(), "acme/agent:1"),
                property("image.base", "node:24", spec -> bundled(spec).base(), "node:24"),
                property("image.claudeVersion", "2.0.1", spec -> bundled(spec).claudeVersion(), "2.0.1"),
                property("image.pull", "always", spec -> spec.image().pull(), PullPolicy.ALWAYS),
                property(
                        "image.buildNetwork",
                        "host",
                        spec -> bundled(spec).build().network(),
                        Optional.of("host")),
                property("auth.directory", "/srv/login", spec -> spec.login().directory(), Path.of("/srv/login")),
                property("auth.directory", "~/l", spec -> spec.login().directory(), Path.of("/home/ann/l")),
                property("auth.directory", "~", spec -> spec.login().directory(), HOME),
                property("auth.timeout", "1h", spec -> spec.login().timeout(), Duration.ofHours(1)),
                property("auth.pollInterval", "2s", spec -> spec.login().pollInterval(), Duration.ofSeconds(2)),
                property("auth.remember", "1d", spec -> spec.login().remembered(), Duration.ofDays(1)),
                property(
                        "hardening.noNewPrivileges",
                        "false",
                        spec -> spec.containers().hardening().noNewPrivileges(),
                        false),
                property(
                        "hardening.init",
                        "false",
                        spec -> spec.containers().hardening().init(),
                        false),
                property(
                        "hardening.readOnlyRootfs",
                        "false",
                        spec -> spec.containers().hardening().readOnlyRootfs(),
                        false),
                property(
                        "hardening.writable",
                        "/opt/a, /opt/b",
                        spec -> spec.containers().hardening().writable(),
                        List.of("/opt/a", "/opt/b")),
                property(
                        "hardening.runtime",
                        "runsc",
                        spec -> spec.containers().hardening().runtime(),
                        Optional.of("runsc")),
                property(
                        "hardening.capDrop",
                        "A, B",
                        spec -> spec.containers().hardening().capDrop(),
                        List.of("A", "B")),
                property(
                        "hardening.capDrop",
                        "",
                        spec -> spec.containers().hardening().capDrop(),
                        List.of()),
                property(
                        "hardening.capAdd",
                        "CHOWN",
                        spec -> spec.containers().hardening().capAdd(),
                        List.of("CHOWN")));
    }

    @Test
    void propertiesThatNameFilesStartFromTheProject() throws IOException {
        Files.createDirectory(project.resolve("sandbox"));
        Files.writeString(project.resolve("ca.pem"), PEM);
        Files.writeString(project.resolve("Dockerfile"), "FROM scratch");

        FleetSpec spec = toSpec(new FleetConfiguration()
                .workers(1)
                .fillFrom(properties(Map.of(
                        "workspace", "sandbox",
                        "image.caBundle", "ca.pem",
                        "image.dockerfile", "Dockerfile",
                        "auth.directory", "login"))));

        assertThat(spec.agents().get(0).workspace().directory()).isEqualTo(project.resolve("sandbox"));
        assertThat(spec.containers().caBundle()).map(bundle -> bundle.pem()).contains(PEM);
        assertThat(((ImageSpec.FromDockerfile) spec.image()).dockerfile()).isEqualTo(project.resolve("Dockerfile"));
        assertThat(spec.login().directory()).isEqualTo(project.resolve("login"));
    }

    @Test
    void whatThePomSaysGoesBeforeAProperty() {
        FleetConfiguration configuration = new FleetConfiguration()
                .image(Beans.fill(new ImageConfiguration(), Map.of("base", "of the pom")))
                .auth(Beans.fill(new AuthConfiguration(), Map.of("timeout", "1m")))
                .hardening(Beans.fill(
                        new HardeningConfiguration(), Map.of("capDrop", List.of("NET_RAW"), "init", "true")));

        FleetSpec spec = toSpec(configuration.fillFrom(properties(Map.of(
                "image.base", "of a property",
                "image.claudeVersion", "9.9.9",
                "auth.timeout", "9m",
                "auth.pollInterval", "9s",
                "hardening.capDrop", "ALL",
                "hardening.init", "false"))));

        assertThat(bundled(spec).base()).isEqualTo("of the pom");
        assertThat(bundled(spec).claudeVersion()).isEqualTo("9.9.9");
        assertThat(spec.login().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(spec.login().pollInterval()).isEqualTo(Duration.ofSeconds(9));
        assertThat(spec.containers().hardening().capDrop()).containsExactly("NET_RAW");
        assertThat(spec.containers().hardening().init()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "TRUE", ""})
    void aFenceIsNotTakenAwayByAWordThatIsNeitherTrueNorFalse(String word) {
        FleetConfiguration configuration =
                new FleetConfiguration().fillFrom(properties("hardening.noNewPrivileges", word));

        assertThatThrownBy(() -> toSpec(configuration))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("hardening.noNewPrivileges \"" + word + "\" is neither true nor false");
    }

    // ---- credentials

    @ParameterizedTest
    @CsvSource({"token, TOKEN", "apiKey, API_KEY"})
    void aCredentialIsFetchedFromWhereThePomSays(String word, LoginMode mode) throws IOException {
        Files.writeString(project.resolve("key"), "of the file\n");

        assertThat(credential(word, "auth.env", "KEY"))
                .isEqualTo(credentialOf("of the environment", "environment variable KEY"));
        assertThat(credential(word, "auth.file", "key"))
                .isEqualTo(credentialOf("of the file", "file " + project.resolve("key")));
        assertThat(credential(word, "auth.serverId", "anthropic"))
                .isEqualTo(credentialOf("of the settings", "server \"anthropic\" in settings.xml"));
        assertThat(toSpec(new FleetConfiguration().fillFrom(properties(Map.of("auth.mode", word, "auth.env", "KEY"))))
                        .login()
                        .mode())
                .isEqualTo(mode);
    }

    @Test
    void theContextDoesNotShowTheEnvironmentItHolds() {
        assertThat(configurationContext().toString()).doesNotContain("of the environment");
    }

    private LoginSpec.Credential credential(String mode, String parameter, String value) {
        return toSpec(new FleetConfiguration().fillFrom(properties(Map.of("auth.mode", mode, parameter, value))))
                .login()
                .credential()
                .orElseThrow();
    }

    // ---- mounts and other services

    @Test
    void mountsAreReadOnlyUnlessTheyAreAskedToBeWritten() throws IOException {
        Files.writeString(project.resolve("key.json"), "{}");
        FleetConfiguration configuration = new FleetConfiguration()
                .mounts(List.of("key.json:/keys/key.json", project + ":/home/agent/./data/:rw", "key.json:/b:ro"));

        assertThat(toSpec(configuration).containers().mounts())
                .containsExactly(
                        new MountSpec(project.resolve("key.json"), "/keys/key.json", true),
                        new MountSpec(project, "/home/agent/data", false),
                        new MountSpec(project.resolve("key.json"), "/b", true));
    }

    @Test
    void anotherServiceNeedsNoCredentialAndIsNamedInTheEnvironment() {
        FleetConfiguration configuration = new FleetConfiguration()
                .environment(Map.of("CLAUDE_CODE_USE_BEDROCK", "1", "AWS_REGION", "eu-west-1"))
                .auth(new AuthConfiguration())
                .fillFrom(properties("auth.mode", "provider"));

        FleetSpec spec = toSpec(configuration);

        assertThat(spec.login().mode()).isEqualTo(LoginMode.PROVIDER);
        assertThat(spec.login().credential()).isEmpty();
        assertThat(spec.containers().environment()).containsEntry("CLAUDE_CODE_USE_BEDROCK", "1");
    }

    private static LoginSpec.Credential credentialOf(String secret, String origin) {
        return new LoginSpec.Credential(Secret.of(secret), origin);
    }

    private static Arguments property(String name, String value, Function<FleetSpec, Object> read, Object expected) {
        return arguments(name, value, read, expected);
    }

    private static ImageSpec.Named named(FleetSpec spec) {
        return (ImageSpec.Named) spec.image();
    }

    private static ImageSpec.Bundled bundled(FleetSpec spec) {
        return (ImageSpec.Bundled) spec.image();
    }

    private static AgentConfiguration agent(Map<String, ?> elements) {
        Map<String, Object> all = new HashMap<>(elements);
        all.put("name", "tester");
        return Beans.agent(all);
    }

    private AgentSpec onlyAgent(FleetConfiguration configuration) {
        List<AgentSpec> agents = toSpec(configuration).agents();
        assertThat(agents).hasSize(1);
        return agents.get(0);
    }

    private static List<String> namesOf(FleetSpec spec) {
        return spec.agents().stream().map(agent -> agent.name().value()).toList();
    }

    private FleetSpec toSpec(FleetConfiguration configuration) {
        return configuration.toSpec(Shop.idOf("shop"), configurationContext(), ANN);
    }

    private ConfigurationContext configurationContext() {
        return new ConfigurationContext(
                project,
                HomeDirectory.at(HOME),
                Map.of("KEY", "of the environment"),
                name -> Optional.ofNullable(Map.of("project.version", "1.2").get(name)),
                id -> id.equals("anthropic") ? Optional.of(Secret.of("of the settings")) : Optional.empty());
    }

    private static PropertySource properties(String name, String value) {
        return properties(Map.of(name, value));
    }

    private static PropertySource properties(Map<String, String> values) {
        return name -> Optional.ofNullable(values.get(name));
    }
}
