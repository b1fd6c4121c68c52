package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T14:32:00Z, Europe/Berlin,       2026-11-24 15:32 CET (in 2h 58m)",
        "2026-11-24T11:34:30Z, America/New_York,    2026-11-24 06:34 EST (in 30s)",
        "2026-11-24T08:34:00Z, UTC,                 2026-11-24 08:34 UTC (3h ago)",
    })
    void saysATimeByThePersonsOwnClock(Instant time, ZoneId zone, String text) {
        assertThat(LocalTimes.toText(time, Instant.parse("2026-11-24T11:34:00Z"), zone))
                .isEqualTo(text);
    }
}
