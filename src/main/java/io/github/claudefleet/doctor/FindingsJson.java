package io.github.claudefleet.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Findings as JSON, for scripts: {@code {"schemaVersion", "summary": {"pass", …}, "findings":
 * [{"check", "outcome", "detail", "remedy"}]}}.
 */
public final class FindingsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FindingsJson() {}

    private static String word(Finding.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the JSON text, indented and with a final newline. */
    public static String of(List<Finding> findings) {
        ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1);
        ObjectNode summary = root.putObject("summary");
        for (Finding.Outcome outcome : Finding.Outcome.values()) {
            summary.put(
                    word(outcome),
                    findings.stream()
                            .filter(finding -> finding.outcome() == outcome)
                            .count());
        }
        ArrayNode list = root.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("check", finding.check())
                    .put("outcome", word(finding.outcome()))
                    .put("detail", finding.detail())
                    .put("remedy", finding.remedy());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
