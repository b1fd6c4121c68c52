package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/doctor.md against the two places that show each check on a healthy fleet and on one that isn't there. */
class DoctorReferenceTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern LISTED = Pattern.compile("(?m)^ +\"([a-zA-Z' ]+)\"[,)]");

    @Test
    void eachCheckHasItsRow() {
        Set<String> documented = new TreeSet<>(names(ROW, ProjectFiles.read("docs/doctor.md")));
        Set<String> shown = new TreeSet<>(
                names(LISTED, ProjectFiles.read("src/test/java/io/github/claudefleet/doctor/DoctorTest.java")));
        shown.remove("agent tester");
        // Where there is an auth container it has lines of its own; an end of life only a login that tells of one.
        shown.addAll(Set.of("agent NAME", "inside the auth container", "login's end"));
        // Only what is to be made needs room, of which most is seen only on the engine's own machine.
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
