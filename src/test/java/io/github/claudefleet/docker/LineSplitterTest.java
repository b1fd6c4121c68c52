package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(lines::add);

    @Test
    void makesLinesOfPiecesAndPiecesOfLines() {
        write("one\ntw");
        write("o\n\nthr");
        write("ee");
        splitter.finish();

        assertThat(lines).containsExactly("one", "two", "", "three");
    }

    @Test
    void handsOverNothingAtTheEndWhenAllLinesEnded() {
        write("one\n");
        splitter.finish();

        assertThat(lines).containsExactly("one");
    }

    @Test
    void takesACarriageReturnForPartOfTheLineEnd() {
        write("one\r\ntwo\rthree\r\n");

        assertThat(lines).containsExactly("one", "two\rthree");
    }

    @Test
    void keepsCharactersWholeWhoseBytesComeInPieces() {
        for (byte single : "grün 🙂\n".getBytes(StandardCharsets.UTF_8)) {
            splitter.write(new byte[] {single});
        }

        assertThat(lines).containsExactly("grün 🙂");
    }

    @Test
    void cutsALineThatDoesNotEndAndNeverWithinACharacter() {
        LineSplitter narrow = new LineSplitter(lines::add, 5);
        narrow.write("abcdüfghiüxyz".getBytes(StandardCharsets.UTF_8));
        narrow.finish();

        assertThat(lines).containsExactly("abcdü", "fghiü", "xyz");
    }

    @Test
    void cutsBytesThatAreNoTextToo() {
        LineSplitter narrow = new LineSplitter(lines::add, 8);
        byte[] continuations = new byte[100];
        Arrays.fill(continuations, (byte) 0x80);
        narrow.write(continuations);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void holdsSixteenMebibytesOfALineAtMost() {
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int number = 0; number < 40; number++) {
            splitter.write(piece);
        }

        assertThat(lines).extracting(String::length).containsExactly(1 << 24, 1 << 24);
    }

    private void write(String text) {
        splitter.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
