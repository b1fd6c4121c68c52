package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "90, PT1M30S",
        "90s, PT1M30S",
        "90 s, PT1M30S",
        "' 5m ', PT5M",
        "5M, PT5M",
        "2h, PT2H",
        "30d, PT720H",
        "500ms, PT0.5S",
        "1ms, PT0.001S",
        "PT5M, PT5M",
        "pt1h30m, PT1H30M",
        "P1DT1S, PT24H1S"
    })
    void aDurationIsANumberWithAUnitOrIso8601(String text, Duration duration) {
        assertThat(Durations.parse("auth.timeout", text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "5 min", "-5s", "1.5h", "5m 3s", "s", "9999999999", "99999999999999999999s", "PT9E9S"
            })
    void anythingElseIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse("auth.timeout", text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("auth.timeout \"" + text + "\" is not a duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0ms", "PT0S", "-PT5M", "31d", "721h", "999999999d", "P100000D"})
    void aDurationThatNobodyWaitsForIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse("stopTimeout", text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("stopTimeout \"" + text + "\" is not between 1ms and 30d");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.85S, 850ms",
        "PT0.9999S, 999ms",
        "PT1S, 1s",
        "PT42.9S, 42s",
        "PT1M, 1m",
        "PT3M5S, 3m 5s",
        "PT59M59S, 59m 59s",
        "PT2H, 2h",
        "PT2H10M59S, 2h 10m",
        "PT24H, 1d",
        "PT76H30M, 3d 4h"
    })
    void peopleReadTheTwoLargestUnits(Duration duration, String text) {
        assertThat(Durations.toText(duration)).isEqualTo(text);
    }
}
