package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that names and prose keep to the words of the field; docs/glossary.md has them. */
class VocabularyTest {

    private static final String RETIRED = "src/test/resources/io/github/claudefleet/retired-names.txt";

    private static final Pattern NESTED = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

    private static final Pattern BEGINNING = Pattern.compile("/\\*\\*[\\s*]*(What|Who|How|Whether|The same)\\b[^\\n]*|"
            + "\\* *@(?:param +\\S+|return) +(What|Who|How|Whether|The same)\\b[^\\n]*");

    private static final int LONGEST_LINE = 120;

    private final List<Path> sources = Stream.of("src/main/java", "src/test/java")
            .flatMap(directory -> ProjectFiles.sources(directory).stream())
            .toList();

    @Test
    void noTypeHasARetiredName() {
        Set<String> retired = new HashSet<>(ProjectFiles.read(RETIRED).lines().toList());
        assertThat(retired).hasSizeGreaterThan(100);
        assertThat(sources)
                .hasSizeGreaterThan(500)
                .allSatisfy(file -> assertThat(retired)
                        .as(file.toString())
                        .doesNotContain(file.getFileName().toString().replace(".java", "")));
    }

    @Test
    void noJavadocBeginsWithAQuestionWord() {
        assertThat(sources)
                .allSatisfy(file -> assertThat(found(BEGINNING, 0, ProjectFiles.read(file)))
                        .as(file.toString())
                        .isEmpty());
    }

    @Test
    void noTestHasAnUnderscoreInItsName() {
        Pattern name = Pattern.compile("void (\\w+_\\w+)\\(");

        assertThat(sources)
                .allSatisfy(file -> assertThat(found(name, 1, ProjectFiles.read(file)))
                        .as(file.toString())
                        .isEmpty());
    }

    /** Rows of tables can't be wrapped, and code is as long as it is. */
    @Test
    void noLineOfProseInMarkdownIsLongerThanAReaderLikes() {
        assertThat(ProjectFiles.documents())
                .hasSizeGreaterThan(40)
                .allSatisfy(file -> assertThat(prose(ProjectFiles.read(file)))
                        .as(file.toString())
                        .allMatch(line -> line.length() <= LONGEST_LINE));
    }

    private static List<String> prose(String document) {
        String withoutCode = document.replaceAll("(?ms)^ *```.*?^ *```", "");
        return withoutCode.lines().filter(line -> !line.startsWith("|")).toList();
    }

    private static List<String> found(Pattern pattern, int group, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(result -> result.group(group)).toList();
    }
}
