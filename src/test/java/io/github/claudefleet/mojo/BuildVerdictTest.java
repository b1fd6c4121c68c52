package io.github.claudefleet.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.results.FailOn;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.BuildIdentity;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Project;
import io.github.claudefleet.task.FleetReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selection of the results that verify judges, by fleet and build. */
class BuildVerdictTest {

    private static final BuildVerdict ANY = new BuildVerdict(FailOn.DEFAULT, 0, Optional.empty());
    private static final Instant ENDED = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    private Path directory;

    private final RecordedLines lines = new RecordedLines();

    @Test
    void resultsOfThisBuildAreJudgedWithoutAWordOfTheirAge() {
        write(fleet("shop", "shop", "one"));

        assertThatCode(() -> judge(fleet("shop", "shop", "one"), true)).doesNotThrowAnyException();
        assertThat(String.join("\n", lines.all()))
                .contains("Fleet shop verified")
                .doesNotContain("earlier build");
    }

    @Test
    void resultsOfAnEarlierBuildAreJudgedWhereNoneIsAwaitedAndSayOfWhenTheyAre() {
        write(fleet("shop", "shop", "one"));

        assertThatCode(() -> judge(fleet("shop", "shop", "two"), false)).doesNotThrowAnyException();
        assertThat(String.join("\n", lines.all()))
                .contains("Fleet shop: these results are of an earlier build, which ended 2026-11-24");
    }

    @Test
    void resultsOfAnEarlierBuildAreNotTakenForThoseOfOneThatAwaits() {
        write(fleet("shop", "shop", "one"));

        assertThatThrownBy(() -> judge(fleet("shop", "shop", "two"), true))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith(
                        "Fleet shop: " + directory + " has the results of an earlier build (ended 2026-11-24")
                .hasMessageContaining("claude-fleet:await has not run in this one");
    }

    @Test
    void anotherFleetsResultsAreRefused() {
        write(fleet("shop-fix", "shop", "one"));

        assertThatThrownBy(() -> judge(fleet("shop-review", "shop", "one"), false))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(
                        "has the results of fleet shop-fix of /home/ann/shop, and not of fleet shop-review");
    }

    @Test
    void anotherModulesResultsOfTheSameBuildAreRefused() {
        write(fleet("crew", "module-one", "one"));

        assertThatThrownBy(() -> judge(fleet("crew", "module-two", "one"), false))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("has the results of fleet crew of /home/ann/module-one");
    }

    @Test
    void resultsThatWereCarriedToAnotherMachineAreJudged() {
        write(fleet("shop", "shop", "one"));

        assertThatCode(() -> judge(fleet("shop", "elsewhere", "two"), false)).doesNotThrowAnyException();
    }

    @Test
    void aSummaryThatNobodyCanAddToIsAWarning() throws Exception {
        write(fleet("shop", "shop", "one"));
        ResultFiles files = new ResultFiles(directory);
        Path page = directory.resolve("page.md");

        for (String file : List.of(
                directory.toString(), directory + "/not/there.md", "/dev/full", "a\u0000b", "/proc/no/such/file")) {
            CiSummary.append(files, file, new ConsoleListeners(lines).goals());
        }
        CiSummary.append(files, "", new ConsoleListeners(lines).goals());
        CiSummary.append(files, null, new ConsoleListeners(lines).goals());
        CiSummary.append(files, page.toString(), new ConsoleListeners(lines).goals());

        assertThat(String.join("\n", lines.all()).split("Could not add the summary to the CI job's page"))
                .hasSize(6);
        assertThat(Files.readString(page)).startsWith("## Fleet shop");
    }

    @Test
    void aSummaryThatWouldCostThePageOfAllIsLeftOut() throws Exception {
        write(fleet("shop", "shop", "one"));
        Path page = Files.writeString(directory.resolve("page.md"), "x".repeat((1 << 20) - 20));

        CiSummary.append(new ResultFiles(directory), page.toString(), new ConsoleListeners(lines).goals());

        assertThat(page).hasSize((1 << 20) - 20);
        assertThat(lines.all()).singleElement().asString().contains("more than 1 MiB");
    }

    private void judge(FleetId fleet, boolean ofThisBuild) throws MojoFailureException {
        ANY.judge(fleet, new ResultFiles(directory), ofThisBuild, new ConsoleListeners(lines).goals());
    }

    private void write(FleetId fleet) {
        ResultsWriter writer = new ResultsWriter(directory, ResultsOrigin.of(fleet), warning -> {});
        writer.write(new FleetReport(fleet.name(), ENDED, Optional.of(ENDED), Optional.empty(), List.of()));
        writer.write(List.of(), ENDED);
    }

    private static FleetId fleet(String name, String project, String build) {
        return new FleetId(
                new FleetName(name),
                new Project("c0ffee00c0ff", "/home/ann/" + project),
                Lifetime.BUILD,
                new BuildIdentity(build, "nobody"));
    }
}
