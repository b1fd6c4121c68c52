package io.github.claudefleet.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.task.TaskReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finding of an agent in a file of its workspace.
 *
 * @param severity severity
 * @param rule kind of problem, on one line
 * @param message text without credentials and control characters, except for line breaks
 * @param file path relative to the workspace, with slashes
 * @param line first line, 1 if the answer has none
 * @param endLine last line, not before the first
 * @param task name of the task that found it
 */
record CodeFinding(
        FindingSeverity severity, String rule, String message, String file, int line, int endLine, String task) {

    private static final int LONGEST_MESSAGE = 4_000;
    private static final int LONGEST_RULE = 100;
    private static final String CONTROL = "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029&&[^\\n\\t]]";

    /** Checks whether JSON has the form of a finding. */
    static boolean isOne(JsonNode node) {
        return node.path("rule").isTextual()
                && node.path("message").isTextual()
                && node.path("file").isTextual()
                && FindingSeverity.of(node.path("severity").asText()).isPresent();
    }

    /**
     * Reads a finding.
     *
     * @param node JSON that {@link #isOne}
     * @return empty if it names no file of the workspace
     */
    static Optional<CodeFinding> of(JsonNode node, TaskReport task) {
        int line = Math.max(1, node.path("line").asInt(1));
        return file(node.path("file").asText())
                .map(file -> new CodeFinding(
                        FindingSeverity.of(node.path("severity").asText()).orElseThrow(),
                        text(node.path("rule").asText(), LONGEST_RULE).replaceAll("\\s+", " "),
                        text(node.path("message").asText(), LONGEST_MESSAGE),
                        file,
                        line,
                        Math.max(line, node.path("endLine").asInt(line)),
                        task.task().toString()));
    }

    private static String text(String text, int longest) {
        String plain = CredentialRedactor.text(text.replace("\r\n", "\n").replaceAll(CONTROL, " "))
                .strip();
        return plain.codePointCount(0, plain.length()) <= longest
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, longest)) + "…";
    }

    /** Returns a path within the workspace; empty for any other. */
    private static Optional<String> file(String path) {
        String workspace = Workspace.MOUNT + "/";
        String relative = path.startsWith(workspace) ? path.substring(workspace.length()) : path;
        if (relative.startsWith("/") || relative.contains("\\") || relative.matches("(?s).*[\\p{Cc}].*|[A-Za-z]:.*")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : relative.split("/")) {
            if (part.equals("..") && parts.pollLast() == null) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts))
                .filter(file -> !file.isBlank())
                .map(CredentialRedactor::text);
    }

    /** Returns the text that a later run of the same finding has again, although lines may have moved. */
    String identity() {
        return rule + "\0" + file + "\0" + message;
    }
}
