package io.github.claudefleet.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {

    @ParameterizedTest
    @CsvSource({
        "512m, 536870912, 512m",
        "2g, 2147483648, 2g",
        "2G, 2147483648, 2g",
        "2 GB, 2147483648, 2g",
        "2GiB, 2147483648, 2g",
        "' 64m ', 67108864, 64m",
        "65536k, 67108864, 64m",
        "67108864, 67108864, 64m",
        "67108864b, 67108864, 64m",
        "1536m, 1610612736, 1536m",
        "67108865, 67108865, 67108865b",
        "64t, 70368744177664, 65536g"
    })
    void aSizeIsANumberAndAUnit(String text, long bytes, String shown) {
        MemorySize size = MemorySize.parse("agent.memory", text);

        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 MiB", "536870912, 512 MiB", "2147483648, 2 GiB", "86436216832, 80.5 GiB", "22870838477, 21.3 GiB"
    })
    void peopleReadItInRoundNumbers(long bytes, String words) {
        assertThat(new MemorySize(bytes).describe()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lots", "2gg", "1.5g", "-1g", "g", "2 g x", "0x40m", "1e9", "67108864ib", "9999999999999999"
            })
    void anythingElseIsNoSize(String text) {
        assertThatThrownBy(() -> MemorySize.parse("agent.memory", text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agent.memory \"" + text + "\" is not a size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0g", "1", "63m", "65t", "999999999999999t", "999999999999999"})
    void aSizeThatNoAgentCanHaveIsRefused(String text) {
        assertThatThrownBy(() -> MemorySize.parse("agent.memory", text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agent.memory \"" + text + "\" is outside what an agent can have (64m to 64t)");
    }
}
