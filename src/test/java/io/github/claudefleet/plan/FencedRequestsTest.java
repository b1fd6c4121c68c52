package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for the containers of a fleet with a gateway. */
class FencedRequestsTest {

    private static final Mount KIT =
            new Mount.Volume("claude-fleet-shop-c0ffee00-kit-1000-1000", "/claude-fleet/kit", true);
    private static final Mount WORKSPACE = new Mount.Directory(Path.of("/home/ann/shop"), "/workspace", false);
    private static final String CORP = "http://proxy.example.org:8080";

    // ---- an agent

    @Test
    void anAgentHasNoNetworkAndReadsTheGatewaysVolume() {
        ContainerRequest agent = agent(fenced().extraHosts("db:10.0.0.1"));

        assertThat(agent.network()).isEqualTo(NetworkAttachment.NONE);
        assertThat(agent.network()).isEqualTo(new NetworkAttachment("none", List.of()));
        assertThat(agent.mounts()).contains(gatewayVolume(true)).doesNotContain(gatewayVolume(false));
    }

    @Test
    void anAgentThatIsOpenHasTheNetworkAndNothingOfTheGateway() {
        FleetSpec spec = fenced().agent(Shop.agent("free").egress(EgressSpec.OPEN))
                .environment(Map.of("HTTPS_PROXY", CORP))
                .toSpec();

        ContainerRequest free =
                ObservedFixture.requestFactory(spec).agent(spec.agents().get(1));

        assertThat(free.network().name()).isEqualTo("claude-fleet-shop-c0ffee00");
        assertThat(free.mounts()).noneMatch(mount -> mount.toString().contains("gateway"));
        assertThat(free.environment())
                .containsEntry("HTTPS_PROXY", CORP)
                .doesNotContainKeys("CLAUDE_FLEET_GATEWAY_SOCKET", "CLAUDE_FLEET_SECRETS", "JAVA_TOOL_OPTIONS");
        assertThat(String.join(" ", free.command())).doesNotContain("--append-system-prompt");
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "API_KEY"})
    void whatTheGatewayHasNoAgentHas(LoginMode mode) {
        FleetBuilder fleet = fenced().login(LoginSpec.in(Shop.LOGIN_DIRECTORY)
                .withMode(mode, Optional.of(Shop.credential("sk-ant-hush")))
                .withExposure(Exposure.GATEWAY));

        assertThat(shared(agent(fleet))).containsExactly(KIT, gatewayVolume(true), WORKSPACE);
        assertThat(agent(fleet).environment()).containsEntry("CLAUDE_FLEET_SECRETS", "/claude-fleet/kit/placeholder");
        assertThat(shared(gateway(fleet))).containsExactly(secrets(true), gatewayVolume(false));
        assertThat(auth(fleet).environment()).doesNotContainKey("CLAUDE_FLEET_SECRETS");
    }

    @Test
    void aPersonsLoginCanBeTheGatewaysToo() {
        FleetBuilder fleet = fenced().login(LoginSpec.in(Shop.LOGIN_DIRECTORY).withExposure(Exposure.GATEWAY));

        assertThat(shared(agent(fleet))).containsExactly(KIT, gatewayVolume(true), WORKSPACE);
        assertThat(agent(fleet).environment())
                .containsEntry("CLAUDE_SECURESTORAGE_CONFIG_DIR", "/claude-fleet/kit/placeholder");
        assertThat(shared(gateway(fleet))).containsExactly(loginOfAgents(), gatewayVolume(false));
        assertThat(auth(fleet).environment()).containsEntry("CLAUDE_SECURESTORAGE_CONFIG_DIR", "/claude-fleet/login");
    }

    @Test
    void withExposureAgentTheAgentReadsTheCredential() {
        FleetBuilder fleet = fenced().credential(LoginMode.TOKEN, Shop.credential("sk-ant-hush"));

        assertThat(shared(agent(fleet))).containsExactly(KIT, secrets(true), gatewayVolume(true), WORKSPACE);
        assertThat(agent(fleet).environment())
                .containsEntry("CLAUDE_SECURESTORAGE_CONFIG_DIR", "/claude-fleet/secrets")
                .doesNotContainKey("CLAUDE_FLEET_SECRETS");
    }

    @Test
    void programsFindTheRelayAndTheGatewaysCertificates() {
        Map<String, String> environment = agent(fenced()).environment();

        assertThat(environment)
                .containsEntry("CLAUDE_FLEET_GATEWAY_SOCKET", ResolvedFixture.KEY.socket(new AgentName("tester")))
                .containsEntry("CLAUDE_FLEET_EGRESS", "allow")
                .containsEntry("HTTPS_PROXY", "http://127.0.0.1:3128")
                .containsEntry("http_proxy", "http://127.0.0.1:3128")
                .containsEntry("NO_PROXY", "localhost,127.0.0.1,::1,0.0.0.0,.localhost")
                .containsEntry("NODE_EXTRA_CA_CERTS", "/claude-fleet/gateway/bundle.pem")
                .containsEntry("GIT_SSL_CAINFO", "/claude-fleet/gateway/bundle.pem")
                .containsEntry("CARGO_HTTP_CAINFO", "/claude-fleet/gateway/bundle.pem")
                .containsEntry("WGETRC", "/claude-fleet/gateway/wgetrc")
                .containsEntry("NODE_USE_ENV_PROXY", "1");
        assertThat(environment.get("JAVA_TOOL_OPTIONS"))
                .contains("-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=3128")
                .contains("-Dhttp.nonProxyHosts=localhost|*.localhost|127.*|[::1]|0.0.0.0")
                .contains("-Djavax.net.ssl.trustStore=/claude-fleet/gateway/trust.p12")
                .contains("-Daether.connector.http.useSystemProperties=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"})
    void theProxyOfThePomIsTheGatewaysAndNotTheAgents(String variable) {
        FleetBuilder fleet = fenced().environment(Map.of(variable, CORP, "LANG", "C.UTF-8"));

        assertThat(agent(fleet).environment().get(variable)).isNotEqualTo(CORP);
        assertThat(agent(fleet).environment()).containsEntry("LANG", "C.UTF-8");
        assertThat(gateway(fleet).environment()).containsEntry(variable, CORP).doesNotContainKey("LANG");
        assertThat(auth(fleet).environment()).containsEntry(variable, CORP);
    }

    @Test
    void theUsersOwnJavaOptionsStay() {
        FleetBuilder fleet = fenced().environment(Map.of("JAVA_TOOL_OPTIONS", "-Xmx512m"));

        assertThat(agent(fleet).environment().get("JAVA_TOOL_OPTIONS"))
                .startsWith("-Xmx512m -Dhttps.proxyHost=127.0.0.1 ");
    }

    // ---- its system prompt

    @Test
    void theSystemPromptNamesTheHosts() {
        EgressSpec egress = new EgressSpec(
                EgressMode.ALLOW,
                List.of(EgressRule.parse("GET repo.example.org/maven2/")),
                List.of(EgressPreset.GITHUB),
                List.of(),
                Optional.empty());

        assertThat(prompt(egress, List.of()))
                .isEqualTo("This container has no network but an HTTP proxy (HTTPS_PROXY), which reaches only: github,"
                        + " GET repo.example.org/maven2/. It refuses everything else and says so. Do not look for other"
                        + " ways.");
        assertThat(prompt(EgressSpec.DEFAULT, List.of())).contains("which reaches no host for your commands.");
    }

    @Test
    void anAgentWithoutHostsOfItsOwnIsNotToldOfTheList() {
        EgressSpec none = new EgressSpec(
                EgressMode.NONE, List.of(EgressRule.parse("a.example")), List.of(), List.of(), Optional.empty());

        assertThat(prompt(none, List.of())).contains("reaches no host").doesNotContain("a.example");
    }

    @Test
    void aTextOfThePomComesFirst() {
        List<String> arguments = List.of("--append-system-prompt", "Be brief.", "--model", "opus");

        assertThat(prompt(EgressSpec.DEFAULT, arguments)).startsWith("Be brief.\n\nThis container has no network");
        assertThat(EgressNote.addTo(arguments, EgressSpec.DEFAULT)).hasSize(4).endsWith("--model", "opus");
    }

    @ParameterizedTest
    @EnumSource(
            value = EgressMode.class,
            names = {"OPEN", "AUDIT"})
    void anAgentThatMayReachEverythingIsToldNothing(EgressMode mode) {
        assertThat(EgressNote.addTo(List.of("--model", "opus"), EgressSpec.of(mode)))
                .containsExactly("--model", "opus");
    }

    // ---- the gateway

    @Test
    void theGatewayIsSmallHardenedAndComesBack() {
        FleetBuilder fleet = fenced().extraHosts("repo:10.0.0.1").network("backend");
        ContainerRequest gateway = gateway(fleet);

        assertThat(gateway.name()).isEqualTo("claude-fleet-shop-c0ffee00-gateway");
        assertThat(gateway.image()).isEqualTo(ResolvedFixture.GATEWAY_IMAGE);
        assertThat(gateway.hardening()).isEqualTo(Hardening.DEFAULT.withReadOnlyRootfs(true));
        assertThat(gateway.limits()).isEqualTo(ResourceLimits.GATEWAY);
        assertThat(gateway.limits().memory().bytes()).isEqualTo(256L << 20);
        assertThat(gateway.network()).isEqualTo(new NetworkAttachment("backend", List.of("repo:10.0.0.1")));
        assertThat(gateway.lifecycle().restartPolicy()).isEqualTo(RestartPolicy.untilStopped(Duration.ofSeconds(1)));
        assertThat(gateway.user()).isEqualTo(fleet.toSpec().user());
        assertThat(auth(fleet).hardening()).isEqualTo(Hardening.DEFAULT);
    }

    @Test
    void theGatewayHasItsDirectorysNameAndNoWorkspace() {
        ContainerRequest gateway = gateway(fenced());

        assertThat(gateway.environment())
                .containsExactly(Map.entry("CLAUDE_FLEET_GATEWAY_PRIVATE", ResolvedFixture.KEY.privateName()));
        assertThat(gateway.mounts())
                .containsExactly(loginOfAgents(), gatewayVolume(false), new Mount.Scratch("/tmp"))
                .as("it has no refresh token either")
                .noneMatch(
                        mount -> mount.equals(new Mount.Directory(Shop.LOGIN_DIRECTORY, "/claude-fleet/login", true)));
    }

    private static FleetBuilder fenced() {
        return Shop.fleet("tester").egress(EgressSpec.DEFAULT);
    }

    private static String prompt(EgressSpec egress, List<String> arguments) {
        ClaudeOptions options =
                new ClaudeOptions("plan", arguments, Optional.empty(), Optional.empty(), false, ClaudeContext.DEFAULT);
        List<String> command = agent(
                        Shop.fleet().agent(Shop.agent("tester").claude(options).egress(egress)))
                .command();
        return command.get(command.indexOf("--append-system-prompt") + 1);
    }

    private static ContainerRequest agent(FleetBuilder fleet) {
        FleetSpec spec = fleet.toSpec();
        return ObservedFixture.requestFactory(spec).agent(spec.agents().get(0));
    }

    private static ContainerRequest gateway(FleetBuilder fleet) {
        return ObservedFixture.requestFactory(fleet.toSpec()).gateway();
    }

    private static ContainerRequest auth(FleetBuilder fleet) {
        return ObservedFixture.requestFactory(fleet.toSpec()).auth();
    }

    /** Mounts without the container's own writable directories and its user's entry. */
    private static List<Mount> shared(ContainerRequest request) {
        return request.mounts().stream()
                .filter(mount -> !(mount instanceof Mount.Scratch) && !(mount instanceof Mount.Users))
                .toList();
    }

    private static Mount loginOfAgents() {
        return new Mount.Directory(
                LoginSpec.in(Shop.LOGIN_DIRECTORY).directoryForAgents(), "/claude-fleet/login", true);
    }

    private static Mount gatewayVolume(boolean readOnly) {
        return new Mount.Volume("claude-fleet-shop-c0ffee00-gateway-1000-1000", "/claude-fleet/gateway", readOnly);
    }

    private static Mount secrets(boolean readOnly) {
        return new Mount.Volume("claude-fleet-shop-c0ffee00-secrets-1000-1000", "/claude-fleet/secrets", readOnly);
    }
}
