package io.github.claudefleet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, a number for each round. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    /** Something whose time is of interest. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** Does it and adds the seconds that it took. */
    void time(Task task) throws Exception {
        long begin = System.nanoTime();
        task.run();
        add((System.nanoTime() - begin) / 1e9);
    }

    void add(double value) {
        values.add(value);
    }

    /** Round by round, these less those. */
    Samples minus(Samples others) {
        Samples difference = new Samples();
        for (int round = 0; round < values.size(); round++) {
            difference.add(values.get(round) - others.values.get(round));
        }
        return difference;
    }

    /** Round by round, these over those: the machine's mood of the minute falls out. */
    Samples over(Samples others) {
        Samples ratio = new Samples();
        for (int round = 0; round < values.size(); round++) {
            ratio.add(values.get(round) / others.values.get(round));
        }
        return ratio;
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    double lowest() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    /** The median, and the lowest and highest in parentheses. */
    String text() {
        return String.format(Locale.ROOT, "%.2f (%.2f – %.2f)", median(), lowest(), highest());
    }
}
