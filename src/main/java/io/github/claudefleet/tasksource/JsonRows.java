package io.github.claudefleet.tasksource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Source with a row for each object of an array in a file of JSON.
 *
 * @param shown path as in the pom
 */
public record JsonRows(Path file, String shown) implements TaskSource {

    private static final String PARAMETER = "agent.tasksFrom.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public Rows read() {
        List<JsonNode> objects = objects();
        Set<String> names = new LinkedHashSet<>();
        objects.forEach(object -> object.fieldNames().forEachRemaining(names::add));
        List<Row> rows =
                objects.stream().map(object -> Row.of(fields(object, names))).toList();
        return new Rows(rows, shown, shown + " is an empty list");
    }

    private List<JsonNode> objects() {
        JsonNode tree = tree();
        List<JsonNode> objects = new ArrayList<>();
        tree.forEach(objects::add);
        if (!tree.isArray() || !objects.stream().allMatch(JsonNode::isObject)) {
            throw refusal("is no array of objects", "Write it as [{\"name\": \"…\", …}, …].");
        }
        return objects;
    }

    private JsonNode tree() {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw refusal("is no JSON" + (line > 0 ? " (line " + line + ")" : ""), "Mend the file.");
        } catch (IOException e) {
            throw refusal("can't be read: " + FileProblem.of(e, file), "Name a file of JSON, relative to the project.");
        }
    }

    private static Map<String, String> fields(JsonNode object, Set<String> names) {
        Map<String, String> fields = new LinkedHashMap<>();
        names.forEach(name -> fields.put(FieldNames.of(name), text(object.get(name))));
        return fields;
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private InvalidSpecException refusal(String problem, String suggestion) {
        return new InvalidSpecException(PARAMETER, "names " + shown + ", which " + problem, suggestion);
    }
}
