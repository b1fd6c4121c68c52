package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names tasks by their rows, so that a later run gives the same name to the same row. A name that is cut, or that two
 * rows share, ends in a hash; a number would depend on the other rows.
 */
final class TaskNames {

    private static final int LONGEST = 40;
    /** Length that is left beside a hyphen and a hash of twelve digits. */
    private static final int LONGEST_WITH_HASH = LONGEST - 13;

    private TaskNames() {}

    /** Returns a name for each row, in the rows' order. */
    static List<String> of(List<Row> rows) {
        List<String> names = rows.stream().map(TaskNames::of).toList();
        Map<String, Long> uses =
                names.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return IntStream.range(0, rows.size())
                .mapToObj(index -> uses.get(names.get(index)) == 1
                        ? names.get(index)
                        : withHash(names.get(index), rows.get(index).identity()))
                .toList();
    }

    private static String of(Row row) {
        String fit = fit(row.name());
        if (fit.isEmpty()) {
            return hash(row.identity());
        }
        return fit.length() <= LONGEST ? fit : withHash(fit, row.name());
    }

    /** Keeps the end of a long name, in which paths and names of classes differ. */
    private static String withHash(String name, String hashed) {
        String end = fit(name.substring(Math.max(0, name.length() - LONGEST_WITH_HASH)));
        return (end.isEmpty() ? "" : end + "-") + hash(hashed);
    }

    private static String fit(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    }

    private static String hash(String text) {
        return new Sha256().add(text).shortHex();
    }
}
