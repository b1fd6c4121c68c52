package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.EgressUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressTableTest {

    @TempDir
    private Path directory;

    @Test
    void theSummaryHasARowForEachHostAndTheRulesToPaste() {
        String summary = MarkdownSummary.of(
                ReportFixture.ofEveryOutcome(), Optional.empty(), ReportFixture.USES, ZoneOffset.UTC);

        assertThat(summary).endsWith("""

                ### Hosts

                | Agent | Host | Requests | Refused | Reason |
                |---|---|--:|--:|---|
                | fixer | `repo.example.org:8443` | 0 | 3 | not allowed |
                | reviewer | `repo.example.org:8443` | 0 | 1 | port |
                | fixer | `api.anthropic.com` | 0 | 2 | models |
                | fixer | `<img src=x>?'a'` | 0 | 1 | no host |
                | fixer | `api.anthropic.com` | 7 | 0 |  |

                These lines in `<egress>` would allow what was refused:

                ```xml
                <allow>repo.example.org:8443</allow>
                ```
                """);
    }

    @Test
    void theReportHasTheSameAndBringsNoHostsMarkupToLife() {
        String html =
                HtmlReport.of(ReportFixture.ofEveryOutcome(), Optional.empty(), ReportFixture.USES, ZoneOffset.UTC);

        assertThat(html)
                .contains("<h2 id=\"hosts\">Hosts</h2>")
                .contains("<tr><td>fixer</td><td>repo.example.org:8443</td><td class=\"n\">0</td>"
                        + "<td class=\"n\">3</td><td>not allowed</td></tr>")
                .contains("<pre>&lt;allow&gt;repo.example.org:8443&lt;/allow&gt;</pre>")
                .contains("&lt;img src=x&gt;")
                .doesNotContain("<img");
    }

    @Test
    void aFleetThatAskedForNothingHasNoTable() {
        assertThat(EgressTable.markdown(List.of())).isEmpty();
        assertThat(EgressTable.html(List.of())).isEmpty();
        assertThat(EgressTable.html(List.of(new EgressUse("fixer", "a.example", 443, 1, 0, ""))))
                .as("nothing was refused")
                .doesNotContain("would allow");
    }

    @Test
    void aLongTableIsCutAndSaysWhereTheRestIs() {
        List<EgressUse> many = IntStream.range(0, 203)
                .mapToObj(i -> new EgressUse("fixer", "h" + i + ".example", 443, 1, 0, ""))
                .toList();

        assertThat(EgressTable.markdown(many))
                .contains("3 more are in fleet.json.")
                .filteredOn(line -> line.startsWith("| fixer"))
                .hasSize(200);
        assertThat(EgressTable.html(many)).contains("3 more are in fleet.json.");
    }

    @Test
    void hostsAreReadBackAndAreInTheReportThatIsWrittenAgain() {
        ResultsWriter writer = ReportFixture.writer(directory);
        writer.egress(ReportFixture.USES);
        writer.write(ReportFixture.ofEveryOutcome());
        ResultFiles files = new ResultFiles(directory);

        assertThat(files.results().egress()).isEqualTo(ReportFixture.USES);
        files.writeReport(directory.resolve("again.html"), Optional.empty(), problem -> {});
        assertThat(directory.resolve("again.html")).content().contains("<h2 id=\"hosts\">Hosts</h2>");
        assertThat(directory.resolve("summary.md")).content().contains("### Hosts");
        assertThat(Files.exists(directory.resolve("report.html"))).isTrue();
    }
}
