package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.FenceUse;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Secret;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressConfigurationTest extends PomFixture {

    // ---- the pom's forms

    @Test
    void aPomThatSaysNothingAllowsTheApiAlone() {
        assertThat(ofFleet("")).isEqualTo(EgressSpec.DEFAULT);
        assertThat(egress(new FleetConfiguration().agents(List.of(agent("tester", Map.of())))))
                .isEqualTo(EgressSpec.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "audit", "open", "allow"})
    void aPlainWordIsTheMode(String word) {
        assertThat(ofFleet(word)).isEqualTo(EgressSpec.of(EgressMode.of(word)));
    }

    @Test
    void eachAllowIsARuleOrAPreset() {
        EgressSpec spec = ofFleet("""
                <allow>github</allow>
                <allow>repo.example.org</allow>
                <allow>npm</allow>
                <allow>GET|HEAD api.example.org/v1/</allow>
                <allow>repo.example.org:443</allow>
                <models>claude-haiku-*, claude-sonnet-5</models>
                <maxRequests>500</maxRequests>
                """);

        assertThat(spec.mode()).isEqualTo(EgressMode.ALLOW);
        assertThat(EgressRule.text(spec.allow())).isEqualTo("repo.example.org, GET|HEAD api.example.org/v1/");
        assertThat(spec.presets()).containsExactly(EgressPreset.GITHUB, EgressPreset.NPM);
        assertThat(spec.models()).containsExactly("claude-haiku-*", "claude-sonnet-5");
        assertThat(spec.maxRequests()).contains(500);
    }

    @Test
    void propertiesFillWhatThePomLeavesOut() {
        Map<String, String> properties = Map.of(
                "egress.mode", "audit",
                "egress.allow", "a.example, debian",
                "egress.models", "claude-opus-*",
                "egress.maxRequests", " 7 ");

        EgressSpec spec = ofFleet("<models>claude-haiku-*</models>", properties);

        assertThat(spec.mode()).isEqualTo(EgressMode.AUDIT);
        assertThat(EgressRule.text(spec.allow())).isEqualTo("a.example");
        assertThat(spec.presets()).containsExactly(EgressPreset.DEBIAN);
        assertThat(spec.models()).containsExactly("claude-haiku-*");
        assertThat(spec.maxRequests()).contains(7);
        assertThat(EgressRule.text(
                        ofFleet("<allow>b.example</allow>", properties).allow()))
                .isEqualTo("b.example");
    }

    @Test
    void theGatewaysImageIsOnTheBundledOnesBaseOrItsOwn() {
        FleetConfiguration fleet = fleet(agent("tester", Map.of()));

        assertThat(base(spec(fleet))).isEqualTo(ImageSpec.DEFAULT_BASE);
        assertThat(base(spec(fleet.egress(bean("<base>acme/node:24</base>"))))).isEqualTo("acme/node:24");
    }

    private static String base(FleetSpec spec) {
        return ((ImageSpec.Gateway) spec.gatewayImage()).base();
    }

    @Test
    void theGatewaysImageCanBeOneThatExists() {
        FleetConfiguration fleet = fleet(agent("tester", Map.of()));

        assertThat(spec(fleet.egress(bean("<image>registry.example/team/gateway:1</image>")))
                        .gatewayImage())
                .isEqualTo(new ImageSpec.Named("registry.example/team/gateway:1", PullPolicy.MISSING));
        assertThatThrownBy(() -> spec(fleet.egress(bean("<image>a:1</image><base>b:1</base>"))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("egress.image is set beside egress.base");
        assertThatThrownBy(() -> spec(fleet.egress(bean("<image>A b</image>"))))
                .hasMessage("egress.image \"A b\" is not the name of an image");
    }

    @Test
    void aFenceIsRequiredUnlessThePomSaysOtherwise() {
        assertThat(ofFleet("<mode>allow</mode>", Map.of()).fence()).isEqualTo(FenceUse.REQUIRED);
        assertThat(ofFleet("<fence>optional</fence>", Map.of()).fence()).isEqualTo(FenceUse.OPTIONAL);
        assertThat(ofFleet("<mode>allow</mode>", Map.of("egress.fence", "optional"))
                        .fence())
                .isEqualTo(FenceUse.OPTIONAL);
        assertThatThrownBy(() -> ofFleet("<fence>maybe</fence>", Map.of()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("egress.fence");
    }

    // ---- agents

    @Test
    void anAgentAddsHostsAndReplacesTheRest() {
        FleetConfiguration fleet = fleet(
                        agent("plain", Map.of()),
                        agent("tester", Map.of("egress", bean("<allow>b.example</allow><maxRequests>9</maxRequests>"))),
                        agent("closed", Map.of("egress", bean("none"))))
                .egress(bean("<mode>audit</mode><allow>a.example</allow><models>claude-haiku-*</models>"
                        + "<maxRequests>500</maxRequests>"));

        FleetSpec spec = spec(fleet);

        EgressSpec tester = spec.agents().get(1).egress();
        assertThat(tester.mode()).isEqualTo(EgressMode.AUDIT);
        assertThat(EgressRule.text(tester.allow())).isEqualTo("a.example, b.example");
        assertThat(tester.models()).containsExactly("claude-haiku-*");
        assertThat(tester.maxRequests()).contains(9);
        assertThat(EgressRule.text(spec.agents().get(0).egress().allow())).isEqualTo("a.example");
        assertThat(spec.agents().get(0).egress().maxRequests()).contains(500);
        assertThat(spec.agents().get(2).egress().mode()).isEqualTo(EgressMode.NONE);
    }

    // ---- maven

    @Test
    void mavenMeansTheRepositoriesAndMirrorsOfThisBuild() {
        FleetConfiguration fleet = fleet(agent("tester", Map.of()))
                .egress(bean("<allow>maven</allow>"))
                .java(
                        null,
                        repositories(
                                "https://Repo.Example.org/maven2",
                                "https://mirror.example.org:8443/all/",
                                "http://near.example.org/",
                                "http://near.example.org:8081/",
                                "https://[2001:db8::1]/maven2",
                                "file:///home/ann/repository",
                                "https://repo.example.org/other",
                                "https://${unknown}/maven2",
                                "nowhere"));

        assertThat(EgressRule.text(egress(fleet).allow()))
                .isEqualTo("repo.example.org, mirror.example.org:8443, near.example.org:80, near.example.org:8081,"
                        + " [2001:db8::1]");
    }

    @Test
    void nobodyIsAskedForRepositoriesThatAreNotWanted() {
        FleetConfiguration fleet = fleet(agent("tester", Map.of()))
                .egress(bean("<allow>a.example</allow>"))
                .java(null, repositories("https://repo.example.org/maven2"));

        assertThat(EgressRule.text(egress(fleet).allow())).isEqualTo("a.example");
    }

    // ---- refusals

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deny                                            | egress.mode \"deny\"",
                "<allow>https://a.example</allow>                | egress.allow \"https://a.example\" is an address",
                "<models>claude-*-5</models>                     | egress.models \"claude-*-5\" is not the name",
                "<models>,</models>                              | egress.models \"\" is not the name",
                "<maxRequests>0</maxRequests>                    | egress.maxRequests 0 is out of range",
                "<maxRequests>1000001</maxRequests>              | egress.maxRequests 1000001 is out of range",
                "<mode>open</mode><maxRequests>5</maxRequests>   | egress.maxRequests needs the gateway",
                "<mode>open</mode><models>claude-opus-5</models> | egress.models needs the gateway"
            })
    void whatCannotWorkIsRefused(String element, String message) {
        assertThatThrownBy(() -> ofFleet(element))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aPropertyThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> ofFleet("", Map.of("egress.maxRequests", "many")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("egress.maxRequests \"many\" is not a number");
    }

    @Test
    void aGapInAListIsRefused() {
        assertThatThrownBy(() -> ofFleet("", Map.of("egress.allow", "a.example,,b.example")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("egress.allow names nothing (agent tester)");
    }

    // ---- the credential's place

    @ParameterizedTest
    @CsvSource({
        "login,    ,        AGENT",
        "token,    ,        AGENT",
        "apiKey,   ,        GATEWAY",
        "apiKey,   agent,   AGENT",
        "login,    gateway, GATEWAY",
        "token,    gateway, GATEWAY"
    })
    void onlyAKeyIsTheGatewaysUnlessThePomSaysSo(String mode, String exposure, Exposure expected) {
        Map<String, String> properties = new HashMap<>(Map.of("auth.mode", mode, "auth.env", "KEY"));
        Optional.ofNullable(exposure).ifPresent(value -> properties.put("auth.exposure", value));
        FleetConfiguration fleet = fleet(agent("tester", Map.of()))
                .fillFrom(name -> Optional.ofNullable(properties.get(name))
                        .filter(value -> !name.equals("auth.env") || !mode.equals("login")));

        FleetSpec spec = spec(fleet);

        assertThat(spec.login().mode()).isEqualTo(LoginMode.of(mode));
        assertThat(spec.login().exposure()).isEqualTo(expected);
        assertThat(spec.hidesCredential(spec.agents().get(0))).isEqualTo(expected == Exposure.GATEWAY);
    }

    @Override
    ConfigurationContext context() {
        ConfigurationContext plain = super.context();
        return new ConfigurationContext(
                project, plain.home(), Map.of("KEY", "sk-ant-invented"), PomFixture::property, id -> Optional.empty());
    }

    private EgressSpec ofFleet(String element) {
        return ofFleet(element, Map.of());
    }

    private EgressSpec ofFleet(String element, Map<String, String> properties) {
        return egress(fleet(agent("tester", Map.of()))
                .egress(bean(element))
                .fillFrom(name -> Optional.ofNullable(properties.get(name))));
    }

    private EgressSpec egress(FleetConfiguration fleet) {
        return spec(fleet).agents().get(0).egress();
    }

    /** Creates the bean as Maven does. */
    private static EgressConfiguration bean(String element) {
        try {
            Holder holder = new Holder();
            new BasicComponentConfigurator()
                    .configureComponent(
                            holder,
                            new XmlPlexusConfiguration(Xpp3DomBuilder.build(
                                    new StringReader("<holder><egress>" + element + "</egress></holder>"))),
                            null);
            return holder.egress;
        } catch (Exception e) {
            throw new AssertionError(element, e);
        }
    }

    private static JavaConfiguration.MavenSide repositories(String... addresses) {
        return new JavaConfiguration.MavenSide() {
            @Override
            public Optional<Path> localRepository() {
                return Optional.empty();
            }

            @Override
            public List<String> repositories() {
                return List.of(addresses);
            }

            @Override
            public Secret settings() {
                throw new AssertionError("nobody asked for settings");
            }
        };
    }

    /** Goal with this parameter alone. */
    private static final class Holder {

        private EgressConfiguration egress;
    }
}
