package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Both ways of decoding text that arrives in pieces. */
class Utf8Test {

    @Test
    void aCharacterWaitsForItsLastByte() {
        Utf8Pieces pieces = new Utf8Pieces();
        byte[] smile = "🙂".getBytes(StandardCharsets.UTF_8);

        assertThat(pieces.decode(new byte[] {'a', smile[0], smile[1]})).isEqualTo("a");
        assertThat(pieces.decode(new byte[] {smile[2]})).isEmpty();
        assertThat(pieces.decode(new byte[] {smile[3], 'b'})).isEqualTo("🙂b");
    }

    @Test
    void bytesThatAreNoTextDoNotStopWhatFollows() {
        Utf8Pieces pieces = new Utf8Pieces();

        assertThat(pieces.decode(new byte[] {(byte) 0xFF, 'a'})).isEqualTo("\uFFFDa");
        assertThat(pieces.decode(new byte[] {'b'})).isEqualTo("b");
    }

    @Test
    void textIsKeptUpToItsLimitAndSaysThatThereWasMore() {
        Utf8Text text = new Utf8Text(5);
        text.write("abc".getBytes(StandardCharsets.UTF_8));
        assertThat(text.overflowed()).isFalse();

        text.write("defg".getBytes(StandardCharsets.UTF_8));
        text.write("h".getBytes(StandardCharsets.UTF_8));

        assertThat(text).hasToString("abcde");
        assertThat(text.overflowed()).isTrue();
    }
}
