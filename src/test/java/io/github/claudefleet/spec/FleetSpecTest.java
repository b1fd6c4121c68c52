package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetSpecTest {

    @Test
    void twoAgentsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Shop.fleet("tester-1", "reviewer", "tester-1").toSpec())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agent.name \"tester-1\" is used twice");
    }

    @Test
    void agentsStayInThePomsOrder() {
        assertThat(Shop.fleet("b", "a", "c").toSpec().agents())
                .extracting(agent -> agent.name().value())
                .containsExactly("b", "a", "c");
    }

    @Test
    void anotherWayOfSharingChangesNothingElse() {
        FleetSpec spec = Shop.fleet("a").toSpec();

        FleetSpec shared = spec.withSharing(Sharing.ALL);

        assertThat(shared.login().sharing()).isEqualTo(Sharing.ALL);
        assertThat(shared.withSharing(Sharing.LOGIN)).isEqualTo(spec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void aPromptSaysSomething(String text) {
        assertThatThrownBy(() -> new Prompt(text)).hasMessage("agent.prompt is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "69, true",
        "71, true",
        "70, false",
        "77, true",
        "78, true",
        "127, true",
        "0, false",
        "1, false",
        "137, false",
        "143, false",
        "-1, false"
    })
    void someStatusesMeanThatAnAgentNeverGotToItsWork(int status, boolean before) {
        assertThat(AgentExit.beforeReady(status)).isEqualTo(before);
    }

    @Test
    void hardeningDropsEveryCapabilityUnlessToldOtherwise() {
        assertThat(Hardening.DEFAULT).isEqualTo(new Hardening(List.of("ALL"), List.of(), true, true, true));
    }

    @Test
    void aGatewayOnTheMachinesOwnNetworkIsRefused() {
        assertThatThrownBy(() -> fenced().network("host").toSpec())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage(
                        "egress.mode is allow, but network is host, on which the gateway would reach everything that"
                                + " listens on this machine");
        assertThat(fenced().egress(EgressSpec.OPEN).network("host").toSpec().isFenced())
                .isFalse();
        assertThat(fenced().network("backend").toSpec().isFenced()).isTrue();
    }

    @Test
    void aLoginThatAgentsShareWholeIsNotTheGatewaysAlone() {
        LoginSpec login = LoginSpec.in(Shop.LOGIN_DIRECTORY).withExposure(Exposure.GATEWAY);

        assertThatThrownBy(() -> fenced().login(login.withSharing(Sharing.ALL)).toSpec())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("auth.exposure is gateway, but sharing all gives the login to the agents");
        assertThat(fenced().login(login).toSpec().login().exposure()).isEqualTo(Exposure.GATEWAY);
        assertThat(fenced().egress(EgressSpec.OPEN)
                        .login(login.withSharing(Sharing.ALL))
                        .toSpec())
                .as("without a gateway, the exposure means nothing")
                .isNotNull();
    }

    @Test
    void onlyAnAgentWithAGatewayCanHaveAPlaceholder() {
        FleetSpec spec = fenced().credential(LoginMode.API_KEY, Shop.credential("sk-ant-invented"))
                .agent(Shop.agent("free").egress(EgressSpec.OPEN))
                .toSpec();

        assertThat(spec.isFenced()).isTrue();
        assertThat(spec.agents()).extracting(spec::hidesCredential).containsExactly(true, false);
        assertThat(spec.withAgents(List.of()).isFenced()).isFalse();
    }

    private static FleetBuilder fenced() {
        return Shop.fleet("tester").egress(EgressSpec.DEFAULT);
    }
}
