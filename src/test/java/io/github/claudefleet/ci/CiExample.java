package io.github.claudefleet.ci;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The parts of a CI example that concern the shell and the files of its only job.
 *
 * @param script commands, in order
 * @param variables variables for the commands; a secret of the CI is still an expression
 * @param kept files and directories that the job keeps, as patterns
 */
public record CiExample(List<String> script, Map<String, String> variables, List<String> kept) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Reads a workflow of GitHub Actions. Its actions are not part of the script. */
    public static CiExample gitHub(String text) {
        List<String> script = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode step : onlyOne(tree(text).path("jobs")).path("steps")) {
            if (step.has("run")) {
                script.add(step.path("run").asText());
            }
            if (step.path("uses").asText().startsWith("actions/upload-artifact@")) {
                kept.addAll(step.at("/with/path").asText().lines().toList());
            }
            variables.putAll(map(step.path("env")));
        }
        return new CiExample(script, variables, kept);
    }

    /** Reads a .gitlab-ci.yml. */
    public static CiExample gitLab(String text) {
        JsonNode job = onlyOne(tree(text));
        List<String> kept = new ArrayList<>(texts(job.at("/artifacts/paths")));
        job.at("/artifacts/reports").forEach(report -> kept.add(report.asText()));
        return new CiExample(texts(job.path("script")), map(job.path("variables")), kept);
    }

    static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode onlyOne(JsonNode jobs) {
        if (jobs.size() != 1) {
            throw new IllegalArgumentException("an example has one job, not " + jobs.size());
        }
        return jobs.iterator().next();
    }

    private static Map<String, String> map(JsonNode node) {
        return YAML.convertValue(node.isMissingNode() ? YAML.createObjectNode() : node, new TypeReference<>() {});
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
