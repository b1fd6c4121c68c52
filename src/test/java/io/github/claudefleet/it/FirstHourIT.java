package io.github.claudefleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docs.ProjectFiles;
import io.github.claudefleet.docs.Walkthrough;
import io.github.claudefleet.docs.Walkthrough.Step;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Runs the commands of docs/first-hour.md as a newcomer would: in an empty directory, with an empty home and an empty
 * local repository. Two things differ. The plugin comes from a repository on the disk, and the stand-in answers instead
 * of Anthropic.
 */
class FirstHourIT {

    private static final String PAGE = "docs/first-hour.md";
    private static final String PLUGIN = "claude-fleet-maven-plugin";

    private final FreshMachine machine = new FreshMachine();

    @BeforeEach
    void prepare() throws IOException {
        machine.publish(ProjectFiles.coordinate("version"));
    }

    @AfterEach
    void remove() throws Exception {
        machine.remove();
    }

    @Test
    void thePageLeadsFromAnEmptyDirectoryToAVerdict() throws Exception {
        StringBuilder said = new StringBuilder();
        for (Step step : Walkthrough.of(ProjectFiles.read(PAGE))) {
            if (step.file().isPresent()) {
                machine.write(step.file().get(), step.text());
            } else {
                said.append(machine.run(step.text(), step.signsIn()));
            }
        }

        assertThat(said)
                .contains("Login works: a real request was answered")
                .contains("2 of 2 tasks done")
                .contains("Fleet first-hour verified");
        assertThat(machine.home().resolve(".m2/repository/io/github/claudefleet/" + PLUGIN))
                .isDirectory();
        assertThat(machine.home().resolve(".claude-fleet/login/.credentials.json"))
                .isNotEmptyFile();
        assertThat(machine.directory("first-hour").resolve("target/claude-fleet/report.html"))
                .isNotEmptyFile();
        assertThat(containers()).isEmpty();
    }

    private static String containers() throws IOException, InterruptedException {
        return Command.run(
                Map.of(),
                List.of(
                        "docker",
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter",
                        "label=io.github.claudefleet.fleet=first-hour"));
    }
}
