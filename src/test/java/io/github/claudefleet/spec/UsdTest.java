package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {

    @ParameterizedTest
    @CsvSource({"2.5, $2.50", "20, $20.00", "0.00024, $0.0002", "0.01, $0.01", "0.005, $0.0050", "1234.567, $1234.57"})
    void readsAsAPersonWouldWriteIt(String amount, String text) {
        assertThat(Usd.parse("maxCost", amount)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0", "a lot", "$5", "1,5"})
    void refusesWhatIsNoAmount(String text) {
        assertThatThrownBy(() -> Usd.parse("maxCost", text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("maxCost");
    }

    @Test
    void whatIsLeftIsNeverLessThanNothing() {
        Usd five = new Usd(BigDecimal.valueOf(5));

        assertThat(five.minus(new Usd(BigDecimal.valueOf(3)))).hasToString("$2.00");
        assertThat(five.minus(five.plus(five))).isEqualTo(Usd.ZERO);
    }
}
