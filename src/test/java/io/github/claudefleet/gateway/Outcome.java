package io.github.claudefleet.gateway;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Results of the attempts on one way out.
 *
 * @param way name of the way
 * @param saw result of each attempt
 */
record Outcome(String way, List<String> saw) {

    /** Words of the attacker that tell of no way out, and those of the document for them. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("no route", "no route"),
            Map.entry("no answer", "no route"),
            Map.entry("closed", "connection closed"),
            Map.entry("EACCES", "permission denied"),
            Map.entry("EROFS", "read-only"),
            Map.entry("ENOENT", "absent"),
            Map.entry("not permitted", "not permitted"),
            Map.entry("not supported", "not supported"),
            Map.entry("unseen", "not visible"),
            Map.entry("unnamed", "not visible"),
            // The world's listeners tell whether it was clean.
            Map.entry("HTTP 200", "sent on without it"));

    private static final String REFUSED = "refused: ";

    /** Returns true if no attempt got anywhere; what the world has heard comes on top. */
    boolean isHarmless() {
        return saw.stream().allMatch(word -> word.startsWith(REFUSED) || HARMLESS.containsKey(word));
    }

    /** Returns it for the document. */
    String text() {
        return saw.stream()
                .map(word -> word.startsWith(REFUSED)
                        ? "refused (`" + word.substring(REFUSED.length()) + "`)"
                        : HARMLESS.getOrDefault(word, word))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
