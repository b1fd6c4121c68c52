package io.github.claudefleet.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * GitHub's own schema of workflows as a JSON schema. GitHub publishes it in a form of its own: named definitions, each
 * of one type, whose properties name other definitions.
 */
final class WorkflowSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode definitions = JSON.createObjectNode();

    private WorkflowSchema() {}

    static JsonSchema load() throws IOException {
        try (InputStream in = WorkflowSchema.class.getResourceAsStream("/schema/github-workflow.json")) {
            return new WorkflowSchema().convert(JSON.readTree(in));
        }
    }

    private JsonSchema convert(JsonNode official) {
        definitions.set("boolean", types("boolean"));
        definitions.set("number", types("number"));
        definitions.set("null", types("null"));
        // GitHub takes a number and a truth value as text, too.
        definitions.set("string", types("string", "number", "boolean"));
        definitions.set("sequence", types("array"));
        definitions.set("mapping", types("object"));
        definitions.set("any", JSON.createObjectNode());
        official.properties().forEach(entry -> definitions.set(entry.getKey(), definition(entry.getValue())));
        ObjectNode root = reference("workflow-root-strict");
        root.set("$defs", definitions);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
    }

    private static ObjectNode definition(JsonNode official) {
        ObjectNode plain = withoutExpression(official);
        if (!official.has("context")) {
            return plain;
        }
        ObjectNode either = JSON.createObjectNode();
        either.putArray("anyOf").add(plain).addObject().put("type", "string").put("pattern", "\\$\\{\\{.*\\}\\}");
        return either;
    }

    private static ObjectNode withoutExpression(JsonNode official) {
        if (official.has("mapping")) {
            return mapping(official.path("mapping"));
        }
        ObjectNode schema = JSON.createObjectNode();
        if (official.has("one-of")) {
            ArrayNode any = schema.putArray("anyOf");
            official.path("one-of").forEach(one -> any.add(reference(one.asText())));
        } else if (official.has("allowed-values")) {
            schema.set("enum", official.path("allowed-values"));
        } else if (official.has("sequence")) {
            schema.put("type", "array")
                    .set("items", reference(official.at("/sequence/item-type").asText()));
        } else if (official.at("/string/constant").isTextual()) {
            schema.set("const", official.at("/string/constant"));
        } else {
            return reference(Stream.of("string", "boolean", "number", "null")
                    .filter(official::has)
                    .findFirst()
                    .orElseThrow());
        }
        return schema;
    }

    private static ObjectNode mapping(JsonNode official) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        official.path("properties").properties().forEach(entry -> {
            JsonNode type = entry.getValue();
            properties.set(
                    entry.getKey(),
                    reference(
                            type.isTextual() ? type.asText() : type.path("type").asText()));
            if (type.path("required").asBoolean()) {
                required.add(entry.getKey());
            }
        });
        if (official.has("loose-value-type")) {
            schema.set(
                    "additionalProperties",
                    reference(official.path("loose-value-type").asText()));
        } else {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private static ObjectNode types(String... names) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode types = schema.putArray("type");
        for (String name : names) {
            types.add(name);
        }
        return schema;
    }

    private static ObjectNode reference(String name) {
        return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }
}
