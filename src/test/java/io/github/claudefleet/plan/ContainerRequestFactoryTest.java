package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.JavaTools;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContainerRequestFactoryTest {

    private static final String SECRET = "sk-ant-hush";
    private static final Mount AGENT_KIT =
            new Mount.Volume("claude-fleet-shop-c0ffee00-kit-1000-1000", "/claude-fleet/kit", true);
    private static final Mount AUTH_KIT =
            new Mount.Volume("claude-fleet-shop-c0ffee00-kit-1000-1000", "/claude-fleet/kit", false);
    private static final Mount TMP = new Mount.Scratch("/tmp");
    private static final Mount VAR_TMP = new Mount.Scratch("/var/tmp");
    private static final Mount AGENT_USERS = users(false);
    private static final Mount AUTH_USERS = users(true);
    private static final Mount WORKSPACE = new Mount.Directory(Path.of("/home/ann/shop"), "/workspace", false);

    // ---- mounts

    @Test
    void agentsReadTheLoginAndCannotWriteIt() {
        FleetSpec spec = Shop.fleet("tester").toSpec();

        assertThat(agent(spec).mounts()).containsExactly(AGENT_KIT, login(true), WORKSPACE, TMP, VAR_TMP, AGENT_USERS);
    }

    @Test
    void agentsThatBuildReadTheHostsRepositoryAndWriteTheirOwn() {
        Path repository = Path.of("/home/ann/.m2/repository");
        FleetSpec spec = Shop.fleet("tester")
                .java(new JavaTools(Optional.of(repository), Optional.empty()))
                .toSpec();

        assertThat(agent(spec).mounts()).contains(new Mount.Directory(repository, "/claude-fleet/repository", true));
        assertThat(agent(spec).environment().get("MAVEN_ARGS"))
                .isEqualTo("-Dmaven.repo.local=/tmp/claude-fleet-home/.m2/repository"
                        + " -Dmaven.repo.local.tail=/claude-fleet/repository"
                        + " -Dmaven.repo.local.tail.ignoreAvailability=true");
        assertThat(auth(spec).mounts()).containsExactly(AUTH_KIT, login(false), TMP, VAR_TMP, AUTH_USERS);
        assertThat(auth(spec).environment()).doesNotContainKey("MAVEN_ARGS");
    }

    @Test
    void mavensPasswordsAreInMemoryBesideTheLogin() {
        FleetSpec spec = Shop.fleet("tester")
                .java(new JavaTools(Optional.empty(), Optional.of(Secret.of("<settings/>"))))
                .toSpec();

        assertThat(agent(spec).mounts())
                .contains(
                        login(true),
                        new Mount.Volume("claude-fleet-shop-c0ffee00-maven-1000-1000", "/claude-fleet/maven", true));
        assertThat(agent(spec).environment())
                .containsEntry("MAVEN_ARGS", "--settings /claude-fleet/maven/settings.xml");
        assertThat(agent(spec).toString()).doesNotContain("<settings/>");
    }

    @Test
    void theAuthContainerWritesTheLoginAndHasNoWorkspace() {
        assertThat(auth(Shop.fleet("tester").toSpec()).mounts())
                .containsExactly(AUTH_KIT, login(false), TMP, VAR_TMP, AUTH_USERS);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "ALL_BY_FALLBACK"})
    void agentsThatShareEverythingWriteItAll(Sharing sharing) {
        FleetSpec spec = Shop.fleet("tester").sharing(sharing).toSpec();

        assertThat(agent(spec).mounts()).containsExactly(AGENT_KIT, login(false), WORKSPACE, TMP, VAR_TMP, AGENT_USERS);
    }

    @Test
    void whatThePomMountsIsInAllContainers() {
        FleetSpec spec = Shop.fleet("tester")
                .provider()
                .mounts(
                        new MountSpec(Path.of("/home/ann/.aws"), "/home/agent/.aws", true),
                        new MountSpec(Path.of("/srv/cache"), "/cache", false))
                .toSpec();

        Mount credentials = new Mount.Directory(Path.of("/home/ann/.aws"), "/home/agent/.aws", true);
        Mount cache = new Mount.Directory(Path.of("/srv/cache"), "/cache", false);
        assertThat(agent(spec).mounts())
                .containsExactly(AGENT_KIT, WORKSPACE, credentials, cache, TMP, VAR_TMP, AGENT_USERS);
        assertThat(auth(spec).mounts()).containsExactly(AUTH_KIT, credentials, cache, TMP, VAR_TMP, AUTH_USERS);
        assertThat(agent(spec).environment())
                .containsEntry("CLAUDE_FLEET_LOGIN", "provider")
                .doesNotContainKey("CLAUDE_SECURESTORAGE_CONFIG_DIR");
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "API_KEY"})
    void aTokenOrKeyNeedsNoLoginDirectory(LoginMode mode) {
        FleetSpec spec =
                Shop.fleet("tester").credential(mode, Shop.credential(SECRET)).toSpec();

        assertThat(agent(spec).mounts())
                .containsExactly(AGENT_KIT, secrets(true), WORKSPACE, TMP, VAR_TMP, AGENT_USERS);
        assertThat(auth(spec).mounts()).containsExactly(AUTH_KIT, secrets(false), TMP, VAR_TMP, AUTH_USERS);
    }

    // ---- environment

    @Test
    void theLoginIsSeparateFromEachAgentsOwnState() {
        assertThat(agent(Shop.fleet("tester").toSpec()).environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "HOME", "/tmp/claude-fleet-home",
                        "CLAUDE_CONFIG_DIR", "/tmp/claude-fleet-home/.claude",
                        "CLAUDE_SECURESTORAGE_CONFIG_DIR", "/claude-fleet/login",
                        "CLAUDE_FLEET_LOGIN", "login",
                        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
                        "DISABLE_AUTOUPDATER", "1"));
    }

    @Test
    void theImageSaysWhereHomeIs() {
        ImageObservation image = new ImageObservation("sha256:1", Map.of(Labels.HOME, "/home/agent"));

        ContainerRequest auth = factory(Shop.fleet().toSpec(), image).auth();

        assertThat(auth.environment())
                .containsEntry("HOME", "/home/agent")
                .containsEntry("CLAUDE_CONFIG_DIR", "/home/agent/.claude");
    }

    // ---- a read-only root file system

    @Test
    void aHomeThatIsNotBelowTmpIsWritableToo() {
        ImageObservation image = new ImageObservation("sha256:1", Map.of(Labels.HOME, "/home/agent"));
        ContainerRequestFactory factory = factory(Shop.fleet("tester").toSpec(), image);

        assertThat(factory.auth().mounts()).contains(TMP, VAR_TMP, new Mount.Scratch("/home/agent"));
        assertThat(factory.auth().environment())
                .containsEntry("HOME", "/home/agent")
                .doesNotContainKey("JAVA_TOOL_OPTIONS");
    }

    @Test
    void directoriesOfThePomAreWritableAndThoseInsideOfOthersNeedNoVolume() {
        FleetSpec spec = Shop.fleet("tester")
                .hardening(writable("/opt/tools", "/opt/tools/bin", "/tmp/cache"))
                .toSpec();

        assertThat(agent(spec).mounts())
                .filteredOn(Mount.Scratch.class::isInstance)
                .containsExactly(TMP, VAR_TMP, new Mount.Scratch("/opt/tools"));
    }

    @Test
    void aMountOfThePomTakesThePlaceOfAVolume() {
        FleetSpec spec = Shop.fleet("tester")
                .mounts(
                        new MountSpec(Path.of("/srv/tmp"), "/var/tmp", false),
                        new MountSpec(Path.of("/srv/passwd"), "/etc/passwd", true))
                .toSpec();

        assertThat(agent(spec).mounts()).contains(TMP).doesNotContain(VAR_TMP, AGENT_USERS);
        assertThat(auth(spec).mounts()).contains(TMP).doesNotContain(VAR_TMP, AUTH_USERS);
    }

    @Test
    void itCanBeSwitchedOffForAnAgent() {
        FleetSpec spec = Shop.fleet()
                .agent(Shop.agent("tester").readOnlyRootfs(false))
                .agent(Shop.agent("other"))
                .toSpec();
        ContainerRequestFactory factory = ObservedFixture.requestFactory(spec);

        assertThat(agent(spec).hardening().readOnlyRootfs()).isFalse();
        assertThat(agent(spec).mounts()).doesNotContain(TMP, VAR_TMP, AGENT_USERS);
        assertThat(factory.agent(spec.agents().get(1)).mounts()).contains(TMP, VAR_TMP, AGENT_USERS);
        assertThat(auth(spec).hardening().readOnlyRootfs()).isTrue();
    }

    @Test
    void anAgentThatAloneIsReadOnlyGetsItsUserFromTheAuthContainersVolume() {
        Hardening off = Hardening.DEFAULT.withReadOnlyRootfs(false);
        FleetSpec spec = Shop.fleet()
                .hardening(off)
                .agent(Shop.agent("tester").readOnlyRootfs(true))
                .toSpec();

        assertThat(auth(spec).mounts()).contains(AUTH_USERS).doesNotContain(TMP);
        assertThat(agent(spec).mounts()).contains(AGENT_USERS, TMP);
    }

    @Test
    void withoutItThereAreNoVolumes() {
        FleetSpec spec = Shop.fleet("tester")
                .hardening(Hardening.DEFAULT.withReadOnlyRootfs(false))
                .toSpec();

        assertThat(agent(spec).mounts()).containsExactly(AGENT_KIT, login(true), WORKSPACE);
        assertThat(auth(spec).mounts()).containsExactly(AUTH_KIT, login(false));
    }

    private static Hardening writable(String... directories) {
        return new Hardening(List.of("ALL"), List.of(), true, true, true, List.of(directories), Optional.empty());
    }

    @Test
    void sharingEverythingIsOneDirectoryForEverything() {
        assertThat(agent(Shop.fleet("tester").sharing(Sharing.ALL).toSpec()).environment())
                .containsEntry("CLAUDE_CONFIG_DIR", "/claude-fleet/login")
                .doesNotContainKey("CLAUDE_SECURESTORAGE_CONFIG_DIR");
    }

    @Test
    void aTokenIsALoginInMemory() {
        FleetSpec spec = Shop.fleet("tester")
                .credential(LoginMode.TOKEN, Shop.credential(SECRET))
                .toSpec();

        assertThat(agent(spec).environment())
                .containsEntry("CLAUDE_FLEET_LOGIN", "token")
                .containsEntry("CLAUDE_SECURESTORAGE_CONFIG_DIR", "/claude-fleet/secrets");
    }

    @Test
    void aKeyIsNoLogin() {
        FleetSpec spec = Shop.fleet("tester")
                .credential(LoginMode.API_KEY, Shop.credential(SECRET))
                .toSpec();

        assertThat(agent(spec).environment())
                .containsEntry("CLAUDE_FLEET_LOGIN", "apiKey")
                .doesNotContainKey("CLAUDE_SECURESTORAGE_CONFIG_DIR");
    }

    @Test
    void certificatesToTrustAreInTheKit() {
        assertThat(auth(Shop.fleet().caBundle(new CaBundle("pem")).toSpec()).environment())
                .containsEntry("NODE_EXTRA_CA_CERTS", "/claude-fleet/kit/ca-bundle.pem");
    }

    @Test
    void aPomCanChangeWhatIsADefaultAndNotWhereTheLoginIs() {
        Map<String, String> environment = Map.of("DISABLE_AUTOUPDATER", "0", "HOME", "/root", "LANG", "C.UTF-8");

        assertThat(auth(Shop.fleet().environment(environment).toSpec()).environment())
                .containsEntry("DISABLE_AUTOUPDATER", "0")
                .containsEntry("LANG", "C.UTF-8")
                .containsEntry("HOME", "/tmp/claude-fleet-home");
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "API_KEY"})
    void nothingOfACredentialIsInAnyRequest(LoginMode mode) {
        FleetSpec spec =
                Shop.fleet("tester").credential(mode, Shop.credential(SECRET)).toSpec();

        assertThat(Stream.of(auth(spec), agent(spec)).map(ContainerRequest::toString))
                .noneMatch(text -> text.contains(SECRET) || text.contains("hush"));
    }

    // ---- command

    @Test
    void anAgentWithAPromptWorksAndThePromptItselfIsNotOnItsCommandLine() {
        FleetSpec spec =
                Shop.fleet().agent(Shop.agent("tester").prompt("Test it all")).toSpec();

        assertThat(agent(spec).command())
                .containsExactly(
                        "/bin/sh",
                        "/claude-fleet/kit/agent.sh",
                        "tester",
                        "work",
                        "--permission-mode",
                        "bypassPermissions");
        assertThat(agent(spec).toString()).doesNotContain("Test it all");
    }

    @Test
    void whatThePomSaysOfTheCliBecomesItsArguments() {
        ClaudeOptions options = new ClaudeOptions(
                "plan",
                List.of("--model", "opus", "--add-dir", "/data sets"),
                Optional.empty(),
                Optional.empty(),
                false,
                ClaudeContext.DEFAULT);
        FleetSpec spec =
                Shop.fleet().agent(Shop.agent("tester").claude(options)).toSpec();

        assertThat(agent(spec).command().subList(3, 10))
                .containsExactly("wait", "--permission-mode", "plan", "--model", "opus", "--add-dir", "/data sets");
    }

    @Test
    void contextReachesAnAgentAsFilesThatItCanOnlyRead() {
        ClaudeContext context = new ClaudeContext(
                List.of("CLAUDE.md", "AGENTS.md"),
                Optional.of(Path.of("/shop/knowledge")),
                List.of(Path.of("/shop/plugins/review")),
                List.of(Path.of("/home/ann/.claude/skills/zap")));
        ClaudeOptions options = new ClaudeOptions(
                "plan", List.of("--model", "opus"), Optional.empty(), Optional.empty(), false, context);
        ContainerRequest agent =
                agent(Shop.fleet().agent(Shop.agent("tester").claude(options)).toSpec());

        assertThat(agent.mounts())
                .contains(
                        new Mount.Directory(Path.of("/shop/knowledge"), "/claude-fleet/claude", true),
                        new Mount.Directory(Path.of("/shop/plugins/review"), "/claude-fleet/plugins/review", true),
                        new Mount.Directory(Path.of("/home/ann/.claude/skills/zap"), "/claude-fleet/skills/zap", true));
        assertThat(agent.command().subList(6, 10))
                .containsExactly("--plugin-dir", "/claude-fleet/plugins/review", "--model", "opus");
        assertThat(agent.environment()).containsEntry("CLAUDE_FLEET_INSTRUCTIONS", "CLAUDE.md AGENTS.md");
    }

    @Test
    void settingsReachAnAgentAsAFileOfTheKit() {
        ClaudeOptions options = new ClaudeOptions(
                "plan", List.of("--model", "opus"), Optional.empty(), Optional.of("{}"), false, ClaudeContext.DEFAULT);
        ContainerRequest agent =
                agent(Shop.fleet().agent(Shop.agent("tester").claude(options)).toSpec());

        assertThat(agent.command().subList(6, 10))
                .containsExactly("--settings", "/claude-fleet/kit/settings/tester.json", "--model", "opus");
    }

    // ---- other properties

    @Test
    void labelsTellWhoseAContainerIsAndWhatItIsFor() {
        FleetSpec spec = Shop.fleet()
                .agent(Shop.agent("tester").prompt("Test"))
                .sharing(Sharing.ALL)
                .toSpec();

        assertThat(agent(spec).labels())
                .containsEntry(Labels.FLEET, "shop")
                .containsEntry(Labels.ROLE, "agent")
                .containsEntry(Labels.AGENT, "tester")
                .containsEntry(Labels.PROMPT, "true")
                .containsEntry(Labels.LOGIN, "login")
                .containsEntry(Labels.SHARING, "all")
                .containsKey(Labels.FINGERPRINT);
        assertThat(auth(spec).labels())
                .containsEntry(Labels.ROLE, "auth")
                .doesNotContainKeys(Labels.AGENT, Labels.PROMPT);
    }

    @Test
    void everyContainerIsHardenedLimitedAndOnTheFleetsNetwork() {
        ResourceLimits limits = new ResourceLimits(new MemorySize(1L << 30), Optional.of(0.5), 100);
        Hardening hardening = new Hardening(List.of("ALL"), List.of("CHOWN"), true, true, true);
        FleetSpec spec = Shop.fleet(new ContainerUser(1001, 50))
                .agent(Shop.agent("tester").limits(limits))
                .hardening(hardening)
                .extraHosts("db:10.0.0.1")
                .toSpec();

        assertThat(List.of(auth(spec), agent(spec))).allSatisfy(request -> {
            assertThat(request.hardening()).isEqualTo(hardening);
            assertThat(request.user()).isEqualTo(new ContainerUser(1001, 50));
            assertThat(request.network().name()).isEqualTo("claude-fleet-shop-c0ffee00");
            assertThat(request.network().extraHosts()).containsExactly("db:10.0.0.1");
            assertThat(request.image()).isEqualTo("acme/agent:1");
        });
        assertThat(agent(spec).limits()).isEqualTo(limits);
        assertThat(auth(spec).limits()).isEqualTo(ResourceLimits.DEFAULT);
    }

    @Test
    void theAuthContainerComesBackUntilItIsStoppedAndAgentsDoNot() {
        FleetSpec spec = Shop.fleet("tester").toSpec();

        assertThat(auth(spec).restartPolicy()).isEqualTo(RestartPolicy.untilStopped(Duration.ofSeconds(90)));
        assertThat(agent(spec).restartPolicy()).isEqualTo(RestartPolicy.ONCE);
    }

    @Test
    void anExistingNetworkIsJoinedByItsName() {
        assertThat(auth(Shop.fleet().network("backend").toSpec()).network().name())
                .isEqualTo("backend");
    }

    private static ContainerRequest agent(FleetSpec spec) {
        return ObservedFixture.requestFactory(spec).agent(spec.agents().get(0));
    }

    private static ContainerRequest auth(FleetSpec spec) {
        return ObservedFixture.requestFactory(spec).auth();
    }

    private static Mount users(boolean writes) {
        return new Mount.Users("claude-fleet-shop-c0ffee00-kit-1000-1000", "/claude-fleet/kit", writes);
    }

    private static Mount secrets(boolean readOnly) {
        return new Mount.Volume("claude-fleet-shop-c0ffee00-secrets-1000-1000", "/claude-fleet/secrets", readOnly);
    }

    private static Mount login(boolean readOnly) {
        return new Mount.Directory(
                readOnly ? Shop.LOGIN_DIRECTORY.resolve("for-agents") : Shop.LOGIN_DIRECTORY,
                "/claude-fleet/login",
                readOnly);
    }

    private static ContainerRequestFactory factory(FleetSpec spec, ImageObservation image) {
        return new ContainerRequestFactory(
                ResolvedFixture.of(spec, ObservedFixture.target(spec), image, ObservedFleet.NOTHING));
    }
}
