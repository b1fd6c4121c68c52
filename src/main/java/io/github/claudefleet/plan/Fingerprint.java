package io.github.claudefleet.plan;

import io.github.claudefleet.spec.Sha256;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Short hash of each aspect that a container was created from, so that a later run can report which aspects changed.
 * Written into a label as {@code image=1a2b3c4d,prompt=…}.
 */
final class Fingerprint {

    private final Map<Aspect, String> hashes;

    private Fingerprint(Map<Aspect, String> hashes) {
        this.hashes = hashes;
    }

    static Fingerprint of(Map<Aspect, Object> aspects) {
        Map<Aspect, String> hashes = new EnumMap<>(Aspect.class);
        aspects.forEach((aspect, value) -> hashes.put(aspect, hash(value)));
        return new Fingerprint(hashes);
    }

    /** Parses a label's value; parts that can't be read count as changed. */
    static Fingerprint parse(String label) {
        Map<Aspect, String> hashes = new EnumMap<>(Aspect.class);
        for (String part : label.split(",")) {
            String[] pair = part.split("=", 2);
            Arrays.stream(Aspect.values())
                    .filter(aspect -> key(aspect).equals(pair[0]))
                    .forEach(aspect -> hashes.put(aspect, pair[pair.length - 1]));
        }
        return new Fingerprint(hashes);
    }

    /** Returns the names of the aspects in which this differs from another, in their order. */
    List<String> differencesFrom(Fingerprint other) {
        return Arrays.stream(Aspect.values())
                .filter(aspect -> !String.valueOf(hashes.get(aspect)).equals(String.valueOf(other.hashes.get(aspect))))
                .map(Aspect::value)
                .toList();
    }

    String toLabel() {
        return hashes.entrySet().stream()
                .map(entry -> key(entry.getKey()) + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static String key(Aspect aspect) {
        return aspect.name().toLowerCase(Locale.ROOT);
    }

    /** Hashes lists and maps part by part: joined to one text, two different parts can look alike. */
    private static String hash(Object value) {
        Sha256 hash = new Sha256();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> hash.add(key.toString()).add(part.toString()));
        } else if (value instanceof List<?> list) {
            list.forEach(part -> hash.add(part.toString()));
        } else {
            hash.add(value.toString());
        }
        return hash.shortHex();
    }
}
