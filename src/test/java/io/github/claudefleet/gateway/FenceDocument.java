package io.github.claudefleet.gateway;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Generated part of docs/fence.md. */
final class FenceDocument {

    private static final String BEGIN = "<!-- ways out -->\n";
    private static final String END = "<!-- end of ways out -->\n";

    private FenceDocument() {}

    /** Returns the document with its table replaced by one of these outcomes. */
    static String with(String document, List<Outcome> outcomes) {
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        return document.substring(0, begin) + "\n" + table(outcomes) + "\n" + document.substring(end);
    }

    private static String table(List<Outcome> outcomes) {
        Map<String, Outcome> byWay = outcomes.stream().collect(Collectors.toMap(Outcome::way, Function.identity()));
        return "| way out | through the fence | shown on |\n|---|---|---|\n"
                + WayOut.ALL.stream()
                        .map(way -> "| " + way.text() + " | "
                                + byWay.get(way.name()).text() + " | " + shown(way) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String shown(WayOut way) {
        return switch (way.reach()) {
            case CONTROLLED -> "all engines, and succeeds without it";
            case EVERYWHERE -> "all engines";
            case WITH_SERVICES -> "Docker 20.10";
        };
    }
}
