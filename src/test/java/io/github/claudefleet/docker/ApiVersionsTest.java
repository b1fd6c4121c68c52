package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "1.41, 1.12, 1.41",
        "1.45, 1.24, 1.44",
        "1.52, 1.44, 1.44",
        "1.60, 1.46, 1.46",
        "1.40,     , 1.40",
    })
    void speaksTheLowerOfItsOwnAndTheEnginesButNotBelowTheLeast(String newest, String oldest, String spoken) {
        assertThat(ApiVersions.negotiate(newest, oldest).getVersion()).isEqualTo(spoken);
    }

    @Test
    void whatIsNoVersionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiVersions.negotiate("null", null));
    }
}
