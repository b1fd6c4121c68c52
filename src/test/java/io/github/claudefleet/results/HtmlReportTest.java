package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import java.io.StringReader;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void tellsOfEveryTask() {
        String html = html(ReportFixture.ofEveryOutcome());

        assertThat(html)
                .contains("<h1>shop</h1>", "2026-11-24 08:00:00 Z, 10m", "<dd>1 of 19</dd>", "<dd>$4.75 of $20.00</dd>")
                .contains("reviewer/failed", "fixer/not-started", "Edit", "src/A.java", "mvn test (status 1)", "5a7b");
        for (Outcome outcome : Outcome.values()) {
            assertThat(html).contains(">" + outcome.value() + "<");
        }
    }

    @Test
    void bringsNobodysMarkupToLife() {
        String html = html(ReportFixture.of(List.of(ReportFixture.withAnswer(
                ReportFixture.task(Outcome.FAILED),
                "</pre><script>alert(1)</script><img src=x onerror=alert(1)>'\"&"))));

        assertThat(html)
                .contains(
                        "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;")
                .doesNotContain("<script", "<img");
    }

    @Test
    void needsNothingButItself() {
        String html = html(ReportFixture.ofEveryOutcome());

        assertThat(html).contains("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(Pattern.compile("(?:src|href|url\\()\\s*=?\\s*[\"'(]?(?:https?:)?//")
                        .matcher(html)
                        .find())
                .as("an address of another place")
                .isFalse();
    }

    @Test
    void cutsALongAnswerAndSaysWhereTheRestIs() {
        String html = html(ReportFixture.of(
                List.of(ReportFixture.withAnswer(ReportFixture.task(Outcome.DONE), "<>&".repeat(2 << 20)))));

        assertThat(html).hasSizeLessThan(400_000).contains("<a href=\"fixer/done/answer.md\">");
    }

    @Test
    void replacesWhatNoPageCanHold() {
        assertThat(html(ReportFixture.of(
                        List.of(ReportFixture.withAnswer(ReportFixture.task(Outcome.DONE), ReportFixture.IMPOSSIBLE)))))
                .contains("a \uFFFD b \uFFFD c \uFFFD d");
    }

    @Test
    void tellsOfEachRoundInTheTaskAndInTheTimeline() {
        AgentName fixer = new AgentName("fixer");
        String html = html(ReportFixture.of(List.of(ReportFixture.inRounds(TaskId.of(fixer), fixer))));

        assertThat(html)
                .contains(
                        "<ul class=\"rounds\"><li>Round 1: <span class=\"word bad\">check failed (status 1)</span> "
                                + "$0.12, 3 turns<pre>2 tests failed: &lt;b&gt;</pre></li>"
                                + "<li>Round 2: <span class=\"word bad\">check failed (status 2)</span> "
                                + "$0.05, 2 turns</li>"
                                + "<li>Round 3: <span class=\"word good\">check passed</span> $0.08, 2 turns</li></ul>",
                        "<i class=\"round\" style=\"left:40.00%\" title=\"fixer: round 2\"></i>"
                                + "<i class=\"round\" style=\"left:80.00%\" title=\"fixer: round 3\"></i></div>")
                .doesNotContain("round 1\"");
    }

    @Test
    void aSingleRoundIsNoNews() {
        assertThat(html(ReportFixture.ofEveryOutcome())).doesNotContain("class=\"round\"", "class=\"rounds\"");
    }

    @Test
    void tellsOfAFleetWithoutTasks() {
        assertThat(html(ReportFixture.of(List.of()))).contains("0 of 0", "Nobody has begun anything.");
    }

    @Test
    void everyTagIsClosed() throws Exception {
        String body = html(ReportFixture.ofEveryOutcome())
                .replaceFirst("(?s).*<body>", "<body>")
                .replace("</html>", "");
        XMLStreamReader xml =
                XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(body.replace(" open>", ">")));
        int elements = 0;
        while (xml.hasNext()) {
            elements += xml.next() == XMLStreamReader.START_ELEMENT ? 1 : 0;
        }
        assertThat(elements).isGreaterThan(200);
    }

    private static String html(FleetReport report) {
        return HtmlReport.of(report, Optional.empty(), List.of(), ZoneOffset.UTC);
    }
}
