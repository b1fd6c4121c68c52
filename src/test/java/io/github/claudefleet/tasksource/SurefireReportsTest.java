package io.github.claudefleet.tasksource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurefireReportsTest {

    @TempDir
    private Path base;

    @Test
    void aClassWithFailuresIsARow() throws IOException {
        report(
                "api/target/surefire-reports/TEST-shop.CartTest.xml",
                "shop.CartTest",
                failing("adds"),
                passing("takes"));
        report(
                "web/target/failsafe-reports/TEST-shop.PageIT.xml",
                "shop.PageIT",
                "<testcase name=\"loads\" classname=\"shop.PageIT\"><error type=\"E\" message=\"down\">at A.b</error>"
                        + "</testcase>",
                "<testcase name=\"skips\" classname=\"shop.PageIT\"><skipped/></testcase>");
        source("api/src/test/java/shop/CartTest.java");

        List<Row> rows = reports().read().rows();

        assertThat(rows).extracting(Row::name).containsExactly("shop.CartTest", "shop.PageIT");
        assertThat(rows.get(0).fields())
                .containsEntry("class", "shop.CartTest")
                .containsEntry("module", "api")
                .containsEntry("directory", "api")
                .containsEntry("file", "api/src/test/java/shop/CartTest.java")
                .containsEntry("tests", "adds")
                .containsEntry("failures", "1")
                .containsEntry("message", "adds: expected: <1> but was: <2>");
        assertThat(rows.get(0).fields().get("stack")).contains("at shop.CartTest.adds(CartTest.java:7)");
        assertThat(rows.get(1).fields()).containsEntry("file", "unknown").containsEntry("module", "web");
    }

    @Test
    void failuresOfNestedClassesAndOfTwoReportsAreOneRow() throws IOException {
        report("api/target/surefire-reports/TEST-shop.CartTest.xml", "shop.CartTest", failing("adds"));
        report(
                "api/target/surefire-reports/TEST-shop.CartTest$Empty.xml",
                "shop.CartTest$Empty",
                failing("takes").replace("shop.CartTest\"", "shop.CartTest$Empty\""));

        assertThat(reports().read().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.fields().get("tests")).contains("adds", "takes"));
    }

    @Test
    void aTestThatPassesWhenItIsRunAgainIsNoFailure() throws IOException {
        String stack = "<stackTrace>AssertionError\n\tat shop.CartTest.adds(CartTest.java:7)</stackTrace>";
        report(
                "api/target/surefire-reports/TEST-shop.CartTest.xml",
                "shop.CartTest",
                "<testcase name=\"flakes\" classname=\"shop.CartTest\"><flakyFailure message=\"no\" type=\"A\">" + stack
                        + "</flakyFailure></testcase>",
                "<testcase name=\"never\" classname=\"shop.CartTest\"><failure message=\"no\" type=\"A\">AssertionError"
                        + "</failure><rerunFailure message=\"no\" type=\"A\">" + stack + "</rerunFailure></testcase>");

        assertThat(reports().read().rows())
                .singleElement()
                .satisfies(row ->
                        assertThat(row.fields()).containsEntry("tests", "never").containsEntry("failures", "1"));
    }

    @Test
    void aNestedClassWithoutItsPackageIsOfTheClassOfItsReport() throws IOException {
        report(
                "api/target/surefire-reports/TEST-shop.CartTest.xml",
                "shop.CartTest",
                "<testcase name=\"takes\" classname=\"when empty\"><failure message=\"no\" type=\"A\">AssertionError"
                        + "</failure></testcase>");
        source("api/src/test/java/shop/CartTest.java");

        assertThat(reports().read().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.fields())
                        .containsEntry("class", "shop.CartTest")
                        .containsEntry("file", "api/src/test/java/shop/CartTest.java"));
    }

    @Test
    void tenThousandFailingClassesAreThereInAStableOrder() throws IOException {
        for (int number : IntStream.range(0, 10_000).toArray()) {
            String type = "shop.T" + number + "Test";
            report(
                    "api/target/surefire-reports/TEST-" + type + ".xml",
                    type,
                    failing("adds").replace("shop.CartTest\"", type + "\""));
        }

        FoundTasks tasks =
                new TaskExpansion(Optional.empty(), 20).expand(reports().read(), (task, values) -> task);

        assertThat(tasks.leftOut()).isEqualTo(9_980);
        assertThat(tasks.tasks()).extracting(FoundTask::name).startsWith("shop.t0test", "shop.t1000test");
        assertThat(tasks.tasks()).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is no test report",
        "no XML, is no test report",
        "<testsuite name=\"x\"><testcase, is no test report",
        "<project/>, its root is <project>",
        "<testsuite><failure>x</failure></testsuite>, is no test report",
        "'<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><testsuite name=\"&b;\"/>', it has a document type"
    })
    void aFileThatIsNoReportIsNamed(String text, String problem) throws IOException {
        Path file = base.resolve("api/target/surefire-reports/TEST-x.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);

        assertThatThrownBy(() -> reports().read())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void noFailuresAndNoReportsAreToldApart() throws IOException {
        assertThat(reports().read().nothing())
                .isEqualTo("there are no test reports (TEST-*.xml) in surefire-reports and failsafe-reports"
                        + " of the build's 2 modules");
        report("api/target/surefire-reports/TEST-shop.CartTest.xml", "shop.CartTest", passing("adds"));

        Rows rows = reports().read();

        assertThat(rows.rows()).isEmpty();
        assertThat(rows.nothing()).startsWith("no test fails in the 1 test reports in surefire-reports");
    }

    @Test
    void otherDirectoriesAreFoundByAPattern() throws IOException {
        report("api/build/reports/TEST-shop.CartTest.xml", "shop.CartTest", failing("adds"));

        Rows rows = new SurefireReports(modules(), base, List.of("**/build/reports")).read();

        assertThat(rows.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.fields()).containsEntry("module", "api"));
        assertThatThrownBy(() -> new SurefireReports(modules(), base, List.of("../reports")).read())
                .hasMessageContaining("leads out of the project");
    }

    private SurefireReports reports() {
        return new SurefireReports(modules(), base, List.of());
    }

    private List<BuildModule> modules() {
        return List.of(module("api"), module("web"));
    }

    private BuildModule module(String name) {
        Path directory = base.resolve(name);
        return new BuildModule(
                "org.shop",
                name,
                "1.0",
                "jar",
                directory,
                directory.resolve("target"),
                List.of(directory.resolve("src/test/java")));
    }

    private void report(String file, String type, String... tests) throws IOException {
        source(file);
        Files.writeString(
                base.resolve(file),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuite name=\"" + type + "\" time=\"0.1\" tests=\"1\""
                        + " errors=\"0\" skipped=\"0\" failures=\"1\">" + String.join("", tests) + "</testsuite>");
    }

    private void source(String file) throws IOException {
        Path path = base.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
    }

    private static String failing(String test) {
        return "<testcase name=\"" + test + "\" classname=\"shop.CartTest\" time=\"0.1\">"
                + "<failure message=\"expected: &lt;1&gt; but was: &lt;2&gt;\" type=\"AssertionError\"><![CDATA["
                + "AssertionError: expected\n\tat shop.CartTest.adds(CartTest.java:7)]]></failure></testcase>";
    }

    private static String passing(String test) {
        return "<testcase name=\"" + test + "\" classname=\"shop.CartTest\" time=\"0.1\"/>";
    }
}
