package io.github.claudefleet.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes docs/third-party.md from the release's list of components (SBOM). */
final class ThirdPartyReference {

    private static final String HEAD = """
            # Licences of the dependencies

            <!-- Generated from the release's SBOM: see CONTRIBUTING.md -->

            A user's Maven fetches these libraries with the plugin. The plugin's jar contains none of them. Each release has
            this list as an SBOM too, in CycloneDX's form (classifier `cyclonedx`, types `json` and `xml`). Where a library
            offers several licences, one of them is enough.

            | library | version | licence |
            |---|---|---|
            """;

    /** Licences that a plugin under the Apache License 2.0 may depend on. A new one needs a decision. */
    private static final Set<String> ACCEPTED =
            Set.of("Apache-2.0", "MIT", "BSD-3-Clause", "Bouncy Castle Licence", "EPLv2");

    private ThirdPartyReference() {}

    static String of(JsonNode bom) {
        return HEAD
                + StreamSupport.stream(bom.get("components").spliterator(), false)
                        .map(ThirdPartyReference::row)
                        .sorted()
                        .collect(Collectors.joining());
    }

    private static String row(JsonNode component) {
        String name =
                component.get("group").asText() + ":" + component.get("name").asText();
        Set<String> licences = StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(entry -> entry.path("license"))
                .map(licence -> licence.path("id").asText(licence.path("name").asText()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (licences.stream().noneMatch(ACCEPTED::contains)) {
            throw new AssertionError(name + " has none of the accepted licences " + ACCEPTED + ": " + licences);
        }
        return "| `%s` | %s | %s |\n".formatted(name, component.get("version").asText(), String.join(" or ", licences));
    }
}
