package io.github.claudefleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.ResolvedFixture;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayPolicyTest {

    private static final EgressSpec HOSTS = new EgressSpec(
            EgressMode.ALLOW,
            List.of(EgressRule.parse("repo.example.org:8443"), EgressRule.parse("GET|HEAD api.example.org/v1/")),
            List.of(EgressPreset.GITHUB, EgressPreset.NPM),
            List.of("claude-haiku-*"),
            Optional.of(500));

    // ---- the whole file

    @Test
    void thePlainestFleetReachesTheApiAlone() {
        assertThat(text(fenced("tester")))
                .isEqualTo("""
                {"version":1,\
                "credential":{"exposure":"agent","kind":"login","file":"/claude-fleet/login/.credentials.json"},\
                "policies":[{"mode":"allow","api":{"host":"api.anthropic.com","port":443},"allow":[]}],\
                "agents":[{"name":"tester","socket":"%s","policy":0}]}""".formatted(ResolvedFixture.KEY.socketDirectory(new AgentName("tester"))));
    }

    @Test
    void rulesPresetsAndLimitsAreTheGateways() {
        assertThat(policy(Shop.fleet("tester").egress(HOSTS)).toString()).isEqualTo("""
                {"mode":"allow","api":{"host":"api.anthropic.com","port":443},\
                "allow":[{"host":"repo.example.org","port":8443},\
                {"host":"api.example.org","port":443,"methods":["GET","HEAD"],"path":"/v1/"}],\
                "presets":["github","npm"],"models":["claude-haiku-*"],"maxRequests":500}""");
    }

    @Test
    void theApiOfARehearsalIsItsStandIn() {
        JsonNode api = policy(Shop.fleet("tester")
                        .egress(HOSTS)
                        .environment(Map.of("ANTHROPIC_BASE_URL", "https://llm.example.org"))
                        .rehearsal(Path.of("/scripts")))
                .path("api");

        assertThat(api.path("host").asText()).startsWith("rehearsal-");
        assertThat(api.path("port").asInt()).isEqualTo(8377);
        assertThat(api.path("plain").asBoolean()).isTrue();
        assertThat(api.path("standIn").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"none, none", "audit, audit"})
    void otherModesKeepTheLimitsAndNoPresets(String mode, String expected) {
        EgressSpec egress = new EgressSpec(
                EgressMode.of(mode), HOSTS.allow(), HOSTS.presets(), HOSTS.models(), HOSTS.maxRequests());

        JsonNode policy = policy(Shop.fleet("tester").egress(egress));

        assertThat(policy.path("mode").asText()).isEqualTo(expected);
        assertThat(policy.has("presets")).isFalse();
        assertThat(policy.path("maxRequests").asInt()).isEqualTo(500);
    }

    @Test
    void modeNoneAllowsNoHostAtAll() {
        EgressSpec none = new EgressSpec(EgressMode.NONE, HOSTS.allow(), List.of(), List.of(), Optional.empty());

        assertThat(policy(Shop.fleet("tester").egress(none)).path("allow")).isEmpty();
    }

    // ---- the credential

    @ParameterizedTest
    @CsvSource({
        "API_KEY, GATEWAY, apiKey, /claude-fleet/secrets/api-key",
        "API_KEY, AGENT,   apiKey, /claude-fleet/secrets/api-key",
        "TOKEN,   GATEWAY, login,  /claude-fleet/secrets/.credentials.json",
        "TOKEN,   AGENT,   login,  /claude-fleet/secrets/.credentials.json",
        "LOGIN,   GATEWAY, login,  /claude-fleet/login/.credentials.json",
        "LOGIN,   AGENT,   login,  /claude-fleet/login/.credentials.json"
    })
    void theCredentialIsAFileAndNeverInThePolicy(LoginMode mode, Exposure exposure, String kind, String file) {
        LoginSpec login = LoginSpec.in(Shop.LOGIN_DIRECTORY)
                .withMode(
                        mode, mode == LoginMode.LOGIN ? Optional.empty() : Optional.of(Shop.credential("sk-ant-hush")))
                .withExposure(exposure);
        FleetBuilder fleet = fenced("tester").login(login);

        JsonNode credential = json(fleet).path("credential");

        assertThat(credential.path("exposure").asText()).isEqualTo(exposure.value());
        assertThat(credential.path("kind").asText()).isEqualTo(kind);
        assertThat(credential.path("file").asText()).isEqualTo(file);
        assertThat(text(fleet)).doesNotContain("hush");
    }

    @Test
    void anAccessTokenIsAFileThatTheKeeperRenews() {
        FleetBuilder fleet = fenced("tester").login(Shop.login(Shop.federation()));

        assertThat(json(fleet).path("credential").toString())
                .isEqualTo("{\"exposure\":\"gateway\",\"kind\":\"federation\","
                        + "\"file\":\"/claude-fleet/secrets/access-token.json\"}");
        assertThat(text(fleet)).doesNotContain("eyJ");
    }

    @Test
    void aLoginThatAgentsRenewThemselvesNeedsTheRenewalsHost() {
        JsonNode policy = policy(
                Shop.fleet("tester").egress(EgressSpec.of(EgressMode.NONE)).sharing(Sharing.ALL));

        assertThat(policy.path("mode").asText()).isEqualTo("allow");
        assertThat(policy.path("allow").toString())
                .isEqualTo("[{\"host\":\"platform.claude.com\",\"port\":443,\"methods\":[\"POST\"],"
                        + "\"path\":\"/v1/oauth/token\"}]");
    }

    // ---- the API's address

    @ParameterizedTest
    @CsvSource({
        "https://Llm.Example.org/v1, llm.example.org, 443,  false",
        "https://llm.example.org:8443, llm.example.org, 8443, false",
        "http://llm.example.org, llm.example.org, 80, true",
        "http://10.0.0.7:8080/, 10.0.0.7, 8080, true",
        "HTTPS://[2001:db8::1], 2001:db8::1, 443, false"
    })
    void anotherAddressOfTheApiTakesItsPlace(String address, String host, int port, boolean plain) {
        JsonNode api = policy(fenced("tester").environment(Map.of("ANTHROPIC_BASE_URL", address)))
                .path("api");

        assertThat(api.path("host").asText()).isEqualTo(host);
        assertThat(api.path("port").asInt()).isEqualTo(port);
        assertThat(api.path("plain").asBoolean()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm.example.org", "ftp://llm.example.org", "https://", "https://a b/", "rubbish"})
    void anAddressThatIsNoneIsRefused(String address) {
        FleetBuilder fleet = fenced("tester").environment(Map.of("ANTHROPIC_BASE_URL", address));

        assertThatThrownBy(() -> text(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("environment has ANTHROPIC_BASE_URL with \"" + address
                        + "\", which is not an address of a service");
    }

    // ---- providers

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLAUDE_CODE_USE_BEDROCK=1 | bedrock-runtime.us-east-1.amazonaws.com, sts.amazonaws.com",
                "CLAUDE_CODE_USE_BEDROCK=1;AWS_REGION=eu-west-1 | bedrock-runtime.eu-west-1.amazonaws.com",
                "CLAUDE_CODE_USE_BEDROCK=1;ANTHROPIC_BEDROCK_BASE_URL=https://b.example:8443 | b.example:8443",
                "CLAUDE_CODE_USE_VERTEX=1 | aiplatform.googleapis.com, oauth2.googleapis.com",
                "CLAUDE_CODE_USE_VERTEX=1;CLOUD_ML_REGION=us-east5 | us-east5-aiplatform.googleapis.com",
                "CLAUDE_CODE_USE_FOUNDRY=1;ANTHROPIC_FOUNDRY_RESOURCE=acme | acme.services.ai.azure.com,"
                        + " login.microsoftonline.com"
            })
    void aProvidersHostsAreAllowedAndNoApi(String variables, String hosts) {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : variables.split(";")) {
            environment.put(variable.split("=")[0], variable.split("=")[1]);
        }
        FleetBuilder fleet = Shop.fleet("tester")
                .egress(EgressSpec.of(EgressMode.NONE))
                .provider()
                .environment(environment);

        JsonNode policy = policy(fleet);

        assertThat(policy.has("api")).isFalse();
        assertThat(policy.path("mode").asText())
                .as("to the gateway, these are hosts like others")
                .isEqualTo("allow");
        assertThat(hosts(policy)).contains(hosts.split(", "));
        assertThat(json(fleet).path("credential").toString()).isEqualTo("{\"exposure\":\"agent\",\"kind\":\"none\"}");
    }

    @Test
    void aProviderThatIsNotUsedIsNotAllowed() {
        JsonNode policy = policy(Shop.fleet("tester")
                .egress(EgressSpec.DEFAULT)
                .provider()
                .environment(Map.of("CLAUDE_CODE_USE_BEDROCK", "0", "CLAUDE_CODE_USE_VERTEX", "1")));

        assertThat(hosts(policy)).isNotEmpty().noneMatch(host -> host.contains("amazonaws"));
    }

    // ---- several agents

    @Test
    void agentsWithOnePolicyShareIt() {
        JsonNode file = json(fenced("tester", "reviewer")
                .agent(Shop.agent("fixer").egress(HOSTS))
                .agent(Shop.agent("free").egress(EgressSpec.OPEN)));

        assertThat(file.path("policies")).hasSize(2);
        assertThat(file.path("agents"))
                .extracting(agent -> agent.path("name").asText() + " " + agent.path("policy"))
                .containsExactly("tester 0", "reviewer 0", "fixer 1");
        assertThat(file.path("agents"))
                .extracting(agent -> agent.path("socket").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void anAgentWithItsOwnApiHasItsOwnPolicy() {
        JsonNode file = json(fenced("tester")
                .agent(Shop.agent("other").environment(Map.of("ANTHROPIC_BASE_URL", "https://llm.example.org"))));

        assertThat(file.path("policies"))
                .extracting(policy -> policy.path("api").path("host").asText())
                .containsExactly("api.anthropic.com", "llm.example.org");
    }

    @Test
    void otherCertificatesAreAnotherPolicySoThatTheTrustStoreIsMadeAnew() {
        String without = text(fenced("tester"));
        String with = text(fenced("tester").caBundle(new CaBundle("pem")));

        assertThat(with).isNotEqualTo(without).isEqualTo(text(fenced("tester").caBundle(new CaBundle("pem"))));
        assertThat(text(fenced("tester").caBundle(new CaBundle("other")))).isNotEqualTo(with);
    }

    private static FleetBuilder fenced(String... agents) {
        return Shop.fleet(agents).egress(EgressSpec.DEFAULT);
    }

    private static List<String> hosts(JsonNode policy) {
        List<String> hosts = new ArrayList<>();
        policy.path("allow")
                .forEach(rule -> hosts.add(EgressRule.of(
                                rule.path("host").asText(), rule.path("port").asInt())
                        .text()));
        return hosts;
    }

    private static JsonNode policy(FleetBuilder fleet) {
        return json(fleet).path("policies").path(0);
    }

    private static JsonNode json(FleetBuilder fleet) {
        try {
            return new ObjectMapper().readTree(GatewayPolicy.of(resolved(fleet)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(FleetBuilder fleet) {
        return new String(GatewayPolicy.of(resolved(fleet)), StandardCharsets.UTF_8);
    }

    static ResolvedFleet resolved(FleetBuilder fleet) {
        return ResolvedFixture.of(
                fleet.toSpec(),
                new ImageTarget("acme/agent:1", fleet.toSpec().image()),
                new ImageObservation("sha256:1", Map.of()),
                ObservedFleet.NOTHING);
    }
}
