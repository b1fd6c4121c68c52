package io.github.claudefleet.standin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON object with typed access. A member of another type than requested counts as missing. */
record JsonObject(Map<String, Object> members) {
    static final JsonObject EMPTY = new JsonObject(Map.of());

    /** @throws IllegalArgumentException if the text is not a JSON object */
    static JsonObject parse(String text) {
        return of(JsonReader.read(text))
                .orElseThrow(() -> new IllegalArgumentException("not a JSON object: " + abbreviate(text)));
    }

    /**
     * Returns every object in a JSON list.
     *
     * @throws IllegalArgumentException if the text is not a JSON list
     */
    static List<JsonObject> parseList(String text) {
        if (JsonReader.read(text) instanceof List<?> elements) {
            return objectsIn(elements);
        }
        throw new IllegalArgumentException("not a JSON list: " + abbreviate(text));
    }

    @SuppressWarnings("unchecked")
    static Optional<JsonObject> of(Object value) {
        return value instanceof Map<?, ?> ? Optional.of(new JsonObject((Map<String, Object>) value)) : Optional.empty();
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Returns the raw member, null if there is none. */
    Object value(String name) {
        return members.get(name);
    }

    /** Returns the member's text, empty if there is none. */
    String text(String name) {
        return text(name, "");
    }

    String text(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    long number(String name, long otherwise) {
        return members.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return members.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    JsonObject object(String name) {
        return of(members.get(name)).orElse(EMPTY);
    }

    /** Returns the objects in the list of that name; none if the member is not a list. */
    List<JsonObject> objects(String name) {
        return members.get(name) instanceof List<?> elements ? objectsIn(elements) : List.of();
    }

    private static List<JsonObject> objectsIn(List<?> elements) {
        return elements.stream().map(JsonObject::of).flatMap(Optional::stream).toList();
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
