package io.github.claudefleet.tasksource;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reader of comma-separated values as in RFC 4180; semicolons or tabs separate if the first line has more of them. */
final class CsvReader {

    /**
     * Line with values, which may have several lines of text.
     *
     * @param number number of its first line of text, counted from 1
     */
    record Line(int number, List<String> cells) {

        Line {
            cells = List.copyOf(cells);
        }
    }

    private static final String SEPARATORS = ",;\t";

    private CsvReader() {}

    /**
     * Returns the lines that are not empty.
     *
     * @throws IllegalArgumentException if quotes are not closed; its message is the end of a sentence about the file
     */
    static List<Line> read(String text) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator(text.lines().findFirst().orElse("")))
                .setIgnoreEmptyLines(true)
                .get();
        List<Line> lines = new ArrayList<>();
        int number = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord line : parser) {
                lines.add(new Line(number, line.toList()));
                number = (int) parser.getCurrentLineNumber() + 1;
            }
            return lines;
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "has quotes in line " + number + " that are not closed where a value ends", e);
        }
    }

    private static char separator(String first) {
        return (char) SEPARATORS
                .chars()
                .boxed()
                .reduce((one, other) -> count(first, other) > count(first, one) ? other : one)
                .orElseThrow()
                .intValue();
    }

    private static long count(String text, int separator) {
        return text.chars().filter(letter -> letter == separator).count();
    }
}
