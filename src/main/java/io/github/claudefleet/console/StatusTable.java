package io.github.claudefleet.console;

import io.github.claudefleet.fleet.AgentStatus;
import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.FleetName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Formats a fleet's status as a table whose columns are as wide as their contents. */
public final class StatusTable {

    private static final List<String> HEAD = List.of("AGENT", "STATE", "UPTIME", "CONTAINER", "IMAGE", "LOGIN");

    private StatusTable() {}

    /** Returns the lines; the first one names the fleet. */
    public static List<String> of(FleetName fleet, List<AgentStatus> rows) {
        if (rows.isEmpty()) {
            return List.of("Fleet " + fleet + ": nothing is up. Start it with: mvn claude-fleet:start");
        }
        List<List<String>> cells = new ArrayList<>(List.of(HEAD));
        rows.forEach(row -> cells.add(cells(row)));
        List<String> lines = new ArrayList<>(List.of("Fleet " + fleet));
        int[] widths = widths(cells);
        cells.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static List<String> cells(AgentStatus row) {
        String state =
                row.value() + row.exitCode().map(code -> " (exit " + code + ")").orElse("");
        return List.of(
                row.agent(),
                state,
                row.uptime().map(Durations::toText).orElse("-"),
                row.container(),
                row.image(),
                login(row));
    }

    private static String login(AgentStatus row) {
        return row.keeper().map(keeper -> row.login() + "; " + keeper.text()).orElse(row.login());
    }

    private static int[] widths(List<List<String>> cells) {
        return IntStream.range(0, HEAD.size())
                .map(column -> cells.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
