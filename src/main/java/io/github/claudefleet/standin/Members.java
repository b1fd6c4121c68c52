package io.github.claudefleet.standin;

import java.util.LinkedHashMap;

/** Members of a JSON object to be written, in insertion order. A value may be null. */
final class Members extends LinkedHashMap<String, Object> {
    Members with(String name, Object value) {
        put(name, value);
        return this;
    }
}
