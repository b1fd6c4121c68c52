package io.github.claudefleet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measured values, one for each round. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    /** Action whose time is measured. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** Runs the task and adds its time in seconds. */
    void time(Task task) throws Exception {
        long begin = System.nanoTime();
        task.run();
        add((System.nanoTime() - begin) / 1e9);
    }

    void add(double value) {
        values.add(value);
    }

    /** Differences to the other samples, round by round. */
    Samples minus(Samples others) {
        Samples difference = new Samples();
        for (int round = 0; round < values.size(); round++) {
            difference.add(values.get(round) - others.values.get(round));
        }
        return difference;
    }

    /** Ratios to the other samples, round by round, which cancels changes in the machine's load. */
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

    /** Formats the median, with the lowest and highest value in parentheses. */
    String text() {
        return String.format(Locale.ROOT, "%.2f (%.2f – %.2f)", median(), lowest(), highest());
    }
}
