package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SnippetsTest {

    private static final String SOURCE = """
            <a>
              <!-- tag::b[] -->
              <b>
                <c>@project.artifactId@</c>
              </b>
              <!-- end::b[] -->
            </a>
            """;

    @TestFactory
    Stream<DynamicTest> aDocumentShowsWhatTheTestsRun() {
        return ProjectFiles.documents().stream()
                .flatMap(file -> Snippet.in(ProjectFiles.read(file)).stream()
                        .map(snippet -> DynamicTest.dynamicTest(
                                file.getFileName() + " quotes " + snippet.file() + "#" + snippet.tag(),
                                () -> assertThat(snippet.block())
                                        .isEqualTo(Snippet.quote(ProjectFiles.read(snippet.file()), snippet.tag())))));
    }

    @Test
    void everyMarkerIsFollowedByItsBlock() {
        assertThat(ProjectFiles.documents()).allSatisfy(file -> {
            String document = ProjectFiles.read(file);
            long markers = document.lines()
                    .filter(line -> line.startsWith("<!-- snippet:"))
                    .count();
            assertThat(Snippet.in(document)).as(file.toString()).hasSize((int) markers);
        });
    }

    @Test
    void theReadmeHasAPomToCopy() {
        assertThat(Snippet.in(ProjectFiles.read("README.md")))
                .extracting(Snippet::file)
                .contains("src/it/quickstart/pom.xml");
    }

    @Test
    void aQuoteIsUnindentedAndFilledIn() {
        assertThat(Snippet.quote(SOURCE, "b")).isEqualTo("<b>\n  <c>claude-fleet-maven-plugin</c>\n</b>");
    }

    @Test
    void aQuoteOfJavaKeepsItsIndentation() {
        String source = "import a.B;\n\n// tag::c[]\nclass C {\n    B b;\n}\n// end::c[]\n";

        assertThat(Snippet.quote(source, "c")).isEqualTo("class C {\n    B b;\n}");
        assertThat(Snippet.in("<!-- snippet: C.java#c -->\n```java\nclass C {\n    B b;\n}\n```\n"))
                .extracting(Snippet::block)
                .containsExactly(Snippet.quote(source, "c"));
    }

    @Test
    void aTagThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> Snippet.quote(SOURCE, "other")).hasMessageContaining("tag::other[]");
    }

    @Test
    void aSnippetIsFoundWithItsPlaceAndItsBlock() {
        assertThat(Snippet.in("text\n\n<!-- snippet: a/pom.xml#b -->\n```xml\n<b>\n</b>\n```\n"))
                .isEqualTo(List.of(new Snippet("a/pom.xml", "b", "<b>\n</b>")));
    }
}
