package io.github.claudefleet.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Findings as a SARIF 2.1.0 log. */
final class SarifJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    /** Name that GitHub and others give the top of the checked-out sources. */
    private static final String TOP = "%SRCROOT%";

    private static final String UNRESERVED = "-._~/!$'()*+,;=@";

    private SarifJson() {}

    /** @param mark beginning of the tool's name and of each message */
    static String write(String mark, Findings findings) {
        ObjectNode log = JSON.createObjectNode().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        List<String> rules = findings.all().stream()
                .map(CodeFinding::rule)
                .distinct()
                .sorted()
                .toList();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", mark + "claude-fleet");
        Map<String, Integer> indexes = new HashMap<>();
        for (String rule : rules) {
            indexes.put(rule, indexes.size());
            driver.withArray("rules").addObject().put("id", rule);
        }
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        List<String> fingerprints = findings.fingerprints();
        for (int index = 0; index < findings.all().size(); index++) {
            CodeFinding finding = findings.all().get(index);
            add(results.addObject(), mark, finding, indexes.get(finding.rule()), fingerprints.get(index));
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(log);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ObjectNode result, String mark, CodeFinding finding, int rule, String fingerprint) {
        result.put("ruleId", finding.rule())
                .put("ruleIndex", rule)
                .put("level", finding.severity().value());
        result.putObject("message").put("text", mark + finding.message());
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(finding.file())).put("uriBaseId", TOP);
        place.putObject("region").put("startLine", finding.line()).put("endLine", finding.endLine());
        result.putObject("partialFingerprints").put("claudeFleet/v1", fingerprint);
        result.putObject("properties").put("task", finding.task());
    }

    /** Returns a path as a relative URI. A colon is escaped, because it would end a scheme. */
    static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = one > 0 && (Character.isLetterOrDigit(one) || UNRESERVED.indexOf(one) >= 0);
            uri.append(plain ? String.valueOf((char) one) : "%%%02X".formatted(one));
        }
        return uri.toString();
    }
}
