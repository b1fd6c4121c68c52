package io.github.claudefleet.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.docs.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Builds the release twice, as far as it goes without an account, and checks the bundle against the requirements that
 * Central publishes.
 */
class ReleaseIT {

    private static final String NAME = "claude-fleet-maven-plugin-" + ReleaseBuild.VERSION;
    private static final String PLACE =
            "io/github/claudefleet/claude-fleet-maven-plugin/" + ReleaseBuild.VERSION + "/" + NAME;

    private static final String LICENCES = "docs/third-party.md";

    @TempDir
    private static Path directory;

    private static SigningKey key;
    private static ReleaseBuild first;
    private static ReleaseBuild second;
    private static Bundle bundle;

    @BeforeAll
    static void build() throws Exception {
        key = SigningKey.create();
        first = ReleaseBuild.copyTo(directory.resolve("first"));
        second = ReleaseBuild.copyTo(directory.resolve("another place/second"));
        first.maven("3.9.16", key.environment(), "022", "deploy", "-DskipUpload");
        bundle = Bundle.unpack(first.target("central-publishing/central-bundle.zip"), directory.resolve("bundle"));
        second.maven(
                "3.9.16",
                Map.of(
                        "TZ", "Pacific/Kiritimati",
                        "LC_ALL", "C",
                        "JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR"),
                "002",
                "package",
                // Most of a build's processor time.
                "-Dmaven.javadoc.skip");
    }

    @AfterAll
    static void removeKey() throws Exception {
        key.remove();
    }

    @Test
    void theBundleHasExactlyTheFilesThatCentralAsksFor() {
        assertThat(bundle.components())
                .containsExactlyInAnyOrder(
                        PLACE + ".pom",
                        PLACE + ".jar",
                        PLACE + "-sources.jar",
                        PLACE + "-javadoc.jar",
                        PLACE + "-cyclonedx.json",
                        PLACE + "-cyclonedx.xml");
        assertThat(bundle.entries())
                .containsExactlyInAnyOrderElementsOf(bundle.components().stream()
                        .flatMap(file -> Stream.of("", ".asc", ".md5", ".sha1", ".sha256", ".sha512")
                                .map(file::concat))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"md5, MD5", "sha1, SHA-1", "sha256, SHA-256", "sha512, SHA-512"})
    void eachFileHasAValidChecksum(String extension, String algorithm) throws Exception {
        for (String file : bundle.components()) {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(bundle.file(file)));
            assertThat(bundle.file(file + "." + extension))
                    .hasContent(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void eachFileHasAValidSignature() throws Exception {
        for (String file : bundle.components()) {
            key.verify(bundle.file(file + ".asc"), bundle.file(file));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "inceptionYear",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "developers/developer/organization",
                "developers/developer/organizationUrl",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "issueManagement/url"
            })
    void thePomSaysWhatCentralAsksFor(String element) throws Exception {
        assertThat(text(pom(), element)).isNotBlank().doesNotContain("${");
    }

    @Test
    void thePomNeedsNothingThatIsNotReleased() throws Exception {
        assertThat(bundle.file(PLACE + ".pom")).content().doesNotContain("SNAPSHOT");
        assertThat(children(pom()).map(Node::getNodeName)).doesNotContain("repositories", "pluginRepositories");
    }

    @Test
    void theSourcesAreThoseOfTheClasses() throws IOException {
        Set<String> sources = bundle.filesIn(PLACE + "-sources.jar").collect(Collectors.toSet());
        List<String> missing = bundle.filesIn(PLACE + ".jar")
                .filter(file -> file.endsWith(".class") && !file.contains("$"))
                .map(file -> file.replace(".class", ".java"))
                .filter(file -> !sources.contains(file))
                .toList();

        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(missing).isEmpty();
    }

    @Test
    void theJavadocIsThatOfThePackages() throws IOException {
        assertThat(bundle.filesIn(PLACE + "-javadoc.jar"))
                .contains("index.html", "io/github/claudefleet/fleet/Fleet.html");
    }

    @Test
    void thePluginHasItsDescriptorAndItsLicence() throws IOException {
        assertThat(bundle.filesIn(PLACE + ".jar"))
                .contains("META-INF/maven/plugin.xml", "META-INF/LICENSE", "META-INF/MANIFEST.MF");
    }

    @ParameterizedTest
    @ValueSource(strings = {".jar", "-sources.jar", "-cyclonedx.json", "-cyclonedx.xml", ".pom"})
    void anotherDirectoryTimeLocaleTimeZoneAndUmaskMakeTheSameBytes(String file) {
        assertThat(second.target(built(file))).hasSameBinaryContentAs(bundle.file(PLACE + file));
    }

    @Test
    void theLicencesOfTheDependenciesAreListed() throws IOException {
        JsonNode bom = new ObjectMapper()
                .readTree(bundle.file(PLACE + "-cyclonedx.json").toFile());
        String listed = ThirdPartyReference.of(bom);
        if (Boolean.getBoolean("update")) {
            Files.writeString(Path.of(LICENCES), listed);
        }
        assertThat(ProjectFiles.read(LICENCES))
                .as("%s is generated; CONTRIBUTING.md has the command", LICENCES)
                .isEqualTo(listed);
    }

    /** Returns the path below target of a file that the bundle has under another name. */
    private static String built(String file) {
        return switch (file) {
            case "-cyclonedx.json" -> "bom.json";
            case "-cyclonedx.xml" -> "bom.xml";
            case ".pom" -> "../pom.xml";
            default -> NAME + file;
        };
    }

    private static Element pom() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(bundle.file(PLACE + ".pom").toFile())
                .getDocumentElement();
    }

    private static String text(Element from, String path) {
        Element at = from;
        for (String step : path.split("/")) {
            at = (Element) children(at)
                    .filter(node -> node.getNodeName().equals(step))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The pom has no " + path));
        }
        return at.getTextContent();
    }

    private static Stream<Node> children(Element of) {
        NodeList nodes = of.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item);
    }
}
