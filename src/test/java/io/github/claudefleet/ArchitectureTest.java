package io.github.claudefleet;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.claudefleet.spec.FleetSpec;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the packages ("rooms") against the table in docs/architecture.md, which is this test's data. */
class ArchitectureTest {

    private static final String ROOT = "io.github.claudefleet.";

    /** Names of libraries in the table and the packages that each stands for. */
    private static final Map<String, List<String>> LIBRARIES = Map.ofEntries(
            Map.entry(
                    "jdk",
                    List.of(
                            "java.",
                            "javax.net.",
                            "javax.xml.",
                            "javax.security.",
                            "org.w3c.dom.",
                            "org.xml.sax.",
                            "com.sun.security.auth.")),
            Map.entry("jackson", List.of("com.fasterxml.jackson.")),
            Map.entry("docker-java", List.of("com.github.dockerjava.")),
            Map.entry("kubernetes-client", List.of("io.fabric8.kubernetes.")),
            Map.entry("commons-compress", List.of("org.apache.commons.compress.")),
            Map.entry("commons-csv", List.of("org.apache.commons.csv.")),
            Map.entry("domtrip", List.of("eu.maveniverse.domtrip.")),
            Map.entry("snakeyaml", List.of("org.yaml.snakeyaml.")),
            Map.entry("slf4j", List.of("org.slf4j.")),
            Map.entry("opentelemetry", List.of("io.opentelemetry.")),
            Map.entry("junit-jupiter", List.of("org.junit.")),
            Map.entry("plexus-utils", List.of("org.codehaus.plexus.util.")),
            Map.entry(
                    "surefire-report-parser",
                    List.of("org.apache.maven.plugins.surefire.report.", "org.apache.maven.plugin.surefire.log.")),
            Map.entry("doxia", List.of("org.apache.maven.doxia.")),
            Map.entry(
                    "maven",
                    List.of(
                            "org.apache.maven.",
                            "javax.inject.",
                            "org.codehaus.plexus.component.",
                            "org.eclipse.aether.")));

    private static final RoomTable TABLE = RoomTable.of(Path.of("docs", "architecture.md"));
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(FleetSpec.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void everyRoomImportsOnlyWhatItsRowAllows() {
        Set<String> trespasses = CLASSES.stream()
                .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> !isAllowed(dependency))
                .map(dependency -> roomOf(dependency.getOriginClass()).orElse("?") + " may not import what "
                        + dependency.getOriginClass().getSimpleName() + " uses: "
                        + dependency.getTargetClass().getBaseComponentType().getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(trespasses).isEmpty();
    }

    @Test
    void everyRoomHasARowAndEveryRowARoom() {
        Set<String> rooms =
                CLASSES.stream().flatMap(room -> roomOf(room).stream()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(TABLE.rows().keySet()).isEqualTo(rooms);
    }

    @Test
    void noRowAllowsMoreThanItsRoomImports() {
        TABLE.rows()
                .forEach((room, allowed) ->
                        assertThat(allowed).as("the row of " + room).isEqualTo(importsOf(room)));
    }

    @Test
    void everyWordInTheTableIsARoomOrALibrary() {
        Set<String> known = Stream.concat(TABLE.rows().keySet().stream(), LIBRARIES.keySet().stream())
                .collect(Collectors.toSet());

        assertThat(TABLE.rows().values().stream().flatMap(Set::stream)).isSubsetOf(known);
    }

    @Test
    void roomsDoNotDependOnEachOtherInACircle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** A nested class counts as the one around it. Constants that the compiler inlines are not seen. */
    @Test
    void classesDoNotDependOnEachOtherInACircle() {
        classesWithoutCircles().check(CLASSES);
    }

    @Test
    void twoClassesThatNameEachOtherAreACircle() {
        JavaClasses ring = new ClassFileImporter().importClasses(CharSequence.class, String.class);

        assertThatThrownBy(() -> classesWithoutCircles().check(ring)).hasMessageContaining("Cycle detected");
    }

    @Test
    void oneRoomKnowsDockerJavaAndOneKnowsMaven() {
        assertThat(roomsThatImport("docker-java")).containsExactly("docker");
        assertThat(roomsThatImport("kubernetes-client")).containsExactly("kubernetes");
        assertThat(roomsThatImport("maven")).containsExactly("mojo");
        assertThat(roomsThatImport("opentelemetry")).containsExactly("telemetry");
        assertThat(roomsThatImport("junit-jupiter")).containsExactly("junit");
    }

    @Test
    void aTableThatIsNotThereIsNotAnEmptyOne() {
        assertThatThrownBy(() -> RoomTable.parse(List.of("# Architecture", "| `spec` | words | |")))
                .hasMessageContaining("no table of rooms");
    }

    private static ArchRule classesWithoutCircles() {
        return slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();
    }

    /** Slices of one top-level class each, with its nested classes. */
    private static final class TopLevelClasses implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass any) {
            return SliceIdentifier.of(any.getName().split("\\$")[0]);
        }

        @Override
        public String getDescription() {
            return "top-level classes";
        }
    }

    private static boolean isAllowed(Dependency dependency) {
        Optional<String> room = roomOf(dependency.getOriginClass());
        String target = nameOf(dependency.getTargetClass());
        return isPrimitive(target)
                || room.equals(wordFor(target))
                || Optional.of("jdk").equals(wordFor(target))
                || room.map(name -> TABLE.rows().getOrDefault(name, Set.of()))
                        .filter(allowed ->
                                wordFor(target).filter(allowed::contains).isPresent())
                        .isPresent();
    }

    private static Set<String> importsOf(String room) {
        return CLASSES.stream()
                .filter(origin -> roomOf(origin).equals(Optional.of(room)))
                .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                .flatMap(dependency -> wordFor(nameOf(dependency.getTargetClass())).stream())
                .filter(word -> !word.equals(room) && !word.equals("jdk"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> roomsThatImport(String library) {
        return TABLE.rows().keySet().stream()
                .filter(room -> importsOf(room).contains(library))
                .toList();
    }

    /** Returns the table's name for the package of a class, by the longest matching prefix; empty if it has none. */
    private static Optional<String> wordFor(String className) {
        return className.startsWith(ROOT)
                ? Optional.of(roomIn(className))
                : LIBRARIES.keySet().stream()
                        .filter(library -> prefix(library, className) > 0)
                        .max(Comparator.comparingInt(library -> prefix(library, className)));
    }

    private static int prefix(String library, String className) {
        return LIBRARIES.get(library).stream()
                .filter(className::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static Optional<String> roomOf(JavaClass room) {
        return Optional.of(nameOf(room)).filter(name -> name.startsWith(ROOT)).map(ArchitectureTest::roomIn);
    }

    private static String roomIn(String className) {
        return className.substring(ROOT.length()).split("\\.")[0];
    }

    /** Returns the class's name; for an array the name of its element type. */
    private static String nameOf(JavaClass any) {
        return any.getBaseComponentType().getName();
    }

    private static boolean isPrimitive(String className) {
        return !className.contains(".");
    }
}
