package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares docs/doctor.md with the two tests that list each check, on a healthy fleet and on a missing one. */
class DoctorReferenceTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern LISTED = Pattern.compile("(?m)^ +\"([a-zA-Z' ]+)\"[,)]");

    @Test
    void eachCheckHasItsRow() {
        Set<String> documented = new TreeSet<>(names(ROW, ProjectFiles.read("docs/doctor.md")));
        Set<String> shown = new TreeSet<>(
                names(LISTED, ProjectFiles.read("src/test/java/io/github/claudefleet/doctor/DoctorTest.java")));
        shown.remove("agent tester");
        // The auth container has its own lines if it exists, an agent a fence if it has a gateway; an end of life is
        // shown
        // only if the login has one.
        shown.addAll(Set.of("agent NAME", "fence of agent NAME", "inside the auth container", "login's end"));
        // Only an engine that lacks one.
        shown.add("capabilities");
        // Only an engine that distinguishes users.
        shown.add("rights");
        // Only mode federation has one.
        shown.add("identity token");
        // Only resources that are to be created need room; most of it is visible only on the engine's own machine.
        shown.addAll(Set.of(
                "room in memory",
                "room for processes",
                "room on the engine's disk",
                "room for workspaces",
                "room on the network"));
        assertThat(documented).isEqualTo(shown);
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
