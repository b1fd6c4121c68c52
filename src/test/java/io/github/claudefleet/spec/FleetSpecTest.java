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
    @CsvSource({"77, true", "78, true", "127, true", "0, false", "1, false", "137, false", "143, false", "-1, false"})
    void threeStatusesMeanThatAnAgentNeverGotToItsWork(int status, boolean before) {
        assertThat(AgentExit.beforeReady(status)).isEqualTo(before);
    }

    @Test
    void hardeningDropsEveryCapabilityUnlessToldOtherwise() {
        assertThat(Hardening.DEFAULT).isEqualTo(new Hardening(List.of("ALL"), List.of(), true, true, false));
    }
}
