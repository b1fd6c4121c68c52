package io.github.claudefleet.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;

/** Findings as a code quality report of GitLab. */
final class CodeQualityJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CodeQualityJson() {}

    /** @param mark beginning of each description */
    static String write(String mark, Findings findings) {
        ArrayNode report = JSON.createArrayNode();
        List<String> fingerprints = findings.fingerprints();
        for (int index = 0; index < findings.all().size(); index++) {
            CodeFinding finding = findings.all().get(index);
            ObjectNode entry = report.addObject()
                    .put("description", mark + finding.message())
                    .put("check_name", finding.rule())
                    .put("fingerprint", fingerprints.get(index))
                    .put("severity", finding.severity().codeQuality());
            entry.putObject("location")
                    .put("path", finding.file())
                    .putObject("lines")
                    .put("begin", finding.line())
                    .put("end", finding.endLine());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
