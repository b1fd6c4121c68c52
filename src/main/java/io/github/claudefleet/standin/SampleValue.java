package io.github.claudefleet.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the smallest value of a JSON schema, as far as its types, choices and sizes say. */
final class SampleValue {
    private static final int DEEPEST = 20;

    private final JsonObject root;

    private SampleValue(JsonObject root) {
        this.root = root;
    }

    static Object of(JsonObject schema) {
        return new SampleValue(schema).of(schema, 0);
    }

    private Object of(JsonObject schema, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        if (schema.has("const")) {
            return schema.value("const");
        }
        if (schema.value("enum") instanceof List<?> choices && !choices.isEmpty()) {
            return choices.get(0);
        }
        if (schema.has("$ref")) {
            return of(referred(schema.text("$ref")), depth + 1);
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            if (!schema.objects(choice).isEmpty()) {
                return of(schema.objects(choice).get(0), depth + 1);
            }
        }
        return switch (typeOf(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> schema.number("minimum", 0);
            case "boolean" -> false;
            case "null" -> null;
            default -> "rehearsal".repeat((int) Math.max(1, (schema.number("minLength", 0) + 8) / 9));
        };
    }

    private static String typeOf(JsonObject schema) {
        if (schema.value("type") instanceof List<?> types && !types.isEmpty()) {
            return String.valueOf(types.get(0));
        }
        return schema.text("type", schema.has("properties") ? "object" : "string");
    }

    private Object object(JsonObject schema, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (schema.value("required") instanceof List<?> names) {
            names.forEach(name -> members.put(
                    String.valueOf(name), of(schema.object("properties").object(String.valueOf(name)), depth + 1)));
        }
        return members;
    }

    private Object array(JsonObject schema, int depth) {
        List<Object> elements = new ArrayList<>();
        for (long i = 0; i < Math.min(schema.number("minItems", 0), 100); i++) {
            elements.add(of(schema.object("items"), depth + 1));
        }
        return elements;
    }

    private JsonObject referred(String reference) {
        JsonObject found = root;
        for (String part : reference.replaceFirst("^#/?", "").split("/")) {
            found = part.isEmpty() ? found : found.object(part);
        }
        return found;
    }
}
