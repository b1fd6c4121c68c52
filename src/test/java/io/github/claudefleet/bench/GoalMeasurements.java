package io.github.claudefleet.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times of complete processes, and their output as tables. */
final class GoalMeasurements {

    /** Times of a fleet of many agents: start after {@code auth}, start with nothing there before, and stop. */
    record FleetTimes(Samples proved, Samples cold, Samples stop) {
        static FleetTimes empty() {
            return new FleetTimes(new Samples(), new Samples(), new Samples());
        }
    }

    final Samples composeUp = new Samples();
    final Samples composeDown = new Samples();
    final Samples fabric8Start = new Samples();
    final Samples fabric8Stop = new Samples();
    final FleetTimes open = FleetTimes.empty();
    final FleetTimes fenced = FleetTimes.empty();
    final Samples validate = new Samples();
    private final Map<String, Samples> alone = new LinkedHashMap<>();
    private final Map<String, Samples> ofOne = new LinkedHashMap<>();
    private final Map<String, Samples> ofMany = new LinkedHashMap<>();

    /** Returns the times of a goal that has no fleet. */
    Samples alone(String goal) {
        return alone.computeIfAbsent(goal, name -> new Samples());
    }

    /** Returns the times of a goal for a fleet of one agent. */
    Samples ofOne(String goal) {
        return ofOne.computeIfAbsent(goal, name -> new Samples());
    }

    /** Returns the times of a goal for a fleet of many agents. */
    Samples ofMany(String goal) {
        return ofMany.computeIfAbsent(goal, name -> new Samples());
    }

    /** Prints a fleet's times beside those of other programs, and the cost of goals without a fleet. */
    void printComparison(PrintStream out, Options options) {
        out.printf("%n%d containers, complete processes%n%n", options.containers());
        out.println("| what | seconds: median (lowest – highest) | of compose | of fabric8 |");
        out.println("|---|---|---|---|");
        printStart(out, "`docker compose up -d`", composeUp);
        printStart(out, "fabric8 `docker:start`, `startParallel`", fabric8Start);
        printStart(out, "`start` after `auth`, egress `open`", open.proved());
        printStart(out, "`start`, nothing there before, egress `open`", open.cold());
        printStart(out, "`start` after `auth`, with a gateway", fenced.proved());
        printStart(out, "`start`, nothing there before, with a gateway", fenced.cold());
        printStop(out, "`docker compose down -t 0 -v`", composeDown);
        printStop(out, "fabric8 `docker:stop`, `stopMode` `kill`", fabric8Stop);
        printStop(out, "`stop`, egress `open`", open.stop());
        printStop(out, "`stop`, with a gateway", fenced.stop());
        out.println("\n| goal without a fleet | seconds | more than `mvn validate` |\n|---|---|---|");
        row(out, "`validate`", validate, validate.minus(validate));
        alone.forEach((goal, seconds) -> row(out, "`" + goal + "`", seconds, seconds.minus(validate)));
    }

    /** Prints the times of goals with one agent and with many. */
    void printScale(PrintStream out, Options options) {
        out.printf(
                "%n| goal | 1 agent | %d agents | difference |%n|---|---|---|---|%n",
                options.peers().many());
        ofMany.forEach((goal, many) -> row(out, goal, ofOne(goal), many, many.minus(ofOne(goal))));
    }

    private void printStart(PrintStream out, String what, Samples seconds) {
        row(out, what, seconds, seconds.over(composeUp), seconds.over(fabric8Start));
    }

    private void printStop(PrintStream out, String what, Samples seconds) {
        row(out, what, seconds, seconds.over(composeDown), seconds.over(fabric8Stop));
    }

    private static void row(PrintStream out, String what, Samples... columns) {
        StringBuilder row = new StringBuilder("| " + what + " |");
        for (Samples column : columns) {
            row.append(' ').append(column.text()).append(" |");
        }
        out.println(row);
    }
}
