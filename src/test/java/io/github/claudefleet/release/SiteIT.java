package io.github.claudefleet.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.results.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds the site and visits its pages. Screenshots are written to target/site-pictures. */
class SiteIT {

    private static final Path PICTURES = Path.of("target/site-pictures");
    private static final String REPOSITORY = "https://github.com/claudefleet/claude-fleet-maven-plugin/blob/HEAD/";
    private static final List<String> VISITED = List.of(
            "index",
            "docs/first-hour",
            "docs/configuration",
            "docs/goals",
            "docs/results",
            "docs/ci-systems",
            "docs/architecture");

    @TempDir
    private static Path directory;

    private static Site site;

    @BeforeAll
    static void build() throws Exception {
        ReleaseBuild build = ReleaseBuild.copyTo(directory.resolve("checkout"));
        build.maven("3.9.16", Map.of(), "022", "site");
        site = Site.read(build.target("site"));
    }

    @Test
    void eachLinkLeadsToAPageAndAPlaceInIt() {
        List<String> broken = new ArrayList<>();
        site.pages()
                .forEach((name, page) -> page.links().stream()
                        .filter(link -> !site.has(page.resolve(link)))
                        .forEach(link -> broken.add(name + " -> " + link)));

        assertThat(site.pages()).hasSizeGreaterThan(60);
        assertThat(broken).isEmpty();
    }

    @Test
    void eachLinkToTheRepositoryIsOneOfAFile() {
        List<String> links = site.pages().values().stream()
                .flatMap(page -> page.links().stream())
                .filter(link -> link.startsWith(REPOSITORY))
                .distinct()
                .toList();

        assertThat(links).hasSizeGreaterThan(3);
        assertThat(links)
                .allSatisfy(link -> assertThat(
                                Path.of(link.substring(REPOSITORY.length()).replaceFirst("#.*", "")))
                        .exists());
    }

    @Test
    void eachPageIsReachedFromTheFirst() {
        Set<String> reached = new TreeSet<>(Set.of("index.html"));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            Site.Page page = site.pages().get(open.remove());
            page.links().stream()
                    .map(link -> page.resolve(link).replaceFirst("#.*", ""))
                    .filter(site.pages()::containsKey)
                    .filter(reached::add)
                    .forEach(open::add);
        }

        assertThat(reached).isEqualTo(site.pages().keySet());
    }

    @ParameterizedTest
    @CsvSource({"375, 812", "1280, 900"})
    void isReadAtThatSizeWithoutErrorsOrOverflow(int width, int height) throws Exception {
        Files.createDirectories(PICTURES);
        try (Chromium chromium = Chromium.start(directory.resolve("profile-" + width))) {
            for (String page : VISITED) {
                chromium.open(site.directory().resolve(page + ".html"), width, height);
                chromium.picture(PICTURES.resolve(page.replace('/', '-') + "-" + width + ".png"), false);

                assertThat(Integer.parseInt(chromium.evaluate("document.documentElement.scrollWidth")))
                        .as("the width of %s", page)
                        .isLessThanOrEqualTo(width);
                assertThat(chromium.evaluate(
                                "[...document.images].filter(i => !i.naturalWidth).map(i => i.src).join()"))
                        .as("missing pictures of %s", page)
                        .isEmpty();
            }
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void showsTheTerminalAndTheReport() throws IOException {
        assertThat(Files.readString(site.directory().resolve("docs/first-hour.html")))
                .contains("src=\"terminal.svg\"");
        assertThat(Files.readString(site.directory().resolve("docs/results.html")))
                .contains("src=\"report.png\"");
    }
}
