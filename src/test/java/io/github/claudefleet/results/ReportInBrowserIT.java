package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the HTML report from disk in a real browser. Screenshots are written to target/report-pictures. */
class ReportInBrowserIT {

    private static final Path PICTURES = Path.of("target/report-pictures");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"375, 812", "1280, 900"})
    void isReadAtThatSizeWithoutErrorsOrOverflow(int width, int height) throws Exception {
        try (Chromium chromium = Chromium.start(directory.resolve("profile"))) {
            FleetReport report = many();
            chromium.open(written(report), width, height);
            Files.createDirectories(PICTURES);
            chromium.picture(PICTURES.resolve("report-" + width + ".png"), false);

            assertThat(chromium.evaluate("document.querySelectorAll('details').length"))
                    .isEqualTo(String.valueOf(report.tasks().size()));
            assertThat(Integer.parseInt(chromium.evaluate("document.documentElement.scrollWidth")))
                    .as("the page's width")
                    .isLessThanOrEqualTo(width);
            assertThat(Double.parseDouble(chromium.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")))
                    .as("the text's size")
                    .isGreaterThanOrEqualTo(14);
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void runsNothingThatAnAnswerBringsAlong() throws Exception {
        TaskReport task = ReportFixture.withAnswer(
                ReportFixture.task(Outcome.FAILED),
                "</pre><script>window.hacked = 1</script><img src=x onerror='hacked=1'>");
        try (Chromium chromium = Chromium.start(directory.resolve("profile"))) {
            chromium.open(written(ReportFixture.of(List.of(task))), 800, 600);

            assertThat(chromium.evaluate("typeof hacked")).isEqualTo("undefined");
            assertThat(chromium.evaluate("document.querySelector('pre').textContent"))
                    .startsWith("</pre><script>");
        }
    }

    private Path written(FleetReport report) {
        ReportFixture.writer(directory.resolve("a folder/ü")).write(report);
        return directory.resolve("a folder/ü/report.html");
    }

    /** Report with every outcome, forty tasks of a queue at different times, and texts too long for a line. */
    private static FleetReport many() {
        List<TaskReport> tasks = new ArrayList<>(ReportFixture.ofEveryOutcome().tasks());
        for (int number = 1; number <= 40; number++) {
            tasks.add(ReportFixture.at(
                    TaskId.parse(String.format("tester/%02d-case", number)),
                    new AgentName("tester-" + (number % 4 + 1)),
                    number * 12,
                    8 + number % 5));
        }
        tasks.add(ReportFixture.withAnswer(
                ReportFixture.at(
                        TaskId.parse("a-queue-with-a-rather-long-name/and-a-part-that-is-long-too"),
                        new AgentName("a-queue-with-a-rather-long-name-12"),
                        30,
                        400),
                "x".repeat(4000) + "\n" + "漢字".repeat(500)));
        for (int number = 1; number <= 3; number++) {
            tasks.add(ReportFixture.at(
                    TaskId.of(new AgentName("reviewer-" + number)),
                    new AgentName("reviewer-" + number),
                    number * 40,
                    90));
        }
        return ReportFixture.of(tasks);
    }
}
