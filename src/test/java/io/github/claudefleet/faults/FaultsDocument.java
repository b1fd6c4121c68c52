package io.github.claudefleet.faults;

import java.util.List;
import java.util.stream.Collectors;

/** Generated part of docs/engine-faults.md. */
final class FaultsDocument {

    private static final String BEGIN = "<!-- outcomes -->\n";
    private static final String END = "<!-- end of outcomes -->\n";

    private FaultsDocument() {}

    /** Returns the document with its outcomes replaced by these. */
    static String with(String document, List<Outcome> outcomes) {
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        return document.substring(0, begin)
                + "\n"
                + table("start", outcomes)
                + "\n"
                + table("stop", outcomes)
                + "\n"
                + document.substring(end);
    }

    /** Returns true if the document has this outcome in its cell. */
    static boolean has(String document, Outcome outcome) {
        return document.lines()
                .dropWhile(line -> !line.startsWith("| `" + outcome.row().goal() + "` |"))
                .filter(line -> line.startsWith("| `" + outcome.row().call() + "` |"))
                .map(line -> line.split("\\|"))
                .map(cells -> cells[2 + outcome.fault().ordinal()].strip())
                .findFirst()
                .filter(word(outcome)::equals)
                .isPresent();
    }

    /** Returns the calls of the document's tables, in their order. */
    static List<String> calls(String document) {
        return document.substring(document.indexOf(BEGIN), document.indexOf(END))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring("| `".length(), line.indexOf("` |")))
                .filter(call -> call.contains("/"))
                .toList();
    }

    private static String table(String goal, List<Outcome> outcomes) {
        return "| `" + goal + "` | "
                + Fault.ofEngines().stream().map(Fault::value).collect(Collectors.joining(" | ")) + " |\n|---"
                + "|---".repeat(Fault.ofEngines().size()) + "|\n"
                + Row.all().stream()
                        .filter(row -> row.goal().equals(goal))
                        .map(row -> line(row, outcomes))
                        .collect(Collectors.joining());
    }

    private static String line(Row row, List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.row().equals(row))
                .map(FaultsDocument::word)
                .collect(Collectors.joining(" | ", "| `" + row.call() + "` | ", " |\n"));
    }

    private static String word(Outcome outcome) {
        if (outcome.row().variesAt(outcome.fault())) {
            return "done or fails";
        }
        if (!outcome.isDone()) {
            return "fails";
        }
        return outcome.left().isEmpty() ? "done" : "left";
    }
}
