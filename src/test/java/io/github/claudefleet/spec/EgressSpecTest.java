package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EgressSpecTest {

    @ParameterizedTest
    @CsvSource({"allow, true", "audit, true", "none, true", "open, false"})
    void onlyOpenHasNoGateway(String mode, boolean fenced) {
        assertThat(EgressSpec.of(EgressMode.of(mode)).isFenced()).isEqualTo(fenced);
    }

    @Test
    void theDefaultAllowsNothingButTheApi() {
        assertThat(EgressSpec.DEFAULT)
                .isEqualTo(new EgressSpec(EgressMode.ALLOW, List.of(), List.of(), List.of(), Optional.empty()));
    }

    @Test
    void aLimitThatNothingEnforcesIsRefused() {
        assertThatThrownBy(() -> new EgressSpec(
                        EgressMode.OPEN, List.of(), List.of(), List.of("claude-haiku-*"), Optional.empty()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("egress.models needs the gateway, and egress.mode is open");
        assertThatThrownBy(() -> new EgressSpec(EgressMode.OPEN, List.of(), List.of(), List.of(), Optional.of(1)))
                .hasMessage("egress.maxRequests needs the gateway, and egress.mode is open");
    }

    @Test
    void anUnknownModeOrExposureIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> EgressMode.of("deny"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("egress.mode \"deny\"");
        assertThatThrownBy(() -> Exposure.of("nobody"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("auth.exposure \"nobody\"");
    }

    @ParameterizedTest
    @EnumSource(Exposure.class)
    void anExposureIsKnownByItsValue(Exposure exposure) {
        assertThat(Exposure.of(" " + exposure.value())).isEqualTo(exposure);
    }

    @ParameterizedTest
    @EnumSource(EgressPreset.class)
    void aPresetIsKnownByItsWord(EgressPreset preset) {
        assertThat(EgressPreset.find(preset.value() + " ")).contains(preset);
        assertThat(EgressPreset.find(preset.value() + ".org")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, not_allowed, false",
        "1, not_allowed, true",
        "1, port, true",
        "1, models, false",
        "1, request, false"
    })
    void whatAnotherRuleWouldAllowIsKnown(int refused, String reason, boolean expected) {
        assertThat(new EgressUse("tester", "a.example", 443, 1, refused, reason).lacksRule())
                .isEqualTo(expected);
    }

    @Test
    void refusalsComeFirstInTheOrderOfAgentsAndHosts() {
        EgressUse allowed = new EgressUse("a", "a.example", 443, 1, 0, "");
        EgressUse second = new EgressUse("a", "b.example", 443, 0, 1, "port");
        EgressUse third = new EgressUse("b", "a.example", 443, 0, 1, "port");

        assertThat(List.of(allowed, third, second).stream().sorted(EgressUse.ORDER))
                .containsExactly(second, third, allowed);
        assertThat(new EgressUse("a", "2001:db8::1", 80, 1, 0, "").place()).isEqualTo("[2001:db8::1]:80");
    }
}
