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
    void makes_lines_of_pieces_and_pieces_of_lines() {
        write("one\ntw");
        write("o\n\nthr");
        write("ee");
        splitter.finish();

        assertThat(lines).containsExactly("one", "two", "", "three");
    }

    @Test
    void hands_over_nothing_at_the_end_when_all_lines_ended() {
        write("one\n");
        splitter.finish();

        assertThat(lines).containsExactly("one");
    }

    @Test
    void takes_a_carriage_return_for_part_of_the_line_end() {
        write("one\r\ntwo\rthree\r\n");

        assertThat(lines).containsExactly("one", "two\rthree");
    }

    @Test
    void keeps_characters_whole_whose_bytes_come_in_pieces() {
        for (byte single : "grün 🙂\n".getBytes(StandardCharsets.UTF_8)) {
            splitter.write(new byte[] {single});
        }

        assertThat(lines).containsExactly("grün 🙂");
    }

    @Test
    void cuts_a_line_that_does_not_end_and_never_within_a_character() {
        LineSplitter narrow = new LineSplitter(lines::add, 5);
        narrow.write("abcdüfghiüxyz".getBytes(StandardCharsets.UTF_8));
        narrow.finish();

        assertThat(lines).containsExactly("abcdü", "fghiü", "xyz");
    }

    @Test
    void cuts_bytes_that_are_no_text_too() {
        LineSplitter narrow = new LineSplitter(lines::add, 8);
        byte[] continuations = new byte[100];
        Arrays.fill(continuations, (byte) 0x80);
        narrow.write(continuations);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void holds_sixteen_mebibytes_of_a_line_at_most() {
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
