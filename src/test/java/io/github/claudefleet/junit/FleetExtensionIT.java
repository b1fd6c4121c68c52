package io.github.claudefleet.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of the extension that are written with it. FleetEndIT has what is left after tests. */
@ExtendWith(ShopProject.class)
@Fleet(
        name = "junit-shop",
        project = "target/junit-shop",
        customizer = TestsEngine.class,
        agents = {
            @Agent(name = "fixer", prompt = "Fix the build.", check = "grep -q good build.txt", rounds = 1),
            @Agent(
                    name = "writer",
                    tasks = {
                        @AgentTask(name = "news", prompt = "Write the news."),
                        @AgentTask(name = "poem", prompt = "Write a poem.")
                    }),
            @Agent(name = "idle")
        })
class FleetExtensionIT {

    private final RunningFleet ofConstructor;

    FleetExtensionIT(RunningFleet fleet) {
        this.ofConstructor = fleet;
    }

    @Test
    void anAgentWorksByItsScriptUntilItsCheckSucceeds(@AgentNamed("fixer") RunningAgent fixer) {
        TaskReport task = fixer.task();

        assertThat(task.outcome()).as(task.reason()).isEqualTo(Outcome.DONE);
        assertThat(task.answer().text()).contains("Now it is fixed.");
        assertThat(task.exit().check().orElseThrow().rounds()).hasSize(2);
        assertThat(fixer.patch()).contains("-bad").contains("+good");
    }

    @Test
    void eachTaskOfAnAgentHasItsReport(@AgentNamed("writer") RunningAgent writer) {
        assertThat(writer.tasks())
                .extracting(task -> task.answer().text().orElse(""))
                .containsExactly("No news.", "A poem.");
        assertThat(writer.task("poem").outcome()).isEqualTo(Outcome.DONE);
        assertThat(writer.patch()).isEmpty();
        assertThatThrownBy(writer::task).hasMessage("agent writer has 2 tasks: [writer/news, writer/poem]");
        assertThatThrownBy(() -> writer.task("song"))
                .hasMessage("agent writer has no task \"song\"; its tasks are [writer/news, writer/poem]");
    }

    @Test
    void anIdleAgentTakesCommands(@AgentNamed("idle") RunningAgent idle) {
        assertThat(idle.exec("cat", "build.txt").output()).isEqualTo("bad");
        assertThat(idle.exec("test", "-e", "no-such-file").succeeded()).isFalse();
        assertThat(idle.tasks()).isEmpty();
    }

    @Test
    void anUnknownAgentIsNamedWithTheKnownOnes(RunningFleet fleet) {
        assertThatThrownBy(() -> fleet.agent("fixr"))
                .hasMessage("agent \"fixr\" is not in fleet junit-shop-rehearsal, which has \"fixer\", \"writer\","
                        + " \"idle\"");
    }

    @Test
    void theResultsAreThoseOfARehearsal(RunningFleet fleet) throws IOException {
        assertThat(fleet.await().tasks()).hasSize(3);
        assertThat(Files.readString(fleet.results().resolve("summary.md"))).contains(Rehearsal.MARK);
        assertThat(fleet.name()).isEqualTo("junit-shop-rehearsal");
    }

    @Nested
    class Inner {

        @Test
        void aNestedClassHasTheSameFleet(RunningFleet fleet, @AgentNamed("idle") RunningAgent idle) {
            assertThat(fleet.results()).isEqualTo(ofConstructor.results());
            assertThat(idle.exec("true").succeeded()).isTrue();
            assertThat(fleet.agents()).extracting(RunningAgent::name).isEqualTo(List.of("fixer", "writer", "idle"));
        }
    }
}
