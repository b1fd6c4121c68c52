package io.github.claudefleet.standin;

import java.util.LinkedHashMap;

/** The members of a JSON object to be written, in the order in which they were named; a value may be null. */
final class Members extends LinkedHashMap<String, Object> {
    Members with(String name, Object value) {
        put(name, value);
        return this;
    }
}
