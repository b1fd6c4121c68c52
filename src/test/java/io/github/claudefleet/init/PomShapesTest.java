package io.github.claudefleet.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.ReaderFactory;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Poms of many shapes, compared byte by byte outside of the addition. */
class PomShapesTest {

    /** Place of the addition in a shape. */
    private static final String PLACE = "‸";

    private static final String HEAD = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>shop</artifactId>
              <version>1</version>""";

    private static final String OTHER =
            "<plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin>";

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("no build section", HEAD + PLACE + "\n</project>\n"),
                shape("no line end at the end", HEAD + PLACE + "\n</project>"),
                shape("tabs", (HEAD + PLACE + "\n</project>\n").replace("  ", "\t")),
                shape("CRLF", (HEAD + PLACE + "\n</project>\n").replace("\n", "\r\n")),
                shape(
                        "CRLF with a few LF",
                        (HEAD + "\n  <build>\n    <plugins>\n      " + OTHER + PLACE + "\n    </plugins>")
                                        .replace("\n", "\r\n")
                                + "\n  </build>\n</project>\n"),
                shape(
                        "plugins, with comments around them",
                        HEAD + "\n  <!-- build -->\n  <build>\n    <plugins>\n      <!-- a -->\n      " + OTHER
                                + " <!-- same line -->\n      <!-- <plugin> off </plugin> -->" + PLACE
                                + "\n    </plugins> <!-- end -->\n  </build>\n</project>\n<!-- last -->\n"),
                shape(
                        "plugins without a plugin",
                        HEAD + "\n  <build>\n    <plugins>" + PLACE + "\n    </plugins>\n  </build>\n</project>\n"),
                shape(
                        "build without plugins",
                        HEAD + "\n  <build>\n    <finalName>x</finalName>" + PLACE + "\n\n  </build>\n</project>\n"),
                shape(
                        "only pluginManagement",
                        HEAD + "\n  <build>\n    <pluginManagement>\n      <plugins>\n        " + OTHER
                                + "\n      </plugins>\n    </pluginManagement>" + PLACE + "\n  </build>\n</project>\n"),
                shape(
                        "builds in profiles alone",
                        HEAD + " <!-- version -->" + PLACE
                                + "\n\n  <!-- for CI -->\n  <profiles>\n    <profile>\n      <id>ci</id>\n      <build>\n        <plugins>"
                                + OTHER + "</plugins>\n      </build>\n    </profile>\n  </profiles>\n</project>\n"),
                shape(
                        "a build and one in a profile before it",
                        HEAD + "\n  <profiles>\n    <profile>\n      <id>ci</id>\n      <build>\n        <plugins/>\n"
                                + "      </build>\n    </profile>\n  </profiles>\n  <build>\n    <plugins>\n      "
                                + OTHER
                                + PLACE + "\n    </plugins>\n  </build>\n</project>\n"),
                shape(
                        "reporting and profiles behind",
                        HEAD + PLACE + "\n  <reporting/>\n  <profiles/>\n  <!-- end -->\n</project>\n"),
                shape("one line", HEAD.replaceAll("\n *", "") + PLACE + "</project>\n"),
                shape(
                        "one line with plugins",
                        HEAD.replaceAll("\n *", "") + "<build><plugins>" + OTHER + PLACE
                                + "</plugins></build></project>"),
                shape(
                        "a parent with plugins",
                        "<project xmlns='http://maven.apache.org/POM/4.0.0'>\n  <modelVersion>4.0.0</modelVersion>\n"
                                + "  <parent>\n    <groupId>g</groupId>\n    <artifactId>p</artifactId>\n"
                                + "    <version>1</version>\n  </parent>\n\n  <artifactId>a</artifactId>" + PLACE
                                + "\n</project>\n"),
                shape(
                        "CDATA, references and a comment that looks like a build",
                        HEAD + "\n  <description><![CDATA[ <build> & ]]> a &amp; b &#228; &#xE4; > ]]</description>\n"
                                + "  <!-- <build><plugins></plugins></build> -->\n  <name>x</name  >" + PLACE
                                + "\n</project  >\n"),
                shape(
                        "attributes on several lines",
                        "<project\n    xmlns = 'http://maven.apache.org/POM/4.0.0'\n"
                                + "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
                                + "    xsi:schemaLocation=\"http://maven.apache.org/POM/4.0.0\n"
                                + "                        http://maven.apache.org/xsd/maven-4.0.0.xsd\" >\n"
                                + "    <modelVersion>4.0.0</modelVersion>\n    <artifactId>a</artifactId>" + PLACE
                                + "\n</project>\n"),
                shape(
                        "no indentation",
                        HEAD.replaceAll("\n *", "\n") + "\n<build>\n<plugins>\n" + OTHER + PLACE
                                + "\n</plugins>\n</build>\n</project>\n"),
                shape(
                        "entities of HTML, which Maven 3 knows",
                        HEAD + "\n  <name>caf&eacute;&nbsp;&copy;</name>" + PLACE + "\n</project>\n"),
                shape(
                        "a prefix that is not declared",
                        (HEAD + PLACE + "\n</project>\n").replace("4.0.0\">", "4.0.0\" xsi:schemaLocation=\"a b\">")),
                shape(
                        "references in an attribute",
                        HEAD
                                + "\n  <build>\n    <plugins>\n      <plugin>\n        <artifactId>x</artifactId>\n        <configuration>"
                                + "<a b=\"1&#10;2&quot;&lt;\" c='\"'/></configuration>\n      </plugin>" + PLACE
                                + "\n    </plugins>\n  </build>\n</project>\n"),
                shape("line ends of old Macs", (HEAD + PLACE + "\n</project>\n").replace("\n", "\r")),
                shape(
                        "processing instructions",
                        "<?xml version='1.0'?>\n<?model href=\"a\"?>\n" + HEAD + "\n  <?keep this?>\n  <name>x</name>"
                                + PLACE + "\n</project>\n<?end?>\n"));
    }

    private static Arguments shape(String name, String text) {
        return Arguments.of(Named.of(name, text));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void nothingElseChanges(String shape) throws Exception {
        String addition = additionTo(shape, "", StandardCharsets.UTF_8);

        assertThat(addition).contains("<artifactId>" + InitFixture.ARTIFACT + "</artifactId>");
        assertThat(lineEnds(addition)).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aSecondRunFindsThePlugin(String shape) {
        Pom pom = Pom.read("pom.xml", shape.replace(PLACE, "").getBytes(StandardCharsets.UTF_8));
        assertThat(pom.declarationOf(InitFixture.PLUGIN)).isEmpty();

        Pom changed = Pom.read("pom.xml", pom.with(InitFixture.PLUGIN, InitFixture.PLUGIN.lines(InitFixture.REVIEW)));

        assertThat(changed.declarationOf(InitFixture.PLUGIN)).contains("<build>");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void mavenReadsTheResult(String shape) throws Exception {
        byte[] before = shape.replace(PLACE, "").getBytes(StandardCharsets.UTF_8);

        assertPluginAdded(before, added(before));
    }

    static Stream<String> encodings() {
        return Stream.of("ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "UTF-8");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aPomKeepsItsEncoding(String encoding) throws Exception {
        String declaration = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n";
        String name = encoding.equals("US-ASCII") ? "plain" : "Käse";
        String shape = declaration + HEAD + "\n  <name>" + name + "</name>" + PLACE + "\n</project>\n";
        String mark = encoding.matches("UTF-16.E") ? "\uFEFF" : "";

        additionTo(shape, mark, Charset.forName(encoding));
        byte[] before = (mark + shape.replace(PLACE, "")).getBytes(encoding);
        assertPluginAdded(before, added(before));
    }

    @Test
    void aPomKeepsItsByteOrderMark() throws Exception {
        additionTo(HEAD + PLACE + "\n</project>\n", "\uFEFF", StandardCharsets.UTF_8);
    }

    @Test
    void theAdditionHasTheLayoutOfThePom() throws Exception {
        String shape = (HEAD + "\n\n  <dependencies/>" + PLACE + "\n</project>\n").replace("  ", "\t");

        assertThat(additionTo(shape, "", StandardCharsets.UTF_8))
                .isEqualTo("\n\n" + """
                <build>
                    <plugins>
                        <plugin>
                            <groupId>io.github.claudefleet</groupId>
                            <artifactId>claude-fleet-maven-plugin</artifactId>
                            <version>1.0</version>
                            <configuration>
                                <agents>
                                    <agent>
                                        <name>reviewer</name>
                                        <promptFile>src/fleet/reviewer.md</promptFile>
                                    </agent>
                                </agents>
                            </configuration>
                        </plugin>
                    </plugins>
                </build>""".indent(4).stripTrailing().replace("    ", "\t"));
    }

    static Stream<Arguments> emptyElements() {
        return Stream.of(
                Arguments.of("<build/>", "<build>\n    <plugins>", "</plugins>\n  </build>"),
                Arguments.of("<build />", "<build>\n    <plugins>", "</plugins>\n  </build>"),
                Arguments.of("<build></build>", "<build>\n    <plugins>", "</plugins>\n  </build>"),
                Arguments.of(
                        "<build><plugins/></build>",
                        "<build><plugins>\n      <plugin>",
                        "</plugin>\n    </plugins></build>"));
    }

    @ParameterizedTest
    @MethodSource("emptyElements")
    void anEmptyElementIsOpened(String empty, String begin, String end) throws Exception {
        byte[] before = (HEAD + "\n  " + empty + "\n</project>\n").getBytes(StandardCharsets.UTF_8);
        byte[] after = added(before);

        assertThat(new String(after, StandardCharsets.UTF_8))
                .startsWith(HEAD + "\n  " + begin)
                .endsWith(end + "\n</project>\n");
        assertPluginAdded(before, after);
    }

    @Test
    void aPomWithAPrefixGetsElementsWithIt() throws IOException {
        String shape = "<m:project xmlns:m='http://maven.apache.org/POM/4.1.0'>\n  <m:artifactId>a</m:artifactId>"
                + PLACE + "\n</m:project>\n";

        assertThat(additionTo(shape, "", StandardCharsets.UTF_8))
                .contains("<m:plugin>", "</m:build>", "<m:promptFile>")
                .doesNotContain("<plugin>");
    }

    @Test
    void aPomOfMavenFourIsLikeAnyOther() throws IOException {
        String shape = ("<?xml version=\"1.0\"?>\n" + HEAD + PLACE + "\n</project>\n").replace("4.0.0", "4.1.0");

        assertThat(additionTo(shape, "", StandardCharsets.UTF_8)).contains("<plugin>");
    }

    @Test
    void aDeclaredPluginIsFoundWhereverItIs() {
        String plugin =
                "<plugin><groupId> io.github.claudefleet </groupId><artifactId>claude-fleet-maven-plugin</artifactId></plugin>";
        String build = "<build><plugins>" + plugin + "</plugins></build>";

        assertThat(declared(build)).contains("<build>");
        assertThat(declared("<profiles><profile><id>ci</id>" + build + "</profile></profiles>"))
                .contains("profile ci");
        assertThat(declared("<build><pluginManagement><plugins>" + plugin + "</plugins></pluginManagement></build>"))
                .isEmpty();
        assertThat(declared("<!-- " + build + " -->")).isEmpty();
        assertThat(declared(build.replaceAll("<groupId>.*</groupId>", ""))).isEmpty();
    }

    @Test
    void aDocumentTypeIsRefused() {
        assertRefused("<!DOCTYPE project [ <!ENTITY v '1'> ]>\n" + HEAD + "\n</project>\n", "has a document type");
    }

    @Test
    void textInAnotherEncodingThanDeclaredIsRefused() {
        byte[] bytes = ("<?xml version='1.0' encoding='UTF-8'?>\n" + HEAD + "<name>Käse</name></project>")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Pom.read("pom.xml", bytes))
                .hasMessageContaining("not text in its own encoding (UTF-8)");
    }

    @Test
    void unknownEncodingsAndOtherFilesAreRefused() {
        assertRefused("<?xml version='1.0' encoding='klingon'?>\n" + HEAD + "</project>", "encoding");
        assertRefused("<settings/>", "has no <project>");
        assertRefused("modelVersion: 4.0.0\n", "pom.xml");
        assertRefused("", "pom.xml");
        assertRefused(HEAD, "can't be read as XML");
    }

    private static void assertRefused(String text, String problem) {
        assertThatThrownBy(() -> Pom.read("pom.xml", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(problem);
    }

    private static Optional<String> declared(String part) {
        return Pom.read("pom.xml", (HEAD + part + "</project>").getBytes(StandardCharsets.UTF_8))
                .declarationOf(InitFixture.PLUGIN);
    }

    /** Returns the text that was added, after a comparison of all bytes around it. */
    private static String additionTo(String shape, String mark, Charset charset) throws IOException {
        String[] parts = shape.split(PLACE, -1);
        byte[] before = (mark + parts[0] + parts[1]).getBytes(charset);
        String after = new String(added(before), charset).substring(mark.length());

        assertThat(after).startsWith(parts[0]).endsWith(parts[1]);
        String addition = after.substring(parts[0].length(), after.length() - parts[1].length());
        assertThat(added(before)).isEqualTo((mark + parts[0] + addition + parts[1]).getBytes(charset));
        return addition;
    }

    private static byte[] added(byte[] pom) {
        return Pom.read("pom.xml", pom).with(InitFixture.PLUGIN, InitFixture.PLUGIN.lines(InitFixture.REVIEW));
    }

    private static List<String> lineEnds(String text) {
        return Pattern.compile("\r\n|\r|\n")
                .matcher(text)
                .results()
                .map(one -> one.group())
                .distinct()
                .toList();
    }

    private static void assertPluginAdded(byte[] before, byte[] after) throws IOException, XmlPullParserException {
        List<String> expected = Stream.concat(plugins(before).stream(), Stream.of("claude-fleet-maven-plugin"))
                .toList();

        assertThat(plugins(after)).isEqualTo(expected);
        assertThat(Arrays.equals(before, after)).isFalse();
    }

    private static List<String> plugins(byte[] pom) throws IOException, XmlPullParserException {
        try (Reader reader = ReaderFactory.newXmlReader(new ByteArrayInputStream(pom))) {
            Model model = new MavenXpp3Reader().read(reader);
            return model.getBuild() == null
                    ? List.of()
                    : model.getBuild().getPlugins().stream()
                            .map(Plugin::getArtifactId)
                            .toList();
        }
    }
}
