package io.github.claudefleet.plan;

import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressPreset;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentence in an agent's system prompt on the hosts that it can reach, so that it does not try others. */
final class EgressNote {

    private static final String OPTION = "--append-system-prompt";

    private EgressNote() {}

    /** Returns the CLI's arguments with the sentence, after a text that the pom appends. */
    static List<String> addTo(List<String> arguments, EgressSpec egress) {
        if (egress.mode() == EgressMode.OPEN || egress.mode() == EgressMode.AUDIT) {
            return arguments;
        }
        List<String> all = new ArrayList<>(arguments);
        int given = all.lastIndexOf(OPTION);
        if (given >= 0 && given + 1 < all.size()) {
            all.set(given + 1, all.get(given + 1) + "\n\n" + text(egress));
        } else {
            all.addAll(List.of(OPTION, text(egress)));
        }
        return all;
    }

    private static String text(EgressSpec egress) {
        String hosts = egress.mode() == EgressMode.NONE
                ? ""
                : Stream.concat(
                                egress.presets().stream().map(EgressPreset::value),
                                egress.allow().stream().map(EgressRule::text))
                        .collect(Collectors.joining(", "));
        return "This container has no network but an HTTP proxy (HTTPS_PROXY), which "
                + (hosts.isEmpty() ? "reaches no host for your commands." : "reaches only: " + hosts + ".")
                + " It refuses everything else and says so. Do not look for other ways.";
    }
}
